import { byUse } from "../prices/by-use";
import { free } from "../prices/free";
import { type PriceName, usdOf } from "../prices/prices";
import { type Case, cases, type Range } from "../prices/usage";
import { isNothing } from "./classify/meaning";
import type { Resource, Resources } from "./effects/resources";
import { isObject, type Json } from "./read/plan";

export interface Cost {
  readonly before: Range;
  readonly after: Range;
  /** What makes the difference, largest first. */
  readonly drivers: readonly { readonly stack: string; readonly address: string; readonly usd: number }[];
  /** How many resources are in the sums. */
  readonly priced: number;
  /** How many resources, before or after, are in neither sum, because their price is not known. The most frequent type first. */
  readonly unpriced: readonly { readonly type: string; readonly count: number }[];
}

const hours = 730;
type Charges = readonly (readonly [price: PriceName, quantity: number])[];

/** What stands there for a month costs, by the project's prices. What is used on top (traffic, lines of logs, requests) is not in a plan. */
export function costOf(resourcesBefore: Resources, resourcesAfter: Resources): Cost {
  const [before, after] = [monthly(resourcesBefore), monthly(resourcesAfter)];
  const drivers = [...new Map([...before, ...after])].map(([key, { stack, address }]) => ({
    stack,
    address,
    usd: (after.get(key)?.usd.typical ?? 0) - (before.get(key)?.usd.typical ?? 0),
  }));
  return {
    before: total([...before.values()].map(({ usd }) => usd)),
    after: total([...after.values()].map(({ usd }) => usd)),
    drivers: drivers.filter(({ usd }) => Math.abs(usd) >= 0.005).sort((a, b) => Math.abs(b.usd) - Math.abs(a.usd)),
    priced: new Set([...before.keys(), ...after.keys()]).size,
    unpriced: unpricedIn(resourcesBefore, resourcesAfter),
  };
}

function unpricedIn(...times: readonly Resources[]): Cost["unpriced"] {
  const unpriced = new Map(
    times.flatMap((resources) =>
      resources.all
        .filter((resource) => chargesOf(resource, resources, "typical") === undefined)
        .map(({ stack, address, type }) => [JSON.stringify([stack, address]), type] as const),
    ),
  );
  const counts = new Map<string, number>();
  for (const type of unpriced.values()) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
}

interface Costing extends Pick<Resource, "stack" | "address"> {
  readonly usd: Range;
}

function monthly(resources: Resources): Map<string, Costing> {
  const found = new Map<string, Costing>();
  for (const resource of resources.all) {
    const usd = inEachCase((which) =>
      (chargesOf(resource, resources, which) ?? []).reduce(
        (sum, [price, quantity]) => sum + usdOf(price, which) * quantity,
        0,
      ),
    );
    const { stack, address } = resource;
    if (usd.maximum > 0) found.set(JSON.stringify([stack, address]), { stack, address, usd });
  }
  return found;
}

/** Nothing for what costs nothing, or only what is used of it; undefined for what has no price here. */
function chargesOf(resource: Resource, resources: Resources, which: Case): Charges | undefined {
  const { type, values } = resource;
  switch (type) {
    case "aws_lb":
    case "aws_alb":
      return (values.load_balancer_type ?? "application") === "application" ? [["loadBalancerHour", hours]] : undefined;
    case "aws_nat_gateway":
      return [["natHour", hours]];
    case "aws_eip":
      return [["publicAddressHour", hours]];
    case "aws_vpc_endpoint":
      if ((values.vpc_endpoint_type ?? "Gateway") === "Gateway") return [];
      return values.vpc_endpoint_type === "Interface"
        ? [["endpointHour", hours * Math.max(1, list(values.subnet_ids).length)]]
        : undefined;
    case "aws_kms_key":
      return [["keyMonth", 1]];
    case "aws_secretsmanager_secret":
      return [["secretMonth", 1]];
    case "aws_route53_zone":
      return [["zoneMonth", 1]];
    case "aws_cloudwatch_dashboard":
      return [["dashboard", 1]];
    case "aws_cloudwatch_composite_alarm":
      return [["compositeAlarm", 1]];
    case "aws_cloudwatch_metric_alarm":
      return [
        [
          "alarmMetric",
          Math.max(
            1,
            list(values.metric_query).filter((query) => isObject(query) && list(query.metric).length > 0).length,
          ),
        ],
      ];
    case "aws_wafv2_web_acl":
      return [
        ["webAclMonth", 1],
        ["webAclRuleMonth", list(values.rule).length],
      ];
    case "aws_appautoscaling_policy":
      // Target tracking makes two alarms of its own: for more tasks and for fewer.
      return values.policy_type === "TargetTrackingScaling" ? [["alarmMetric", 2]] : undefined;
    case "aws_dynamodb_table":
      return values.billing_mode === "PAY_PER_REQUEST" ? [] : undefined;
    case "aws_ssm_parameter":
      return values.tier === "Advanced" ? undefined : [];
    case "aws_ecs_service":
      return tasks(resource, resources, which);
    default:
      return type in free || type in byUse ? [] : undefined;
  }
}

/** On Fargate. Machines that a service runs on have prices of their own. */
function tasks(service: Resource, resources: Resources, which: Case): Charges | undefined {
  const task = taskOf(service, resources);
  const strategy = list(service.values.capacity_provider_strategy).filter(isObject);
  const places = [service.values.launch_type, ...strategy.map((each) => each.capacity_provider)];
  const isOnFargate = places.every((each) => isNothing(each) || /^FARGATE(_SPOT)?$/.test(String(each)));
  if (!task || !isOnFargate) return undefined;
  const weights = strategy.reduce((sum, { weight }) => sum + number(weight), 0);
  const spotShare =
    weights === 0
      ? 0
      : strategy.reduce((sum, each) => sum + (each.capacity_provider === "FARGATE_SPOT" ? number(each.weight) : 0), 0) /
        weights;
  const taskHours = countOf(service, resources, which) * hours;
  const [vcpu, gigabytes] = [number(task.values.cpu) / 1024, number(task.values.memory) / 1024];
  const [platform] = list(task.values.runtime_platform);
  const isArm = isObject(platform) && platform.cpu_architecture === "ARM64";
  return [
    [isArm ? "fargateArmVcpuHour" : "fargateVcpuHour", taskHours * vcpu * (1 - spotShare)],
    [isArm ? "fargateArmGigabyteHour" : "fargateGigabyteHour", taskHours * gigabytes * (1 - spotShare)],
    [isArm ? "spotArmVcpuHour" : "spotVcpuHour", taskHours * vcpu * spotShare],
    [isArm ? "spotArmGigabyteHour" : "spotGigabyteHour", taskHours * gigabytes * spotShare],
  ];
}

function taskOf(service: Resource, resources: Resources): Resource | undefined {
  const named = resources.named(service, "task_definition");
  const definitions = resources.ofType("aws_ecs_task_definition");
  return definitions.find(({ id, arn, values }) =>
    named.some((name) => name === arn || name === id || name === values.family),
  );
}

/** As many as the autoscaler may run; without one, as many as are wanted. */
function countOf(service: Resource, resources: Resources, which: Case): number {
  const target = resources
    .ofType("aws_appautoscaling_target")
    .find(
      (each) =>
        String(each.values.resource_id ?? "").endsWith(`/${String(service.values.name)}`) ||
        resources
          .referred(each, "resource_id")
          .some(({ address, stack }) => address === service.address && stack === service.stack),
    );
  if (!target) return number(service.values.desired_count);
  const [minimum, maximum] = [number(target.values.min_capacity), number(target.values.max_capacity)];
  return which === "maximum" ? maximum : minimum;
}

function total(all: readonly Range[]): Range {
  return inEachCase((which) => all.reduce((sum, range) => sum + range[which], 0));
}

function inEachCase(value: (which: Case) => number): Range {
  return Object.fromEntries(cases.map((which) => [which, value(which)])) as Range;
}

/** Providers write some numbers as text. */
function number(value: Json | undefined): number {
  const found = typeof value === "number" || typeof value === "string" ? Number(value) : 0;
  return Number.isFinite(found) ? found : 0;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
