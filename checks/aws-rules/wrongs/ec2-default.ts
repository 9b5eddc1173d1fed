import { network, noNetwork, noRole, region, serviceRole, vpc } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const endpoint = (privateDns: boolean, service: string): Call => ({
  client: "ec2",
  command: "CreateVpcEndpointCommand",
  input: (made) => ({
    VpcId: made.vpc.Vpc.VpcId,
    VpcEndpointType: "Interface",
    ServiceName: `com.amazonaws.${region(made)}.${service}`,
    SubnetIds: [made.subnetA.Subnet.SubnetId],
    PrivateDnsEnabled: privateDns,
  }),
  as: "endpoint",
});

const noEndpoint: Call = {
  client: "ec2",
  command: "DeleteVpcEndpointsCommand",
  input: (made) => ({ VpcEndpointIds: [made.endpoint.VpcEndpoint.VpcEndpointId] }),
};

const dns = (more: object): Call => ({
  client: "ec2",
  command: "ModifyVpcAttributeCommand",
  input: (made) => ({ VpcId: made.vpc.Vpc.VpcId, ...more }),
});

const flow = (role: boolean): Call => ({
  client: "ec2",
  command: "CreateFlowLogsCommand",
  input: (made) => ({
    ResourceIds: [made.vpc.Vpc.VpcId],
    ResourceType: "VPC",
    TrafficType: "ALL",
    LogDestinationType: "cloud-watch-logs",
    LogGroupName: "/wrong/flow",
    ...(role ? { DeliverLogsPermissionArn: made.role.Role.Arn } : {}),
  }),
  as: "flow",
});

export const ec2Default: Wrong[] = [
  {
    name: "endpoint with private DNS in a VPC without DNS hostnames",
    service: "ec2",
    kind: "order",
    before: network,
    wrong: endpoint(true, "logs"),
    answer: {
      error: "InvalidParameter",
      message: "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames",
    },
    source:
      "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html (prerequisites: DNS attributes of the VPC)",
    explanation: "A new VPC has DNS support but no DNS hostnames. Private DNS needs both.",
    right: endpoint(false, "logs"),
    after: [noEndpoint, ...noNetwork],
  },
  {
    name: "second endpoint with private DNS for a service",
    service: "ec2",
    kind: "argument",
    before: [...network, dns({ EnableDnsHostnames: { Value: true } }), { ...endpoint(true, "logs"), as: "first" }],
    wrong: endpoint(true, "logs"),
    answer: { error: "InvalidParameter", message: "there is already a conflicting DNS domain" },
    source:
      "https://docs.pingcap.com/tidbcloud/set-up-private-endpoint-connections (troubleshooting); https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    explanation: "One endpoint of a VPC owns the private name of a service.",
    right: endpoint(true, "ecr.api"),
    after: [
      noEndpoint,
      {
        client: "ec2",
        command: "DeleteVpcEndpointsCommand",
        input: (made) => ({ VpcEndpointIds: [made.first.VpcEndpoint.VpcEndpointId] }),
      },
      ...noNetwork,
    ],
  },
  {
    name: "both DNS attributes of a VPC in one call",
    service: "ec2",
    kind: "argument",
    before: [vpc("vpc")],
    wrong: dns({ EnableDnsHostnames: { Value: true }, EnableDnsSupport: { Value: true } }),
    answer: { error: "InvalidParameterCombination", message: "Fields for multiple attribute types specified" },
    source:
      "https://github.com/aws/aws-sdk-go/issues/415; https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html (EnableDnsHostnames: use separate requests)",
    explanation: "Each attribute needs a call of its own.",
    right: dns({ EnableDnsHostnames: { Value: true } }),
  },
  {
    name: "a new VPC has DNS hostnames",
    service: "ec2",
    kind: "answer",
    before: [vpc("vpc")],
    wrong: {
      client: "ec2",
      command: "DescribeVpcAttributeCommand",
      input: (made) => ({ VpcId: made.vpc.Vpc.VpcId, Attribute: "enableDnsHostnames" }),
    },
    answer: { result: (answer) => answer.EnableDnsHostnames.Value === false, says: "false" },
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html (attribute defaults)",
    explanation: "DNS support is on and DNS hostnames are off, unless the console wizard made the VPC.",
    right: {
      client: "ec2",
      command: "DescribeVpcAttributeCommand",
      input: (made) => ({ VpcId: made.vpc.Vpc.VpcId, Attribute: "enableDnsSupport" }),
    },
  },
  {
    name: "a new security group lets nothing out",
    service: "ec2",
    kind: "answer",
    before: [
      vpc("vpc"),
      {
        client: "ec2",
        command: "CreateSecurityGroupCommand",
        input: (made) => ({ GroupName: "wrong-egress", Description: "wrong", VpcId: made.vpc.Vpc.VpcId }),
        as: "group",
      },
    ],
    wrong: {
      client: "ec2",
      command: "DescribeSecurityGroupsCommand",
      input: (made) => ({ GroupIds: [made.group.GroupId] }),
    },
    answer: {
      result: (answer) => {
        const out = answer.SecurityGroups[0].IpPermissionsEgress;
        return out.length === 1 && out[0].IpProtocol === "-1" && out[0].IpRanges[0].CidrIp === "0.0.0.0/0";
      },
      says: "one egress rule for all traffic to 0.0.0.0/0",
    },
    source:
      "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html; hashicorp/terraform-provider-aws website/docs/r/security_group.html.markdown (egress note)",
    explanation:
      "AWS adds an allow-all egress rule. Terraform takes it away, so a group without egress rules in Terraform lets nothing out.",
    right: {
      client: "ec2",
      command: "RevokeSecurityGroupEgressCommand",
      input: (made) => ({
        GroupId: made.group.GroupId,
        IpPermissions: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
      }),
    },
  },
  {
    name: "flow log to a log group without a role",
    service: "ec2",
    kind: "permission",
    before: [vpc("vpc"), serviceRole("wrong-flow", "role", "vpc-flow-logs.amazonaws.com")],
    wrong: flow(false),
    answer: { error: "InvalidParameter", message: "DeliverLogsPermissionArn can't be empty" },
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html (DeliverLogsPermissionArn)",
    explanation: "The flow log service writes to CloudWatch Logs only with a role.",
    right: flow(true),
    after: [
      { client: "ec2", command: "DeleteFlowLogsCommand", input: (made) => ({ FlowLogIds: made.flow.FlowLogIds }) },
      noRole("wrong-flow"),
    ],
  },
];
