import { network, noNetwork, openNetwork, vpc } from "./world.js";
import type { Call, Made, Wrong } from "./wrong.js";

const errors = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";

const table = (as: string): Call => ({
  client: "ec2",
  command: "CreateRouteTableCommand",
  input: (made) => ({ VpcId: made.vpc.Vpc.VpcId }),
  as,
});

const noTable = (as: string): Call => ({
  client: "ec2",
  command: "DeleteRouteTableCommand",
  input: (made) => ({ RouteTableId: made[as].RouteTable.RouteTableId }),
});

const gatewayId = (made: Made, as: string): string => made[as].InternetGateway.InternetGatewayId;

const route = (of: string, gateway: string, to = "0.0.0.0/0"): Call => ({
  client: "ec2",
  command: "CreateRouteCommand",
  input: (made) => ({
    RouteTableId: made[of].RouteTable.RouteTableId,
    DestinationCidrBlock: to,
    GatewayId: gatewayId(made, gateway),
  }),
});

const associate = (of: string, sub: string, as = "association"): Call => ({
  client: "ec2",
  command: "AssociateRouteTableCommand",
  input: (made) => ({ RouteTableId: made[of].RouteTable.RouteTableId, SubnetId: made[sub].Subnet.SubnetId }),
  as,
});

const noAssociation = (as = "association"): Call => ({
  client: "ec2",
  command: "DisassociateRouteTableCommand",
  input: (made) => ({ AssociationId: made[as].AssociationId }),
});

const detach: Call[] = [
  {
    client: "ec2",
    command: "DetachInternetGatewayCommand",
    input: (made) => ({ InternetGatewayId: gatewayId(made, "igw"), VpcId: made.vpc.Vpc.VpcId }),
  },
  {
    client: "ec2",
    command: "DeleteInternetGatewayCommand",
    input: (made) => ({ InternetGatewayId: gatewayId(made, "igw") }),
  },
];

const address = (as: string): Call => ({
  client: "ec2",
  command: "AllocateAddressCommand",
  input: { Domain: "vpc" },
  as,
});

const release = (as: string): Call => ({
  client: "ec2",
  command: "ReleaseAddressCommand",
  input: (made) => ({ AllocationId: made[as].AllocationId }),
});

export const ec2Route: Wrong[] = [
  {
    name: "route to an internet gateway that is not attached",
    service: "ec2",
    kind: "order",
    before: [
      ...openNetwork,
      { client: "ec2", command: "CreateInternetGatewayCommand", input: {}, as: "loose" },
      table("table"),
    ],
    wrong: route("table", "loose"),
    answer: { error: "InvalidParameterValue", message: "belong to different networks" },
    source: "https://github.com/aws-samples/ecs-refarch-cloudformation/issues/6",
    explanation: "The gateway must be attached to the VPC of the route table before the route.",
    right: route("table", "igw"),
    after: [
      noTable("table"),
      {
        client: "ec2",
        command: "DeleteInternetGatewayCommand",
        input: (made) => ({ InternetGatewayId: gatewayId(made, "loose") }),
      },
      ...detach,
      ...noNetwork,
    ],
  },
  {
    name: "second default route in a table",
    service: "ec2",
    kind: "argument",
    before: [...openNetwork, table("table"), route("table", "igw")],
    wrong: route("table", "igw"),
    answer: { error: "RouteAlreadyExists", message: "already exists" },
    source: `${errors} (RouteAlreadyExists)`,
    explanation: "A table has one route for each destination. Inline routes next to route resources make this.",
    right: route("table", "igw", "198.51.100.0/24"),
    after: [noTable("table"), ...detach, ...noNetwork],
  },
  {
    name: "subnet associated with two route tables",
    service: "ec2",
    kind: "argument",
    before: [...network, table("first"), table("second"), associate("first", "subnetA")],
    wrong: associate("second", "subnetA", "twice"),
    answer: { error: "Resource.AlreadyAssociated", message: "conflicts with an existing association" },
    source: "hashicorp/terraform-provider-aws website/docs/r/route_table_association.html.markdown (Import)",
    explanation: "A subnet has one route table. A change goes by ReplaceRouteTableAssociation.",
    right: associate("second", "subnetB", "other"),
    after: [noAssociation(), noAssociation("other"), noTable("first"), noTable("second"), ...noNetwork],
  },
  {
    name: "route table deleted while a subnet uses it",
    service: "ec2",
    kind: "order",
    before: [...network, table("used"), table("free"), associate("used", "subnetA")],
    wrong: noTable("used"),
    answer: { error: "DependencyViolation", message: "has dependencies and cannot be deleted" },
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRouteTable.html",
    explanation: "The table must be disassociated from all subnets first.",
    right: noTable("free"),
    after: [noAssociation(), noTable("used"), ...noNetwork],
  },
  {
    name: "main route table deleted",
    service: "ec2",
    kind: "argument",
    before: [
      vpc("vpc"),
      table("own"),
      {
        client: "ec2",
        command: "DescribeRouteTablesCommand",
        input: (made) => ({
          Filters: [
            { Name: "vpc-id", Values: [made.vpc.Vpc.VpcId] },
            { Name: "association.main", Values: ["true"] },
          ],
        }),
        as: "found",
      },
    ],
    wrong: {
      client: "ec2",
      command: "DeleteRouteTableCommand",
      input: (made) => ({ RouteTableId: made.found.RouteTables[0].RouteTableId }),
    },
    answer: { error: "DependencyViolation" },
    source:
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRouteTable.html (you can't delete the main route table)",
    explanation: "A VPC keeps its main table.",
    right: noTable("own"),
  },
  {
    name: "elastic address released while an interface has it",
    service: "ec2",
    kind: "order",
    before: [
      ...openNetwork,
      {
        client: "ec2",
        command: "CreateNetworkInterfaceCommand",
        input: (made) => ({ SubnetId: made.subnetA.Subnet.SubnetId }),
        as: "eni",
      },
      address("used"),
      address("free"),
      {
        client: "ec2",
        command: "AssociateAddressCommand",
        input: (made) => ({
          AllocationId: made.used.AllocationId,
          NetworkInterfaceId: made.eni.NetworkInterface.NetworkInterfaceId,
        }),
        as: "tie",
      },
    ],
    wrong: release("used"),
    answer: { error: "InvalidIPAddress.InUse" },
    source: `${errors} (InvalidIPAddress.InUse)`,
    explanation: "The address must be disassociated first. For a NAT gateway that means that the gateway is deleted.",
    right: release("free"),
    after: [
      {
        client: "ec2",
        command: "DisassociateAddressCommand",
        input: (made) => ({ AssociationId: made.tie.AssociationId }),
      },
      release("used"),
      {
        client: "ec2",
        command: "DeleteNetworkInterfaceCommand",
        input: (made) => ({ NetworkInterfaceId: made.eni.NetworkInterface.NetworkInterfaceId }),
      },
      ...detach,
      ...noNetwork,
    ],
  },
];
