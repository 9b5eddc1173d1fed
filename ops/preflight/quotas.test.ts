import { project } from "../../stacks/constructs/names";
import { environments } from "../../stacks/environments";
import { maximalEnvironment, servicesWithSecrets, servicesWithWorker } from "../../stacks/maximal-environment";
import { services } from "../../stacks/services";
import { type Answers, absent, clientsWith, denied, deployedAccount, unreachable } from "./account.fixture";
import { resultOf } from "./check";
import { type Needs, needsOf } from "./needs";
import { quotaChecks } from "./quota-checks";
import { quotas } from "./quotas";

const [, , prod] = environments;
const needs = needsOf(prod, services);
const complete = deployedAccount(prod);

async function found(title: string, answers: Answers, given: Needs = needs) {
  const checks = quotaChecks(prod, given, clientsWith({ ...complete, ...answers }));
  const check = checks.find((each) => each.title === title);
  if (!check) throw new Error(`No check ${title}`);
  return resultOf(check);
}

const quotaOf = (value: number) => () => ({ Quota: { Value: value } });
const page = (path: string) => `Look at https://us-east-1.console.aws.amazon.com/servicequotas/home/services/${path}`;

it("counts what an environment needs in its own stacks", () => {
  expect(needs).toMatchObject({
    // 12 tasks of 0.5 and of 0.25 vCPU, twice while they are replaced.
    vcpu: { onDemand: 18, spot: 0 },
    vpcs: 1,
    internetGateways: 1,
    addresses: 3,
    natGatewaysInOneZone: 1,
    loadBalancers: ["prod-internal", "prod-public"],
    targetGroups: ["prod-backend-8080", "prod-frontend-8080"],
    interfaceEndpoints: 0,
    gatewayEndpoints: 1,
  });
  expect(needsOf(maximalEnvironment, servicesWithSecrets)).toMatchObject({
    vcpu: { onDemand: 3, spot: 3 },
    addresses: 0,
    natGatewaysInOneZone: 0,
    interfaceEndpoints: 7,
  });
});

it("counts a part of a task that the weights leave on both sides", () => {
  const capacity = { fargateWeight: 2, spotWeight: 1 };
  const row = { ...maximalEnvironment, tasks: { minimum: 1, maximum: 2 }, capacity };
  // 4 tasks of each service: 3 and 2 of them, of 0.75 vCPU together.
  expect(needsOf(row, servicesWithSecrets).vcpu).toEqual({ onDemand: 2.25, spot: 1.5 });
});

it("counts the tasks of a worker too, and no target group", () => {
  const row = { ...maximalEnvironment, capacity: { fargateWeight: 1, spotWeight: 0 } };
  const { vcpu, targetGroups } = needsOf(row, servicesWithWorker);
  expect(vcpu).toEqual({ onDemand: 6, spot: 0 });
  expect(targetGroups).toEqual(["full-frontend-8080"]);
});

it("has each quota once", () => {
  expect(new Set(quotas.map(({ code }) => code)).size).toBe(quotas.length);
  for (const { code } of quotas) expect(code).toMatch(/^L-[0-9A-F]{8}$/);
});

it("asks only for what is needed", () => {
  const titles = quotaChecks(prod, needs, clientsWith({})).map(({ title }) => title);
  expect(titles).not.toContain("vCPU on Fargate Spot");
  expect(titles).not.toContain("interface endpoints in a VPC");
  expect(titles).toContain("vCPU on Fargate");
});

it("is missing in a new account for production at its maximum, and says how to ask for more", async () => {
  expect(await found("vCPU on Fargate", {})).toEqual({
    title: "vCPU on Fargate",
    state: "missing",
    found:
      "quota 6, 18 needed while every service is deployed with its most tasks, use by others in the account not counted",
    remedy:
      "aws service-quotas request-service-quota-increase --region us-east-1 --service-code fargate --quota-code L-3032A538 --desired-value 18\nAWS decides, within minutes or days.",
  });
  expect((await found("vCPU on Fargate", { GetServiceQuota: quotaOf(18) })).state).toBe("ok");
});

it("takes AWS's own value where the account has none", async () => {
  const answers = {
    GetServiceQuota: absent("NoSuchResourceException"),
    GetAWSDefaultServiceQuota: quotaOf(18),
  };
  expect(await found("vCPU on Fargate", answers)).toMatchObject({ state: "ok" });
  expect(await found("vCPU on Fargate", { ...answers, GetAWSDefaultServiceQuota: unreachable })).toMatchObject({
    state: "unknown",
  });
});

const ours = {
  Tags: [
    { Key: "Project", Value: project },
    { Key: "Environment", Value: "prod" },
  ],
};
const another = {
  Tags: [
    { Key: "Project", Value: project },
    { Key: "Environment", Value: "dev" },
  ],
};

describe.each<[string, string, (items: unknown[]) => unknown, number]>([
  ["VPCs", "DescribeVpcs", (Vpcs) => ({ Vpcs }), 1],
  ["internet gateways", "DescribeInternetGateways", (InternetGateways) => ({ InternetGateways }), 1],
  ["elastic IP addresses", "DescribeAddresses", (Addresses) => ({ Addresses }), 3],
  ["gateway endpoints", "DescribeVpcEndpoints", (VpcEndpoints) => ({ VpcEndpoints }), 1],
])("%s", (title, command, answer, needed) => {
  it("counts those of others, and not its own", async () => {
    const items = [ours, another, {}];
    expect(await found(title, { [command]: () => answer(items), GetServiceQuota: quotaOf(needed + 2) })).toEqual({
      title,
      state: "ok",
      found: `quota ${needed + 2}, ${needed} needed, 2 used by others`,
    });
    const result = await found(title, { [command]: () => answer(items), GetServiceQuota: quotaOf(needed + 1) });
    expect(result.state).toBe("missing");
    expect(result.remedy).toContain(`--desired-value ${needed + 2}`);
  });

  it("is unknown where those of others may not be counted", async () => {
    const result = await found(title, { [command]: denied });
    expect(result.state).toBe("unknown");
    expect(result.found).toContain("use by others not known: may not be read");
    expect(result.remedy).toMatch(/^Ask with credentials that have ec2:Describe/);
    expect((await found(title, { [command]: unreachable })).state).toBe("unknown");
  });

  it("is missing where the quota is too small for itself alone", async () => {
    expect((await found(title, { [command]: denied, GetServiceQuota: quotaOf(0) })).state).toBe("missing");
  });
});

it("counts application load balancers and target groups by name", async () => {
  const loadBalancers = [
    { LoadBalancerName: "prod-public", Type: "application" },
    { LoadBalancerName: "shop", Type: "application" },
    { LoadBalancerName: "tcp", Type: "network" },
  ];
  const groups = [{ TargetGroupName: "prod-backend-8080" }, { TargetGroupName: "shop" }];
  const answers = {
    DescribeLoadBalancers: () => ({ LoadBalancers: loadBalancers }),
    DescribeTargetGroups: () => ({ TargetGroups: groups }),
  };
  expect((await found("application load balancers", answers)).found).toBe("quota 50, 2 needed, 1 used by others");
  expect((await found("target groups", answers)).found).toBe("quota 3000, 2 needed, 1 used by others");
});

it("does not count what one call does not list", async () => {
  const answers = { DescribeLoadBalancers: () => ({ LoadBalancers: [], NextMarker: "2" }) };
  expect(await found("application load balancers", answers)).toMatchObject({
    state: "unknown",
    found: "quota 50, 2 needed; use by others not known: more than one call lists",
    remedy: page("elasticloadbalancing/quotas/L-53DA6B97"),
  });
});

describe.each(quotas.filter(({ needed }) => needed(needs) > 0))(
  "the quota of $title",
  ({ title, service, code, newAccount }) => {
    it("is unknown to whoever may not read it, and says what a new account has", async () => {
      const result = await found(title, { GetServiceQuota: denied });
      expect(result).toMatchObject({
        state: "unknown",
        remedy: "Ask with credentials that have servicequotas:GetServiceQuota.",
      });
      expect(result.found).toContain(`a new account has ${newAccount}`);
    });

    it("is unknown where nobody answers, and says where to look", async () => {
      const result = await found(title, { GetServiceQuota: unreachable });
      expect(result).toMatchObject({ state: "unknown", remedy: page(`${service}/quotas/${code}`) });
      expect(result.found).toContain("quota not known: no answer: connect ECONNREFUSED 10.0.0.1:443.");
    });
  },
);
