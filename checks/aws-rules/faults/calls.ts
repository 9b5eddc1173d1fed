import { container, fargate } from "../wrongs/tasks";
import {
  account,
  actor,
  allow,
  caller,
  network,
  noActor,
  noNetwork,
  noRole,
  noTwo,
  openNetwork,
  policy,
  region,
  root,
  serviceRole,
  subnet,
  two,
  vpc,
  zones,
} from "../wrongs/world";
import type { Call, Made, Wrong } from "../wrongs/wrong";
import { rightsCalls } from "./rights-calls";

const docs = "https://docs.aws.amazon.com";

const natGateway = (as: string, subnetOf: string): Call[] => [
  { client: "ec2", command: "AllocateAddressCommand", input: { Domain: "vpc" }, as: `${as}Address` },
  {
    client: "ec2",
    command: "CreateNatGatewayCommand",
    input: (made) => ({ SubnetId: made[subnetOf].Subnet.SubnetId, AllocationId: made[`${as}Address`].AllocationId }),
    as,
  },
];

const endpoint = (by: string): Call => ({
  client: "ec2",
  command: "CreateVpcEndpointCommand",
  by,
  input: (made) => ({
    VpcId: made.vpc.Vpc.VpcId,
    VpcEndpointType: "Interface",
    ServiceName: `com.amazonaws.${region(made)}.logs`,
    SubnetIds: [made.subnetA.Subnet.SubnetId],
    PrivateDnsEnabled: true,
  }),
});

const writes = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"];
const group = "/faults/flow";

/** A flow log of the VPC into the group, with a role that has these statements. */
const flowLog = (name: string, traffic: string, ...statements: object[]): Call[] => [
  serviceRole(name, name, "vpc-flow-logs.amazonaws.com"),
  {
    client: "iam",
    command: "PutRolePolicyCommand",
    input: { RoleName: name, PolicyName: "own", PolicyDocument: policy(...statements) },
  },
  {
    client: "ec2",
    command: "CreateFlowLogsCommand",
    input: (made) => ({
      ResourceIds: [made.vpc.Vpc.VpcId],
      ResourceType: "VPC",
      TrafficType: traffic,
      LogDestinationType: "cloud-watch-logs",
      LogDestination: `arn:aws:logs:${region(made)}:${account(made)}:log-group:${group}`,
      DeliverLogsPermissionArn: made[name].Role.Arn,
    }),
  },
];

const ownKey: Call = {
  client: "kms",
  command: "CreateKeyCommand",
  input: (made) => ({
    Policy: policy({ Sid: "Root", Effect: "Allow", Principal: { AWS: root(made) }, Action: "kms:*", Resource: "*" }),
  }),
  as: "key",
};

const registration = (capabilities: object): Call => ({
  client: "ecs",
  command: "RegisterTaskDefinitionCommand",
  input: fargate("faults-capabilities", {
    containerDefinitions: [{ ...container, linuxParameters: { capabilities } }],
  }),
});

/** Calls that Terraform would make with a fault in the stacks, where the list of wrong calls has none. */
export const faultCalls: readonly Wrong[] = [
  {
    name: "NAT gateway before the internet gateway",
    service: "ec2",
    kind: "order",
    before: [
      ...openNetwork,
      vpc("closed", "10.81.0.0/16"),
      subnet("inside", "closed", "10.81.1.0/24"),
      ...natGateway("early", "inside"),
    ],
    wrong: {
      client: "ec2",
      command: "DescribeNatGatewaysCommand",
      input: (made) => ({ NatGatewayIds: [made.early.NatGateway.NatGatewayId] }),
    },
    answer: {
      result: ({ NatGateways: [gateway] }) =>
        gateway.State === "failed" &&
        gateway.FailureCode === "Gateway.NotAttached" &&
        /has no Internet gateway attached$/.test(gateway.FailureMessage),
      says: "failed, Gateway.NotAttached: Network vpc-… has no Internet gateway attached",
    },
    source: `${docs}/vpc/latest/userguide/nat-gateway-troubleshooting.html`,
    explanation: "The call succeeds, and the gateway fails. Terraform waits for it, and ends with the reason.",
    right: {
      client: "ec2",
      command: "CreateNatGatewayCommand",
      input: (made) => ({ SubnetId: made.subnetA.Subnet.SubnetId, ConnectivityType: "private" }),
    },
  },
  {
    name: "capabilities come back with both lists",
    service: "ecs",
    kind: "answer",
    before: [],
    wrong: registration({ drop: ["ALL"] }),
    answer: {
      result: ({ taskDefinition }) =>
        JSON.stringify(taskDefinition.containerDefinitions[0].linuxParameters.capabilities) ===
        '{"add":[],"drop":["ALL"]}',
      says: '{"add":[],"drop":["ALL"]}',
    },
    source: `${docs}/AmazonECS/latest/APIReference/API_KernelCapabilities.html`,
    explanation: "A list that is left out comes back empty. Terraform takes that for a difference.",
    right: registration({ add: [], drop: ["ALL"] }),
  },
  {
    name: "interface endpoint by a role that may not associate its zone",
    service: "ec2",
    kind: "permission",
    before: [
      ...network,
      { client: "ec2", command: "ModifyVpcAttributeCommand", input: (made) => dnsOf(made, "EnableDnsSupport") },
      { client: "ec2", command: "ModifyVpcAttributeCommand", input: (made) => dnsOf(made, "EnableDnsHostnames") },
      ...two(
        "faults-endpoint",
        () => [allow("ec2:*")],
        () => [allow(["ec2:*", "route53:AssociateVPCWithHostedZone"])],
      ),
    ],
    wrong: endpoint("poor"),
    answer: { error: "UnauthorizedOperation", message: "route53:AssociateVPCWithHostedZone" },
    source: `${docs}/service-authorization/latest/reference/list_amazonec2.html (CreateVpcEndpoint: dependent actions)`,
    explanation: "The private DNS name of an endpoint is a hosted zone, which is associated in the name of the caller.",
    right: endpoint("rich"),
    after: [...noTwo("faults-endpoint"), ...noNetwork],
  },
  {
    name: "flow log with a role that may not find its log group",
    service: "ec2",
    kind: "permission",
    before: [
      caller,
      zones,
      vpc("vpc"),
      { client: "cloudwatch-logs", command: "CreateLogGroupCommand", input: { logGroupName: group } },
      ...flowLog("faults-flow-poor", "ACCEPT", allow(writes)),
      ...flowLog("faults-flow-rich", "REJECT", allow([...writes, "logs:DescribeLogGroups"])),
    ],
    wrong: { client: "ec2", command: "DescribeFlowLogsCommand", input: {} },
    answer: {
      result: ({ FlowLogs }) => {
        const of = (traffic: string) => FlowLogs.find(({ TrafficType }: Made) => TrafficType === traffic);
        return (
          of("ACCEPT").DeliverLogsStatus === "FAILED" &&
          of("ACCEPT").DeliverLogsErrorMessage === "Access error" &&
          of("REJECT").DeliverLogsStatus === "SUCCESS"
        );
      },
      says: "DeliverLogsStatus FAILED, DeliverLogsErrorMessage Access error",
    },
    source: `${docs}/vpc/latest/userguide/flow-logs-troubleshooting.html (access error)`,
    explanation: "The flow log is created, and nothing is written. Terraform does not read the status.",
    right: { client: "ec2", command: "DescribeFlowLogsCommand", input: {} },
    after: [noRole("faults-flow-poor"), noRole("faults-flow-rich")],
  },
  {
    name: "key granted by a role that may do so by way of ECR alone",
    service: "kms",
    kind: "permission",
    before: [
      caller,
      zones,
      ownKey,
      ...actor("faults-grant", "deploy", (made) => [
        allow(["ecr:CreateRepository", "kms:DescribeKey"]),
        allow("kms:CreateGrant", made.key.KeyMetadata.Arn, {
          Condition: { StringEquals: { "kms:ViaService": `ecr.${region(made)}.amazonaws.com` } },
        }),
      ]),
    ],
    wrong: {
      client: "kms",
      command: "CreateGrantCommand",
      by: "deploy",
      input: (made) => ({
        KeyId: made.key.KeyMetadata.Arn,
        GranteePrincipal: made.deployRole.Role.Arn,
        Operations: ["Decrypt"],
      }),
    },
    answer: { error: "AccessDeniedException", message: "kms:CreateGrant" },
    source: `${docs}/kms/latest/developerguide/grant-authorization.html; ${docs}/AmazonECR/latest/userguide/encryption-at-rest.html`,
    explanation: "ECR grants itself the key in the name of who creates a repository. Nobody else has to be granted it.",
    right: {
      client: "ecr",
      command: "CreateRepositoryCommand",
      by: "deploy",
      input: (made) => ({
        repositoryName: "faults/grant",
        encryptionConfiguration: { encryptionType: "KMS", kmsKey: made.key.KeyMetadata.Arn },
      }),
    },
    after: noActor("faults-grant"),
  },
  ...rightsCalls,
];

function dnsOf(made: Made, attribute: string): object {
  return { VpcId: made.vpc.Vpc.VpcId, [attribute]: { Value: true } };
}
