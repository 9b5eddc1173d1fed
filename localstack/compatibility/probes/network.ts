import { CloudWatchClient, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  AllocateAddressCommand,
  CreateFlowLogsCommand,
  CreateNatGatewayCommand,
  CreateVpcEndpointCommand,
  DeleteFlowLogsCommand,
  DeleteNatGatewayCommand,
  DeleteVpcEndpointsCommand,
  DescribeFlowLogsCommand,
  DescribeNatGatewaysCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  ReleaseAddressCommand,
} from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client, RegisterTargetsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { answersBy, ask, createGroup, groupOfServers, route } from "../balancer";
import { createSubnet, createVpc, network } from "../network";
import { type Probe, seen } from "../probe";
import type { ProbeContext } from "../probe-context";
import { createRole } from "../role";
import { exitCode, register, runToEnd } from "../tasks";
import { address, port, webServer } from "../web-server";

const service = "Network";
const overlap = /InvalidSubnet\.(Conflict|Range)/;

async function createFlowLog(context: ProbeContext, vpc: string) {
  const ec2 = context.client(EC2Client);
  const logs = context.client(CloudWatchLogsClient);
  const LogGroupName = `${context.name}-flow`;
  await logs.send(new CreateLogGroupCommand({ logGroupName: LogGroupName }));
  context.afterwards(() => logs.send(new DeleteLogGroupCommand({ logGroupName: LogGroupName })));
  const given = {
    ...{ LogGroupName, MaxAggregationInterval: 60 },
    DeliverLogsPermissionArn: await createRole(context, { Service: "vpc-flow-logs.amazonaws.com" }, "-flow"),
  };
  const flow = { ResourceType: "VPC", TrafficType: "ALL", LogDestinationType: "cloud-watch-logs" } as const;
  const { FlowLogIds = [] } = await ec2.send(new CreateFlowLogsCommand({ ResourceIds: [vpc], ...flow, ...given }));
  context.afterwards(() => ec2.send(new DeleteFlowLogsCommand({ FlowLogIds })));
  return { FlowLogIds, given };
}

async function createEndpoint(context: ProbeContext, name: "ecr.api" | "ecr.dkr") {
  const ec2 = context.client(EC2Client);
  const { vpc, subnets, closed: securityGroup } = await network(context);
  const place = { VpcId: vpc, SubnetIds: [...subnets], SecurityGroupIds: [securityGroup] };
  const ServiceName = `com.amazonaws.${context.region}.${name}`;
  const endpoint = { ...place, VpcEndpointType: "Interface", ServiceName, PrivateDnsEnabled: true } as const;
  const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand(endpoint));
  const VpcEndpointIds = [VpcEndpoint?.VpcEndpointId ?? ""];
  context.afterwards(() => ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds })));
  return { VpcEndpointIds, ServiceName, securityGroup };
}

async function createNat(context: ProbeContext) {
  const ec2 = context.client(EC2Client);
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
  context.afterwards(() => ec2.send(new ReleaseAddressCommand({ AllocationId })));
  const [SubnetId] = (await network(context)).subnets;
  const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
  const NatGatewayId = NatGateway?.NatGatewayId;
  context.afterwards(() => ec2.send(new DeleteNatGatewayCommand({ NatGatewayId })));
  return { NatGatewayId: NatGatewayId ?? "", AllocationId };
}

export const networkProbes = [
  {
    id: "ec2-security-groups",
    service,
    capability: "A security group lets in what its rules allow, and nothing else.",
    note: "Whether the groups allow what is needed, and no more, is not seen here: everybody reaches everybody.",
    run: async (context) => {
      const { subnets, closed } = await network(context);
      const networkConfiguration = { awsvpcConfiguration: { subnets: [...subnets], securityGroups: [closed] } };
      const Id = await address(context, await register(context, [webServer()]), { networkConfiguration });
      const elb = context.client(ElasticLoadBalancingV2Client);
      const TargetGroupArn = await createGroup(context, "/healthy");
      await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id, Port: port }] }));
      const paths = [`/${context.name}/open`, `/${context.name}/closed`] as const;
      const others = await groupOfServers(context, "/healthy", ["one"], { Name: `${context.name}-open` });
      const balancer = await route(context, others, paths[0]);
      await route(context, TargetGroupArn, paths[1]);
      // Where an open group is reached, a closed one would be as well.
      await answersBy(context, balancer, paths[0]);
      return seen(!(await context.within(15, async () => (await ask(context, balancer, paths[1])).status === 200)));
    },
  },
  {
    id: "ec2-route-tables",
    service,
    capability: "A subnet without a route to the internet reaches nothing outside its network.",
    note: "Whether tasks have the routes that they need, and only those, is not seen here.",
    run: async (context) => {
      // The only outside that is offered here are the APIs of the emulator.
      const script = [
        "import os, sys, urllib.error, urllib.request as u",
        "try: u.urlopen(os.environ.get('AWS_ENDPOINT_URL') or sys.exit(9), timeout=5)",
        "except urllib.error.HTTPError: pass",
        "except OSError: sys.exit(1)",
      ].join("\n");
      const code = exitCode(await runToEnd(context, [{ command: ["python3", "-c", script] }]));
      if (code !== 0 && code !== 1) throw new Error(`the task ended with ${code}`);
      return seen(code === 1);
    },
  },
  {
    id: "ec2-nat-gateway",
    service,
    capability: "A NAT gateway carries traffic, and counts it.",
    note: "The way out of private subnets, what it costs, and the alarms on it are not seen here.",
    run: async (context) => {
      const { NatGatewayId } = await createNat(context);
      const cloudWatch = context.client(CloudWatchClient);
      const Dimensions = [{ Name: "NatGatewayId", Value: NatGatewayId }];
      const command = new ListMetricsCommand({ Namespace: "AWS/NATGateway", Dimensions });
      return seen(
        await context.within(
          context.minutes(3),
          async () => ((await cloudWatch.send(command)).Metrics ?? []).length > 0,
        ),
      );
    },
  },
  {
    id: "ec2-vpc-endpoints",
    service,
    capability: "An interface endpoint gives a service's name an address inside the network.",
    note: "Egress by endpoints alone, and the endpoints' policies, are not seen here.",
    run: async (context) => {
      const { ServiceName } = await createEndpoint(context, "ecr.api");
      const [, , region, ...name] = ServiceName.split(".");
      const host = `${name.reverse().join(".")}.${region}.amazonaws.com`;
      const script = `import socket, sys; sys.exit(0 if socket.gethostbyname('${host}').startswith('10.253.') else 1)`;
      return seen(exitCode(await runToEnd(context, [{ command: ["python3", "-c", script] }])) === 0);
    },
  },
  {
    id: "ec2-flow-logs",
    service,
    capability: "A flow log tells of every connection in its network.",
    note: "No flow log has a line here.",
    run: async (context) => {
      const { given } = await createFlowLog(context, (await network(context)).vpc);
      const path = `/${context.name}/x`;
      await answersBy(context, await route(context, await groupOfServers(context), path), path);
      const logs = context.client(CloudWatchLogsClient);
      const command = new FilterLogEventsCommand({ logGroupName: given.LogGroupName });
      return seen(await context.within(15, async () => ((await logs.send(command)).events ?? []).length > 0));
    },
  },
  {
    id: "ec2-subnet-conflict",
    service,
    capability: "A subnet with addresses of another one is refused.",
    run: async (context) => {
      const vpc = await createVpc(context, "10.252.0.0/16");
      await createSubnet(context, vpc, "10.252.1.0/24");
      try {
        await createSubnet(context, vpc, "10.252.1.128/25");
        return "stored";
      } catch (error) {
        if (overlap.test((error as Error).name)) return "enforced";
        throw error;
      }
    },
  },
  {
    id: "ec2-described-whole",
    service,
    capability: "Flow logs, endpoints and NAT gateways are described with all that Terraform compares.",
    run: async (context) => {
      const ec2 = context.client(EC2Client);
      const { FlowLogIds, given } = await createFlowLog(context, (await network(context)).vpc);
      const { VpcEndpointIds, securityGroup } = await createEndpoint(context, "ecr.dkr");
      const { NatGatewayId, AllocationId } = await createNat(context);
      const { FlowLogs } = await ec2.send(new DescribeFlowLogsCommand({ FlowLogIds }));
      const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds }));
      const { NatGateways } = await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [NatGatewayId] }));
      const [flowLog, endpoint, nat] = [FlowLogs?.[0], VpcEndpoints?.[0], NatGateways?.[0]];
      return seen(
        flowLog?.MaxAggregationInterval === given.MaxAggregationInterval &&
          flowLog.DeliverLogsPermissionArn === given.DeliverLogsPermissionArn &&
          endpoint?.Groups?.[0]?.GroupId === securityGroup &&
          endpoint.PrivateDnsEnabled === true &&
          nat?.NatGatewayAddresses?.[0]?.AllocationId === AllocationId,
      );
    },
  },
] as const satisfies readonly Probe[];
