import { balanced, balancer, listener, noBalancer, noGroup, notBalanced, targetGroup } from "./balance.js";
import {
  bucket,
  bucketName,
  network,
  noBucket,
  noNetwork,
  openNetwork,
  policy,
  subnet,
  subnets,
  vpc,
} from "./world.js";
import type { Call, Made, Wrong } from "./wrong.js";

const client = "elastic-load-balancing-v2";

const create = (name: string, input: (made: Made) => object): Call => ({
  client,
  command: "CreateLoadBalancerCommand",
  input: (made) => ({ Name: name, Type: "application", Scheme: "internal", ...input(made) }),
  as: "lb",
});

const rule = (path: string, priority: number): Call => ({
  client,
  command: "CreateRuleCommand",
  input: (made) => ({
    ListenerArn: made.listener.Listeners[0].ListenerArn,
    Priority: priority,
    Conditions: [{ Field: "path-pattern", Values: [path] }],
    Actions: [{ Type: "forward", TargetGroupArn: made.group.TargetGroups[0].TargetGroupArn }],
  }),
});

const protect = (as: string, on: boolean): Call => ({
  client,
  command: "ModifyLoadBalancerAttributesCommand",
  input: (made) => ({
    LoadBalancerArn: made[as].LoadBalancers[0].LoadBalancerArn,
    Attributes: [{ Key: "deletion_protection.enabled", Value: String(on) }],
  }),
});

const logs = (name: string): Call => ({
  client,
  command: "ModifyLoadBalancerAttributesCommand",
  input: (made) => ({
    LoadBalancerArn: made.lb.LoadBalancers[0].LoadBalancerArn,
    Attributes: [
      { Key: "access_logs.s3.enabled", Value: "true" },
      { Key: "access_logs.s3.bucket", Value: bucketName(made, name) },
    ],
  }),
});

export const elb: Wrong[] = [
  {
    name: "application load balancer in one subnet",
    service: "elb",
    kind: "argument",
    before: network,
    wrong: create("wrong-elb-one", (made) => ({ Subnets: [made.subnetA.Subnet.SubnetId] })),
    answer: {
      error: "ValidationError",
      message: "At least two subnets in two different Availability Zones must be specified",
    },
    source: "https://github.com/cn-terraform/terraform-aws-jenkins/issues/3",
    explanation: "An application load balancer needs subnets in two zones.",
    right: create("wrong-elb-one", (made) => ({ Subnets: subnets(made) })),
    after: [noBalancer(), ...noNetwork],
  },
  {
    name: "two subnets of the same zone",
    service: "elb",
    kind: "argument",
    before: [...network, subnet("subnetC", "vpc", "10.80.3.0/24", 0)],
    wrong: create("wrong-elb-zone", (made) => ({ Subnets: [...subnets(made), made.subnetC.Subnet.SubnetId] })),
    answer: {
      error: "InvalidConfigurationRequest",
      message: "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
    },
    source: "https://github.com/robertdebock/terraform-aws-vault/issues/5",
    explanation: "One subnet for each zone, no more.",
    right: create("wrong-elb-zone", (made) => ({ Subnets: subnets(made) })),
    after: [
      noBalancer(),
      { client: "ec2", command: "DeleteSubnetCommand", input: (made) => ({ SubnetId: made.subnetC.Subnet.SubnetId }) },
      ...noNetwork,
    ],
  },
  {
    name: "public load balancer before the internet gateway",
    service: "elb",
    kind: "order",
    before: [
      ...openNetwork,
      vpc("dry", "10.81.0.0/16"),
      subnet("dryA", "dry", "10.81.1.0/24", 0),
      subnet("dryB", "dry", "10.81.2.0/24", 1),
    ],
    wrong: create("wrong-elb-dry", (made) => ({
      Scheme: "internet-facing",
      Subnets: [made.dryA.Subnet.SubnetId, made.dryB.Subnet.SubnetId],
    })),
    answer: { error: "InvalidSubnet", message: "has no internet gateway" },
    source: "https://github.com/openshift/installer/issues/1110",
    explanation:
      "The gateway must be attached to the VPC before an internet-facing load balancer is made. No argument ties the two.",
    right: create("wrong-elb-dry", (made) => ({ Scheme: "internet-facing", Subnets: subnets(made) })),
    after: [noBalancer()],
  },
  {
    name: "load balancer name of 33 characters",
    service: "elb",
    kind: "limit",
    before: network,
    wrong: create("wrong-elb-name-of-33-characters-x", (made) => ({ Subnets: subnets(made) })),
    answer: { error: "ValidationError", message: "cannot be longer than '32' characters" },
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html (Name)",
    explanation:
      "Names of load balancers and target groups have 32 characters at most. Names made of project, stage and service grow past it.",
    right: create("wrong-elb-name-of-32-characters-", (made) => ({
      Name: "wrong-elb-name-of-32-characters",
      Subnets: subnets(made),
    })),
    after: [noBalancer(), ...noNetwork],
  },
  {
    name: "load balancer name taken with another scheme",
    service: "elb",
    kind: "order",
    before: [...openNetwork, { ...balancer("wrong-elb-taken"), as: "first" }],
    wrong: create("wrong-elb-taken", (made) => ({ Scheme: "internet-facing", Subnets: subnets(made) })),
    answer: { error: "DuplicateLoadBalancerName", message: "exists, but with different settings" },
    source: "https://github.com/cn-terraform/terraform-aws-ecs-fargate/issues/13",
    explanation: "A replacement that is created before the old one goes needs another name.",
    right: create("wrong-elb-free", (made) => ({ Scheme: "internet-facing", Subnets: subnets(made) })),
    after: [noBalancer(), noBalancer("first")],
  },
  {
    name: "the same load balancer created twice is an error",
    service: "elb",
    kind: "answer",
    before: [...network, balancer("wrong-elb-same", "lb")],
    wrong: balancer("wrong-elb-same", "again"),
    answer: {
      result: (answer) => answer.LoadBalancers?.[0]?.LoadBalancerName === "wrong-elb-same",
      says: "no error: the load balancer that exists is answered",
    },
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/32942",
    explanation:
      "Creation with the same settings is idempotent, so two owners can hold one load balancer without knowing it.",
    right: { client, command: "DescribeLoadBalancersCommand", input: { Names: ["wrong-elb-same"] } },
    after: [noBalancer(), ...noNetwork],
  },
  {
    name: "target group deleted while a listener forwards to it",
    service: "elb",
    kind: "order",
    before: [...balanced("wrong-elb-used"), targetGroup("wrong-elb-unused", "unused")],
    wrong: noGroup("group"),
    answer: { error: "ResourceInUse", message: "is currently in use by a listener or a rule" },
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/1315",
    explanation: "Listeners and rules must point elsewhere before the group goes. A replacement must be created first.",
    right: noGroup("unused"),
    after: notBalanced,
  },
  {
    name: "rule priority used twice",
    service: "elb",
    kind: "argument",
    before: [...balanced("wrong-elb-priority"), rule("/a/*", 100)],
    wrong: rule("/b/*", 100),
    answer: { error: "PriorityInUse", message: "is currently in use" },
    source: "https://github.com/hashicorp/terraform/issues/24239",
    explanation: "A priority is unique on its listener, also while two rules swap their numbers.",
    right: rule("/b/*", 101),
    after: notBalanced,
  },
  {
    name: "protected load balancer deleted",
    service: "elb",
    kind: "order",
    before: [
      ...network,
      balancer("wrong-elb-locked", "locked"),
      protect("locked", true),
      balancer("wrong-elb-unlocked"),
    ],
    wrong: noBalancer("locked"),
    answer: { error: "OperationNotPermitted", message: "deletion protection is enabled" },
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html",
    explanation: "Protection must be switched off by an apply of its own before a destroy.",
    right: noBalancer(),
    after: [protect("locked", false), noBalancer("locked"), ...noNetwork],
  },
  {
    name: "second listener on the same port",
    service: "elb",
    kind: "argument",
    before: [...balanced("wrong-elb-port")],
    wrong: listener("lb", "group", 80, "second"),
    answer: { error: "DuplicateListener", message: "already exists on this port" },
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html (Errors)",
    explanation: "A load balancer has one listener for each port.",
    right: listener("lb", "group", 81, "second"),
    after: notBalanced,
  },
  {
    name: "access logs to a bucket without a policy",
    service: "elb",
    kind: "permission",
    before: [
      ...network,
      balancer("wrong-elb-logs"),
      ...bucket("wrong-elb-shut"),
      ...bucket("wrong-elb-open"),
      {
        client: "s3",
        command: "PutBucketPolicyCommand",
        input: (made) => ({
          Bucket: bucketName(made, "wrong-elb-open"),
          Policy: policy({
            Effect: "Allow",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: `arn:aws:s3:::${bucketName(made, "wrong-elb-open")}/*`,
          }),
        }),
      },
    ],
    wrong: logs("wrong-elb-shut"),
    answer: { error: "InvalidConfigurationRequest", message: "Please check S3bucket permission" },
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
    explanation:
      "Elastic Load Balancing writes a test file at once. The bucket policy must be there before the attribute.",
    right: logs("wrong-elb-open"),
    after: [
      noBalancer(),
      {
        client: "s3",
        command: "DeleteObjectCommand",
        input: (made) => ({
          Bucket: bucketName(made, "wrong-elb-open"),
          Key: `AWSLogs/${made.caller.Account}/ELBAccessLogTestFile`,
        }),
      },
      noBucket("wrong-elb-shut"),
      noBucket("wrong-elb-open"),
      ...noNetwork,
    ],
  },
];
