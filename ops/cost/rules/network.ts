import type { Charge, PricingRules } from "../charge";
import { gigabytes, type Month } from "../month";
import type { Resource } from "../resources";

export const networkRules: PricingRules = {
  aws_nat_gateway: chargeNatGateway,
  aws_eip: (_, { hours }) => [{ price: "publicAddressHour", quantity: hours }],
  aws_lb: chargeLoadBalancer,
  aws_vpc_endpoint: chargeEndpoint,
  // Queries for aliases of load balancers, and in private zones, cost nothing.
  aws_route53_zone: () => [{ price: "zoneMonth", quantity: 1 }],
  aws_wafv2_web_acl: ({ arguments: { rule = [] } }, { requests }) => [
    { price: "webAclMonth", quantity: 1 },
    { price: "webAclRuleMonth", quantity: rule.length },
    { price: "webAclRequests1m", quantity: requests / 1e6 },
  ],
};

/** Zones without a gateway send through another zone's, and pay at both ends. */
function chargeNatGateway(_: Resource, { resources, hours, zones, outboundGigabytes }: Month): Charge[] {
  const gateways = resources.ofType("aws_nat_gateway").length;
  const each = outboundGigabytes / gateways;
  return [
    { price: "natHour", quantity: hours },
    { price: "natGigabyte", quantity: each },
    { price: "transferBetweenZonesGigabyte", quantity: 2 * each * Math.max(0, 1 - gateways / zones) },
  ];
}

function chargeLoadBalancer({ arguments: balancer }: Resource, month: Month): Charge[] | undefined {
  if (balancer.load_balancer_type !== "application") return undefined;
  const { hours, usage } = month;
  const isInternal = balancer.internal === true;
  const requests = month.requestsTo(isInternal);
  const traffic = gigabytes(requests, usage.responseKilobytes);
  const zones: number = balancer.subnets.length;
  return [
    { price: "loadBalancerHour", quantity: hours },
    { price: "loadBalancerCapacityHour", quantity: capacityUnits(requests, traffic, month) * hours },
    ...(isInternal
      ? // Clients in any zone reach nodes in all of them.
        [{ price: "transferBetweenZonesGigabyte" as const, quantity: 2 * traffic * (1 - 1 / zones) }]
      : [
          { price: "publicAddressHour" as const, quantity: zones * hours },
          { price: "transferOutGigabyte" as const, quantity: traffic },
        ]),
    ...(balancer.access_logs?.enabled ? chargeAccessLogs(requests, zones, month) : []),
  ];
}

/** AWS counts the dimension that needs most: new connections (25 a second) or traffic (1 GB an hour) here. */
function capacityUnits(requests: number, traffic: number, { hours, usage }: Month): number {
  const connectionsPerSecond = requests / usage.requestsPerConnection / hours / 3600;
  return Math.max(connectionsPerSecond / 25, traffic / hours);
}

/** Each node delivers a file each 5 minutes; they are kept for about a month. */
function chargeAccessLogs(requests: number, zones: number, { hours, usage }: Month): Charge[] {
  return [
    { price: "bucketWrites1k", quantity: (zones * hours * 12) / 1000 },
    { price: "bucketGigabyteMonth", quantity: gigabytes(requests, usage.accessLogKilobytes) },
  ];
}

function chargeEndpoint({ arguments: endpoint }: Resource, month: Month): Charge[] | undefined {
  if (endpoint.vpc_endpoint_type === "Gateway") return [];
  if (endpoint.vpc_endpoint_type !== "Interface") return undefined;
  const endpoints = month.resources
    .ofType("aws_vpc_endpoint")
    .filter(({ arguments: { vpc_endpoint_type } }) => vpc_endpoint_type === "Interface");
  return [
    { price: "endpointHour", quantity: endpoint.subnet_ids.length * month.hours },
    { price: "endpointGigabyte", quantity: month.outboundGigabytes / endpoints.length },
  ];
}
