import { network, noNetwork, openNetwork, vpc } from "./world.js";
import type { Call, Made, Wrong } from "./wrong.js";

const errors = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";

const make = (of: string, cidr: string): Call => ({
  client: "ec2",
  command: "CreateSubnetCommand",
  input: (made) => ({ VpcId: made[of].Vpc.VpcId, CidrBlock: cidr }),
  as: "made",
});

const noMade: Call = {
  client: "ec2",
  command: "DeleteSubnetCommand",
  input: (made) => ({ SubnetId: made.made.Subnet.SubnetId }),
};

const noVpc = (as: string): Call => ({
  client: "ec2",
  command: "DeleteVpcCommand",
  input: (made) => ({ VpcId: made[as].Vpc.VpcId }),
});

const group = (as: string, name: string): Call => ({
  client: "ec2",
  command: "CreateSecurityGroupCommand",
  input: (made) => ({ GroupName: name, Description: "wrong", VpcId: made.vpc.Vpc.VpcId }),
  as,
});

const noGroup = (as: string): Call => ({
  client: "ec2",
  command: "DeleteSecurityGroupCommand",
  input: (made) => ({ GroupId: made[as].GroupId }),
});

const ingress = (of: string, port: number, from?: (made: Made) => string): Call => ({
  client: "ec2",
  command: "AuthorizeSecurityGroupIngressCommand",
  input: (made) => ({
    GroupId: made[of].GroupId,
    IpPermissions: [
      {
        IpProtocol: "tcp",
        FromPort: port,
        ToPort: port,
        ...(from === undefined
          ? { IpRanges: [{ CidrIp: "10.0.0.0/8" }] }
          : { UserIdGroupPairs: [{ GroupId: from(made) }] }),
      },
    ],
  }),
});

export const ec2: Wrong[] = [
  {
    name: "subnet outside the range of its VPC",
    service: "ec2",
    kind: "argument",
    before: [vpc("vpc", "10.80.0.0/16")],
    wrong: make("vpc", "10.81.0.0/24"),
    answer: { error: "InvalidSubnet.Range", message: "is invalid" },
    source: `${errors} (InvalidSubnet.Range)`,
    explanation: "The CIDR block of a subnet must lie in a block of the VPC.",
    right: make("vpc", "10.80.0.0/24"),
    after: [noMade, noVpc("vpc")],
  },
  {
    name: "subnets that overlap",
    service: "ec2",
    kind: "argument",
    before: network,
    wrong: make("vpc", "10.80.0.0/20"),
    answer: { error: "InvalidSubnet.Conflict", message: "conflicts with another subnet" },
    source: `${errors} (InvalidSubnet.Conflict)`,
    explanation: "The subnets of a VPC must not overlap. A new zone in the middle of computed blocks does that.",
    right: make("vpc", "10.80.16.0/20"),
    after: [noMade, ...noNetwork],
  },
  {
    name: "VPC of a /8",
    service: "ec2",
    kind: "limit",
    before: [],
    wrong: vpc("vpc", "10.0.0.0/8"),
    answer: { error: "InvalidVpc.Range", message: "is invalid" },
    source: `${errors} (InvalidVpc.Range: the prefix must be from /16 to /28)`,
    explanation: "A VPC block has a prefix from /16 to /28.",
    right: vpc("vpc", "10.0.0.0/16"),
    after: [noVpc("vpc")],
  },
  {
    name: "subnet of a /29",
    service: "ec2",
    kind: "limit",
    before: [vpc("vpc")],
    wrong: make("vpc", "10.80.0.0/29"),
    answer: { error: "InvalidSubnet.Range" },
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html (/28 to /16)",
    explanation: "The smallest subnet is a /28, and five of its addresses belong to AWS.",
    right: make("vpc", "10.80.0.0/28"),
    after: [noMade, noVpc("vpc")],
  },
  {
    name: "the block of a subnet comes back as it was sent",
    service: "ec2",
    kind: "answer",
    before: [vpc("vpc")],
    wrong: make("vpc", "10.80.1.5/24"),
    answer: {
      result: (answer) => answer.Subnet.CidrBlock === "10.80.1.0/24",
      says: "the block in its canonical form, 10.80.1.0/24",
    },
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html (CidrBlock)",
    explanation:
      "AWS rounds the address down to the block. A tool that keeps what was written sees a change on each plan.",
    right: {
      client: "ec2",
      command: "DescribeSubnetsCommand",
      input: (made) => ({ Filters: [{ Name: "vpc-id", Values: [made.vpc.Vpc.VpcId] }] }),
    },
  },
  {
    name: "VPC deleted while it has subnets",
    service: "ec2",
    kind: "order",
    before: [...network, vpc("empty", "10.81.0.0/16")],
    wrong: noVpc("vpc"),
    answer: { error: "DependencyViolation", message: "has dependencies and cannot be deleted" },
    source: `${errors} (DependencyViolation)`,
    explanation: "All that lies in a VPC must go first.",
    right: noVpc("empty"),
    after: noNetwork,
  },
  {
    name: "subnet deleted while an interface is in it",
    service: "ec2",
    kind: "order",
    before: [
      ...network,
      {
        client: "ec2",
        command: "CreateNetworkInterfaceCommand",
        input: (made) => ({ SubnetId: made.subnetA.Subnet.SubnetId }),
        as: "eni",
      },
    ],
    wrong: {
      client: "ec2",
      command: "DeleteSubnetCommand",
      input: (made) => ({ SubnetId: made.subnetA.Subnet.SubnetId }),
    },
    answer: { error: "DependencyViolation", message: "has dependencies and cannot be deleted" },
    source: `${errors} (DependencyViolation)`,
    explanation:
      "Load balancers, NAT gateways, endpoints and tasks keep interfaces in their subnets until they are gone.",
    right: {
      client: "ec2",
      command: "DeleteSubnetCommand",
      input: (made) => ({ SubnetId: made.subnetB.Subnet.SubnetId }),
    },
    after: [
      {
        client: "ec2",
        command: "DeleteNetworkInterfaceCommand",
        input: (made) => ({ NetworkInterfaceId: made.eni.NetworkInterface.NetworkInterfaceId }),
      },
      ...noNetwork,
    ],
  },
  {
    name: "internet gateway deleted while it is attached",
    service: "ec2",
    kind: "order",
    before: [...openNetwork, { client: "ec2", command: "CreateInternetGatewayCommand", input: {}, as: "loose" }],
    wrong: gateway("igw"),
    answer: { error: "DependencyViolation", message: "has dependencies and cannot be deleted" },
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteInternetGateway.html",
    explanation: "The gateway must be detached from its VPC first.",
    right: gateway("loose"),
    after: [
      {
        client: "ec2",
        command: "DetachInternetGatewayCommand",
        input: (made) => ({ InternetGatewayId: made.igw.InternetGateway.InternetGatewayId, VpcId: made.vpc.Vpc.VpcId }),
      },
      gateway("igw"),
      ...noNetwork,
    ],
  },
  {
    name: "security group deleted while another group names it",
    service: "ec2",
    kind: "order",
    before: [
      vpc("vpc"),
      group("balancer", "wrong-balancer"),
      group("tasks", "wrong-tasks"),
      group("free", "wrong-free"),
      ingress("tasks", 80, (made) => made.balancer.GroupId),
    ],
    wrong: noGroup("balancer"),
    answer: { error: "DependencyViolation", message: "has a dependent object" },
    source:
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html; https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (DependencyViolation)",
    explanation:
      "A rule of another group that names this one holds it. Rules inside the group resource make this order hard to see.",
    right: noGroup("free"),
    after: [noGroup("tasks"), noGroup("balancer"), noVpc("vpc")],
  },
  {
    name: "the same ingress rule twice",
    service: "ec2",
    kind: "argument",
    before: [vpc("vpc"), group("group", "wrong-twice"), ingress("group", 80)],
    wrong: ingress("group", 80),
    answer: { error: "InvalidPermission.Duplicate", message: "already exists" },
    source: `${errors} (InvalidPermission.Duplicate)`,
    explanation: "A rule resource next to an inline rule with the same content fails like this.",
    right: ingress("group", 443),
    after: [noGroup("group"), noVpc("vpc")],
  },
  {
    name: "default security group deleted",
    service: "ec2",
    kind: "argument",
    before: [
      vpc("vpc"),
      group("own", "wrong-own"),
      {
        client: "ec2",
        command: "DescribeSecurityGroupsCommand",
        input: (made) => ({
          Filters: [
            { Name: "vpc-id", Values: [made.vpc.Vpc.VpcId] },
            { Name: "group-name", Values: ["default"] },
          ],
        }),
        as: "found",
      },
    ],
    wrong: {
      client: "ec2",
      command: "DeleteSecurityGroupCommand",
      input: (made) => ({ GroupId: made.found.SecurityGroups[0].GroupId }),
    },
    answer: { error: "CannotDelete", message: "cannot be deleted by a user" },
    source: `${errors} (CannotDelete)`,
    explanation: "Each VPC keeps its default group. Only its rules can be removed.",
    right: noGroup("own"),
    after: [noVpc("vpc")],
  },
];

function gateway(as: string): Call {
  return {
    client: "ec2",
    command: "DeleteInternetGatewayCommand",
    input: (made) => ({ InternetGatewayId: made[as].InternetGateway.InternetGatewayId }),
  };
}
