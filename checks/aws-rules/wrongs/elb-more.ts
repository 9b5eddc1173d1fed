import { balanced, balancer, listener, noBalancer, noGroup, notBalanced, targetGroup } from "./balance.js";
import { network, noNetwork, region, subnets, vpc } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const client = "elastic-load-balancing-v2";

const group = (name: string, more: object): Call => ({
  client,
  command: "CreateTargetGroupCommand",
  input: (made) => ({ Name: name, Protocol: "HTTP", Port: 80, TargetType: "ip", VpcId: made.vpc.Vpc.VpcId, ...more }),
  as: "group",
});

const noVpc = (as: string): Call => ({
  client: "ec2",
  command: "DeleteVpcCommand",
  input: (made) => ({ VpcId: made[as].Vpc.VpcId }),
});

const secure = (protocol: string, certificate: boolean): Call => ({
  client,
  command: "CreateListenerCommand",
  input: (made) => ({
    LoadBalancerArn: made.lb.LoadBalancers[0].LoadBalancerArn,
    Protocol: protocol,
    Port: 443,
    ...(certificate ? { Certificates: [{ CertificateArn: made.certificate.CertificateArn }] } : {}),
    DefaultActions: [{ Type: "forward", TargetGroupArn: made.group.TargetGroups[0].TargetGroupArn }],
  }),
});

export const elbMore: Wrong[] = [
  {
    name: "health check that waits longer than its interval",
    service: "elb",
    kind: "argument",
    before: [vpc("vpc")],
    wrong: group("wrong-elb-health", { HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 10 }),
    answer: { error: "ValidationError", message: "Health check interval must be greater than the timeout" },
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (HealthCheckTimeoutSeconds)",
    explanation: "The timeout must be less than the interval. A short interval meets the default timeout of 5 seconds.",
    right: group("wrong-elb-health", { HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 5 }),
    after: [noGroup(), noVpc("vpc")],
  },
  {
    name: "target group without numbers has none",
    service: "elb",
    kind: "answer",
    before: [vpc("vpc")],
    wrong: group("wrong-elb-default", {}),
    answer: {
      result: (answer) => {
        const one = answer.TargetGroups[0];
        return (
          one.HealthCheckIntervalSeconds === 30 &&
          one.HealthCheckTimeoutSeconds === 5 &&
          one.HealthyThresholdCount === 5 &&
          one.UnhealthyThresholdCount === 2 &&
          one.HealthCheckPath === "/" &&
          one.HealthCheckPort === "traffic-port" &&
          one.Matcher.HttpCode === "200"
        );
      },
      says: "interval 30, timeout 5, healthy 5, unhealthy 2, path /, traffic-port, code 200",
    },
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (defaults)",
    explanation: "A new target needs five good checks, 30 seconds apart, before it gets traffic.",
    right: { client, command: "DescribeTargetGroupsCommand", input: { Names: ["wrong-elb-default"] } },
    after: [noGroup(), noVpc("vpc")],
  },
  {
    name: "target group name with an underscore",
    service: "elb",
    kind: "argument",
    before: [vpc("vpc")],
    wrong: group("wrong_elb_underscore", {}),
    answer: { error: "ValidationError" },
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (Name)",
    explanation: "Only letters, digits and hyphens, and no hyphen at either end.",
    right: group("wrong-elb-underscore", {}),
    after: [noGroup(), noVpc("vpc")],
  },
  {
    name: "target group name taken with another port",
    service: "elb",
    kind: "order",
    before: [vpc("vpc"), { ...group("wrong-elb-group-taken", {}), as: "first" }],
    wrong: group("wrong-elb-group-taken", { Port: 8080 }),
    answer: { error: "DuplicateTargetGroupName", message: "exists, but with different settings" },
    source: "https://github.com/fortinet/fortigate-terraform-deploy/issues/21",
    explanation: "The port of a target group cannot be changed. create_before_destroy with a fixed name fails here.",
    right: group("wrong-elb-group-free", { Port: 8080 }),
    after: [noGroup(), noGroup("first"), noVpc("vpc")],
  },
  {
    name: "HTTPS listener without a certificate",
    service: "elb",
    kind: "argument",
    before: [...network, balancer("wrong-elb-https"), targetGroup("wrong-elb-https", "group")],
    wrong: secure("HTTPS", false),
    answer: { error: "ValidationError", message: "A certificate must be specified for HTTPS listeners" },
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html (Certificates)",
    explanation: "An HTTPS listener needs exactly one default certificate.",
    right: secure("HTTP", false),
    after: notBalanced,
  },
  {
    name: "HTTPS listener on a certificate that waits for validation",
    service: "elb",
    kind: "order",
    before: [
      ...network,
      balancer("wrong-elb-pending"),
      targetGroup("wrong-elb-pending", "group"),
      {
        client: "acm",
        command: "RequestCertificateCommand",
        input: { DomainName: "wrong-elb-pending.example.com", ValidationMethod: "DNS" },
        as: "certificate",
      },
    ],
    wrong: secure("HTTPS", true),
    answer: {
      error: "UnsupportedCertificate",
      message: "must have a fully-qualified domain name, a supported signature, and a supported key size",
    },
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/acm_certificate_validation",
    explanation:
      "The words say something else, but AWS answers this while the certificate is not issued. The listener must wait for the validation.",
    right: secure("HTTP", false),
    after: [
      ...notBalanced,
      {
        client: "acm",
        command: "DeleteCertificateCommand",
        input: (made) => ({ CertificateArn: made.certificate.CertificateArn }),
      },
    ],
  },
  {
    name: "listener to a target group that does not exist",
    service: "elb",
    kind: "order",
    before: [...network, balancer("wrong-elb-missing"), targetGroup("wrong-elb-missing", "group")],
    wrong: {
      client,
      command: "CreateListenerCommand",
      input: (made) => ({
        LoadBalancerArn: made.lb.LoadBalancers[0].LoadBalancerArn,
        Protocol: "HTTP",
        Port: 80,
        DefaultActions: [
          {
            Type: "forward",
            TargetGroupArn: `arn:aws:elasticloadbalancing:${region(made)}:${made.caller.Account}:targetgroup/not-there/0123456789abcdef`,
          },
        ],
      }),
    },
    answer: { error: "TargetGroupNotFound" },
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html (Errors)",
    explanation: "The group must exist before the listener that forwards to it.",
    right: listener("lb", "group"),
    after: notBalanced,
  },
  {
    name: "load balancer with a security group of another VPC",
    service: "elb",
    kind: "argument",
    before: [
      ...network,
      vpc("other", "10.81.0.0/16"),
      {
        client: "ec2",
        command: "CreateSecurityGroupCommand",
        input: (made) => ({ GroupName: "wrong-elb", Description: "wrong", VpcId: made.other.Vpc.VpcId }),
        as: "foreign",
      },
      {
        client: "ec2",
        command: "CreateSecurityGroupCommand",
        input: (made) => ({ GroupName: "wrong-elb", Description: "right", VpcId: made.vpc.Vpc.VpcId }),
        as: "own",
      },
    ],
    wrong: withGroup("foreign"),
    answer: { error: "InvalidConfigurationRequest", message: "One or more security groups are invalid" },
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html; words: public reports of "InvalidConfigurationRequest: One or more security groups are invalid"',
    explanation: "Security groups and subnets of a load balancer must be of the same VPC.",
    right: withGroup("own"),
    after: [
      noBalancer(),
      { client: "ec2", command: "DeleteSecurityGroupCommand", input: (made) => ({ GroupId: made.own.GroupId }) },
      { client: "ec2", command: "DeleteSecurityGroupCommand", input: (made) => ({ GroupId: made.foreign.GroupId }) },
      noVpc("other"),
      ...noNetwork,
    ],
  },
  {
    name: "deregistration delay is zero unless set",
    service: "elb",
    kind: "answer",
    before: [...balanced("wrong-elb-delay")],
    wrong: {
      client,
      command: "DescribeTargetGroupAttributesCommand",
      input: (made) => ({ TargetGroupArn: made.group.TargetGroups[0].TargetGroupArn }),
    },
    answer: {
      result: (answer) =>
        answer.Attributes.some(
          (one: { Key: string; Value: string }) =>
            one.Key === "deregistration_delay.timeout_seconds" && one.Value === "300",
        ),
      says: "deregistration_delay.timeout_seconds is 300",
    },
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html",
    explanation: "Each replaced task drains for five minutes. Deployments and destroys take at least that long.",
    right: {
      client,
      command: "ModifyTargetGroupAttributesCommand",
      input: (made) => ({
        TargetGroupArn: made.group.TargetGroups[0].TargetGroupArn,
        Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "30" }],
      }),
    },
    after: notBalanced,
  },
];

function withGroup(as: string): Call {
  return {
    client,
    command: "CreateLoadBalancerCommand",
    input: (made) => ({
      Name: "wrong-elb-group",
      Scheme: "internal",
      Subnets: subnets(made),
      SecurityGroups: [made[as].GroupId],
    }),
    as: "lb",
  };
}
