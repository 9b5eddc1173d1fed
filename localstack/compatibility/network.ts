import {
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteInternetGatewayCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DetachInternetGatewayCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
} from "@aws-sdk/client-ec2";
import type { ProbeContext } from "./probe-context";

export interface Network {
  readonly vpc: string;
  /** In two zones. */
  readonly subnets: readonly string[];
  /** Lets everybody in, to the ports of the probes' servers and load balancers. */
  readonly open: string;
  /** Lets nobody in. */
  readonly closed: string;
}

/** A network of its own, so that nothing of a stack is touched. */
export async function network(context: ProbeContext): Promise<Network> {
  return context.once(createNetwork);
}

async function createNetwork(context: ProbeContext): Promise<Network> {
  const ec2 = context.client(EC2Client);
  const vpc = await createVpc(context, "10.253.0.0/16");
  // Endpoints with private DNS want host names in the network.
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsHostnames: { Value: true } }));
  await attachGateway(context, vpc);
  const subnets = [
    await createSubnet(context, vpc, "10.253.1.0/24", `${context.region}a`),
    await createSubnet(context, vpc, "10.253.2.0/24", `${context.region}b`),
  ];
  const open = await createSecurityGroup(context, vpc, "open");
  const IpRanges = [{ CidrIp: "0.0.0.0/0" }];
  const IpPermissions = [80, 443, 8000].map((each) => ({ IpProtocol: "tcp", FromPort: each, ToPort: each, IpRanges }));
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: open, IpPermissions }));
  return { vpc, subnets, open, closed: await createSecurityGroup(context, vpc, "closed") };
}

/** NAT gateways and internet-facing load balancers are only in networks that have one. */
async function attachGateway(context: ProbeContext, VpcId: string): Promise<void> {
  const ec2 = context.client(EC2Client);
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const gateway = { InternetGatewayId: InternetGateway?.InternetGatewayId };
  context.afterwards(() => ec2.send(new DeleteInternetGatewayCommand(gateway)));
  await ec2.send(new AttachInternetGatewayCommand({ ...gateway, VpcId }));
  context.afterwards(() => ec2.send(new DetachInternetGatewayCommand({ ...gateway, VpcId })));
}

async function createSecurityGroup(context: ProbeContext, VpcId: string, suffix: string): Promise<string> {
  const ec2 = context.client(EC2Client);
  const group = { GroupName: `${context.name}-${suffix}`, Description: "of probes", VpcId };
  const { GroupId = "" } = await ec2.send(new CreateSecurityGroupCommand(group));
  context.afterwards(() => ec2.send(new DeleteSecurityGroupCommand({ GroupId })));
  return GroupId;
}

export async function createVpc(context: ProbeContext, CidrBlock: string): Promise<string> {
  const ec2 = context.client(EC2Client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock }));
  const VpcId = Vpc?.VpcId ?? "";
  context.afterwards(() => ec2.send(new DeleteVpcCommand({ VpcId })));
  return VpcId;
}

export async function createSubnet(
  context: ProbeContext,
  VpcId: string,
  CidrBlock: string,
  AvailabilityZone?: string,
): Promise<string> {
  const ec2 = context.client(EC2Client);
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
  const SubnetId = Subnet?.SubnetId ?? "";
  context.afterwards(() => ec2.send(new DeleteSubnetCommand({ SubnetId })));
  return SubnetId;
}
