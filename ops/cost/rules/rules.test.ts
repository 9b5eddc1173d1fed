import type { Range } from "../../../packages/prices/usage";
import { type Environment, environments } from "../../../stacks/environments";
import { maximalEnvironment, servicesWithSecrets } from "../../../stacks/maximal-environment";
import { type Service, services } from "../../../stacks/services";
import { add, type Estimate, estimate, estimateResources } from "../estimate";
import { type Resource, Resources } from "../resources";

const base: Environment = { ...environments[0], capacity: { fargateWeight: 1, spotWeight: 0 } };
const three = ["us-east-1a", "us-east-1b", "us-east-1c"];

function costOf({ costs }: Estimate, type: string, path = ""): Range {
  return add(
    costs.filter(({ resource }) => resource.type === type && resource.path.includes(path)).map(({ usd }) => usd),
  );
}

function alone(type: string, args: Resource["arguments"]): number {
  const resource = { stack: "dev-compute", type, id: "thing", path: "thing", arguments: args };
  return estimateResources(base, new Resources([resource]), {}).total.typical;
}

describe("a Fargate service", () => {
  const backend = (environment: Environment, architecture: Service["architecture"] = "X86_64") => {
    const rows = services.map((row) => ({ ...row, size: "256/512" as const, architecture }));
    return costOf(estimate(environment, rows), "aws_ecs_service", "backend");
  };
  const vcpu = 0.25 * 730;
  const gigabytes = 0.5 * 730;

  it("costs its vCPU and memory for as many tasks as run", () => {
    const task = vcpu * 0.04048 + gigabytes * 0.004445;
    expect(task).toBeCloseTo(9.01, 2);
    const { minimum, typical, maximum } = backend({ ...base, tasks: { minimum: 2, maximum: 6 } });
    expect(minimum).toBeCloseTo(2 * task);
    expect(typical).toBeCloseTo(4 * task);
    expect(maximum).toBeCloseTo(6 * task);
  });

  it("costs a half to a third less for its share on Spot", () => {
    const task = vcpu * 0.04048 + gigabytes * 0.004445;
    const spot = { fargateWeight: 0, spotWeight: 1 };
    const { minimum, maximum } = backend({ ...base, tasks: { minimum: 1, maximum: 1 }, capacity: spot });
    expect(minimum).toBeCloseTo(0.3 * task);
    expect(maximum).toBeCloseTo(0.5 * task);
    const mixed = { ...base, tasks: { minimum: 4, maximum: 4 }, capacity: { fargateWeight: 1, spotWeight: 3 } };
    expect(backend(mixed).typical).toBeCloseTo(task + 3 * 0.4 * task);
  });

  it("costs a fifth less on ARM", () => {
    const tasks = { minimum: 1, maximum: 1 };
    expect(backend({ ...base, tasks }, "ARM64").typical).toBeCloseTo(vcpu * 0.03238 + gigabytes * 0.00356);
  });
});

describe("the way out", () => {
  const wayOut = (changes: Partial<Environment>) => estimate({ ...base, ...changes }, services);

  it("costs three NAT gateways and addresses in three zones, or one", () => {
    const single = wayOut({ egress: "single-nat", availabilityZones: three });
    const each = wayOut({ egress: "nat-per-az", availabilityZones: three });
    expect(costOf(single, "aws_eip").typical).toBeCloseTo(730 * 0.005);
    expect(costOf(each, "aws_eip").typical).toBeCloseTo(3 * 730 * 0.005);
    const hours = (count: number) => count * 730 * 0.045;
    const traffic = costOf(each, "aws_nat_gateway").typical - hours(3);
    expect(traffic).toBeGreaterThan(0);
    // The same traffic, two thirds of which comes from other zones: 0.01 USD for each GB and direction, against 0.045.
    expect(costOf(single, "aws_nat_gateway").typical - hours(1)).toBeCloseTo(traffic * (1 + (4 / 3) * (0.01 / 0.045)));
  });

  it("costs an hour of each interface in each zone; the gateway to S3 is free", () => {
    const { costs } = wayOut({ egress: "vpc-endpoints", availabilityZones: three });
    const hours = costs.flatMap(({ resource, typicalCharges }) =>
      resource.type === "aws_vpc_endpoint" ? typicalCharges.filter(({ price }) => price === "endpointHour") : [],
    );
    expect(hours.map(({ quantity }) => quantity)).toEqual(hours.map(() => 3 * 730));
    const interfaces = costs.filter(({ resource }) => resource.arguments.vpc_endpoint_type === "Interface");
    expect(hours).toHaveLength(interfaces.length);
    expect(interfaces).toHaveLength(3);
  });
});

it("pays public addresses for a load balancer on the internet, one in each zone", () => {
  const idle = estimate({ ...base, availabilityZones: three }, services, { requestsPerSecond: 0 });
  const difference = costOf(idle, "aws_lb", "public").typical - costOf(idle, "aws_lb", "internal").typical;
  expect(difference).toBeCloseTo(3 * 730 * 0.005);
});

it("counts the load balancer's dimension that needs most, and what leaves to the internet", () => {
  const at = (requestsPerSecond: number) => estimate(base, services, { requestsPerSecond, responseKilobytes: 20 });
  const more = costOf(at(1000), "aws_lb", "public").typical - costOf(at(0), "aws_lb", "public").typical;
  const gigabytes = (1000 * 730 * 3600 * 20) / 1e6;
  const delivered = (1000 * 730 * 3600 * 0.1) / 1e6;
  // 72 GB an hour need 72 units; 100 new connections a second would need 4.
  expect(more).toBeCloseTo(72 * 730 * 0.008 + gigabytes * 0.09 + delivered * 0.023, 4);
});

it("prices a log group by who writes to it, and by how long it is kept", () => {
  const written = { logGigabytesPerTask: 1, flowLogGigabytesPerTask: 2, requestsPerSecond: 0, taskShare: 0 };
  const { costs } = estimate({ ...base, logRetentionDays: 60 }, services, written);
  const ofGroup = (path: string) => costs.find(({ resource }) => resource.path === path)?.usd.typical;
  const kept = (gigabytes: number) => gigabytes * (0.5 + 2 * 0.15 * 0.03);
  expect(ofGroup("backend-service/logs")).toBeCloseTo(kept(1));
  expect(ofGroup("traffic/logs")).toBeCloseTo(kept(2 * 2));
});

it("prices the web ACL by its rules and requests", () => {
  const full = { ...base, webAcl: { requestsPerFiveMinutes: 500 } };
  const requests = (730 * 3600 * 10) / 1e6;
  const { costs } = estimate(full, services, { requestsPerSecond: 10 });
  const acl = costs.find(({ resource }) => resource.type === "aws_wafv2_web_acl");
  const rules = acl?.resource.arguments.rule.length;
  expect(rules).toBeGreaterThan(1);
  expect(acl?.usd.typical).toBeCloseTo(5 + rules + requests * 0.6);
});

it("prices an alarm by the metrics that it reads", () => {
  expect(alone("aws_cloudwatch_metric_alarm", { metric_name: "CPUUtilization", period: 60 })).toBeCloseTo(0.1);
  expect(alone("aws_cloudwatch_metric_alarm", { metric_name: "CPUUtilization", period: 10 })).toBeCloseTo(0.3);
  const metric = { metric_name: "RequestCount", period: 60 };
  const rate = [{ expression: "100 * errors / requests" }, { metric: [metric] }, { metric: [metric] }];
  expect(alone("aws_cloudwatch_metric_alarm", { metric_query: rate })).toBeCloseTo(0.2);
  const band = [{ expression: "ANOMALY_DETECTION_BAND(m1, 2)" }, { metric }];
  expect(alone("aws_cloudwatch_metric_alarm", { metric_query: band })).toBeCloseTo(0.3);
});

it("prices secrets that the stacks only look up", () => {
  expect(costOf(estimate(maximalEnvironment, servicesWithSecrets), "data.aws_secretsmanager_secret").typical).toBe(0.4);
});
