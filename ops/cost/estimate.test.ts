import { byUse } from "../../packages/prices/by-use";
import { free } from "../../packages/prices/free";
import { prices } from "../../packages/prices/prices";
import { environments } from "../../stacks/environments";
import { maximalEnvironment, servicesWithSecrets } from "../../stacks/maximal-environment";
import { services } from "../../stacks/services";
import { estimate, estimateResources, pricingRules } from "./estimate";
import { type Resource, Resources } from "./resources";

const [dev] = environments;

function unknownWith(type: string, args: Resource["arguments"]): readonly string[] {
  const resource = { stack: "dev-compute", type, id: "thing", path: "thing", arguments: args };
  return estimateResources(dev, new Resources([resource]), {}).unknown;
}

it.each([...environments, maximalEnvironment])("knows the price of every resource in $name", (environment) => {
  expect(estimate(environment, servicesWithSecrets).unknown).toEqual([]);
});

it("names a resource of a type that has no rule, and leaves it out of the total", () => {
  const { all } = Resources.of(dev, services);
  const table = { stack: "dev-compute", type: "aws_dynamodb_table", id: "orders", path: "orders", arguments: {} };
  const known = estimateResources(dev, new Resources(all), {});
  const more = estimateResources(dev, new Resources([...all, table]), {});
  expect(more.unknown).toEqual(["aws_dynamodb_table.orders"]);
  expect(more.total).toEqual(known.total);
});

it.each([
  ["aws_lb", { load_balancer_type: "network" }],
  ["aws_vpc_endpoint", { vpc_endpoint_type: "GatewayLoadBalancer" }],
  ["aws_ecs_cluster", { setting: [{ name: "containerInsights", value: "enhanced" }] }],
  ["aws_ecs_service", { launch_type: "EC2" }],
  ["aws_appautoscaling_policy", { policy_type: "StepScaling" }],
  ["aws_sns_topic_subscription", { protocol: "sms" }],
  ["aws_ssm_parameter", { tier: "Advanced" }],
])("does not guess the price of an %s of another kind", (type, args) => {
  expect(unknownWith(type, args)).toEqual([`${type}.thing`]);
});

it("does not use the prices in another region", () => {
  const { unknown, total } = estimate({ ...dev, region: "eu-central-1" }, services);
  expect(unknown).toEqual(["everything in dev: it is in eu-central-1, and the prices are those of us-east-1"]);
  expect(total).toEqual({ minimum: 0, typical: 0, maximum: 0 });
});

it("lists no type both as free and with a rule, or as paid by use", () => {
  expect([...Object.keys(pricingRules), ...Object.keys(byUse)].filter((type) => type in free)).toEqual([]);
});

it.each(environments)("orders the cases in $name", (environment) => {
  const { total } = estimate(environment, services);
  expect(total.minimum).toBeLessThan(total.typical);
  expect(total.typical).toBeLessThan(total.maximum);
});

it("names a page of AWS for each price", () => {
  for (const { source } of Object.values(prices)) expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/.*pricing/);
});

it("takes an assumption from the command line for all three cases", () => {
  const { requestsPerSecond } = estimate(dev, services, { requestsPerSecond: 7 });
  expect(requestsPerSecond).toEqual({ minimum: 7, typical: 7, maximum: 7 });
});

it("lets the service with the least room decide how many requests there are", () => {
  // Half of the way from 1 task to 2, each up to 600 requests a minute, used at 5 %.
  const rates = { frontend: 600, backend: 1200 };
  const rows = services.map((row) => ({ ...row, requestsPerTargetPerMinute: rates[row.name] }));
  const row = { ...dev, tasks: { minimum: 1, maximum: 2 } };
  expect(estimate(row, rows).requestsPerSecond.typical).toBeCloseTo(1.5 * 10 * 0.05);
});
