import {
  DescribeAddressesCommand,
  DescribeInternetGatewaysCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import { DescribeLoadBalancersCommand, DescribeTargetGroupsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Clients } from "./clients";
import type { Needs } from "./needs";
import { notOurs, type Tagged } from "./tags";

/** Names and the owner of what counts; those of this environment itself are no use by others. */
interface Ours {
  readonly environment: string;
  readonly needs: Needs;
}

export interface Quota {
  readonly title: string;
  /** Of the two names that the API has for it. */
  readonly service: string;
  readonly code: string;
  /** What an account has before it asks for more. */
  readonly newAccount: number;
  readonly needed: (needs: Needs) => number;
  /** When it is needed, where that is not for ever. */
  readonly when?: string;
  /** What others in the account use; `none` where nobody else can; null where no one call tells. */
  readonly others: "none" | null | ((clients: Clients, ours: Ours) => Promise<number>);
  readonly permission?: string;
}

const atMost = "while every service is deployed with its most tasks";

const count = (items: readonly Tagged[] | undefined, { environment }: Ours) => notOurs(items ?? [], environment).length;

/**
 * Sources of codes and values:
 * https://docs.aws.amazon.com/general/latest/gr/ecs-service.html,
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html.
 */
export const quotas: readonly Quota[] = [
  {
    title: "vCPU on Fargate",
    service: "fargate",
    code: "L-3032A538",
    newAccount: 6,
    needed: ({ vcpu }) => vcpu.onDemand,
    when: atMost,
    others: null,
  },
  {
    title: "vCPU on Fargate Spot",
    service: "fargate",
    code: "L-36FBB829",
    newAccount: 6,
    needed: ({ vcpu }) => vcpu.spot,
    when: atMost,
    others: null,
  },
  {
    title: "VPCs",
    service: "vpc",
    code: "L-F678F1CE",
    newAccount: 5,
    needed: ({ vpcs }) => vpcs,
    others: async ({ ec2 }, ours) => count((await ec2.send(new DescribeVpcsCommand({}))).Vpcs, ours),
    permission: "ec2:DescribeVpcs",
  },
  {
    title: "internet gateways",
    service: "vpc",
    code: "L-A4707A72",
    newAccount: 5,
    needed: ({ internetGateways }) => internetGateways,
    others: async ({ ec2 }, ours) =>
      count((await ec2.send(new DescribeInternetGatewaysCommand({}))).InternetGateways, ours),
    permission: "ec2:DescribeInternetGateways",
  },
  {
    title: "elastic IP addresses",
    service: "ec2",
    code: "L-0263D0A3",
    newAccount: 5,
    needed: ({ addresses }) => addresses,
    others: async ({ ec2 }, ours) => count((await ec2.send(new DescribeAddressesCommand({}))).Addresses, ours),
    permission: "ec2:DescribeAddresses",
  },
  {
    title: "NAT gateways in a zone",
    service: "vpc",
    code: "L-FE5A380F",
    newAccount: 5,
    needed: ({ natGatewaysInOneZone }) => natGatewaysInOneZone,
    others: null,
  },
  {
    title: "interface endpoints in a VPC",
    service: "vpc",
    code: "L-29B6F2EB",
    newAccount: 50,
    needed: ({ interfaceEndpoints }) => interfaceEndpoints,
    others: "none",
  },
  {
    title: "gateway endpoints",
    service: "vpc",
    code: "L-1B52E74A",
    newAccount: 20,
    needed: ({ gatewayEndpoints }) => gatewayEndpoints,
    others: async ({ ec2 }, ours) => {
      const Filters = [{ Name: "vpc-endpoint-type", Values: ["Gateway"] }];
      return count((await ec2.send(new DescribeVpcEndpointsCommand({ Filters }))).VpcEndpoints, ours);
    },
    permission: "ec2:DescribeVpcEndpoints",
  },
  {
    title: "application load balancers",
    service: "elasticloadbalancing",
    code: "L-53DA6B97",
    newAccount: 50,
    needed: ({ loadBalancers }) => loadBalancers.length,
    others: async ({ elb }, { needs }) => {
      const { LoadBalancers: all = [], NextMarker } = await elb.send(new DescribeLoadBalancersCommand({}));
      const others = all.filter(({ Type, LoadBalancerName: name = "" }) => {
        return Type === "application" && !needs.loadBalancers.includes(name);
      });
      return assertAll(others.length, NextMarker);
    },
    permission: "elasticloadbalancing:DescribeLoadBalancers",
  },
  {
    title: "target groups",
    service: "elasticloadbalancing",
    code: "L-B22855CB",
    newAccount: 3000,
    needed: ({ targetGroups }) => targetGroups.length,
    others: async ({ elb }, { needs }) => {
      const { TargetGroups: all = [], NextMarker } = await elb.send(new DescribeTargetGroupsCommand({}));
      const others = all.filter(({ TargetGroupName: name = "" }) => !needs.targetGroups.includes(name));
      return assertAll(others.length, NextMarker);
    },
    permission: "elasticloadbalancing:DescribeTargetGroups",
  },
];

/** One call gives 400 of them; where there are more, people look at what they have. */
function assertAll(found: number, next: string | undefined): number {
  if (next !== undefined && next !== "") throw new Error("more than one call lists");
  return found;
}
