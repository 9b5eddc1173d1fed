import { type Environment, environments, type SignIn } from "./environments";
import { maximalEnvironment, servicesWithSecrets } from "./maximal-environment";
import { type Service, services } from "./services";
import { ConfigurationError, checkTables } from "./tables";

const [dev, staging] = environments;
const [frontend, backend] = services;

function problems(rows: readonly Environment[], table: readonly Service[] = services): readonly string[] {
  try {
    checkTables(rows, table);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

/** Values that do not compile, but reach the synthesis all the same: it runs without a type check. */
const withValue = <Row>(row: Row, column: keyof Row, value: unknown): Row => ({ ...row, [column]: value });

it("finds nothing wrong with the shipped rows, and with everything on", () => {
  expect(problems(environments)).toEqual([]);
  expect(problems([...environments, maximalEnvironment], servicesWithSecrets)).toEqual([]);
});

it.each<[string, keyof Environment, unknown, string]>([
  ["an account id of eleven digits", "accountId", "11111111111", "allowed: 12 digits"],
  ["ids of GitHub that are none", "githubIds", { owner: 0, repository: 1 }, "whole numbers above 0"],
  ["no ids of GitHub", "githubIds", null, "whole numbers above 0"],
  ["a retention that CloudWatch does not offer", "logRetentionDays", 42, "allowed: 1, 3, 5, 7, 14, 30"],
  ["an alarm without an address", "alarmEmail", "", "allowed: an e-mail address"],
  [
    "a certificate without a domain",
    "certificateArn",
    "arn:aws:acm:us-east-1:111111111111:certificate/1",
    "with a domain",
  ],
  ["a domain that AWS keeps to itself", "domain", "dashboard.example.com", "not example.com"],
  ["a domain declined without a reason", "domain", { none: " " }, 'or { none: "reason" }'],
  ["access for everyone without a reason", "access", { everyone: " " }, '{ everyone: "reason" }'],
  ["a reason with a letter that AWS refuses", "access", { everyone: "it's a sample" }, "letters, digits, spaces"],
  ["no range", "access", { ranges: [] }, "1 to 30 IPv4 ranges"],
  ["all of the internet as a range", "access", { ranges: ["0.0.0.0/0"] }, "1 to 30 IPv4 ranges"],
  ["a range that begins elsewhere", "access", { ranges: ["203.0.113.7/24"] }, "such as 203.0.113.0/24"],
  ["an address that is none", "access", { ranges: ["203.0.113.256/32"] }, "1 to 30 IPv4 ranges"],
  ["a sign-in without a domain", "access", maximalEnvironment.access, "in a row with a domain"],
  ["a zone of another region", "availabilityZones", ["us-east-1a", "eu-west-1b"], "of the row's region"],
  ["a zone without addresses", "availabilityZones", ["us-east-1a", "us-east-1i"], "letters a to h"],
  ["a network that is too small", "vpcCidr", "10.10.0.0/24", "a private /16"],
  ["a public network", "vpcCidr", "8.8.0.0/16", "a private /16"],
  ["an unknown way out", "egress", "none", "nat-per-az, single-nat, vpc-endpoints"],
  ["fewer tasks at most than at least", "tasks", { minimum: 3, maximum: 2 }, "minimum <= maximum"],
  ["no capacity at all", "capacity", { fargateWeight: 0, spotWeight: 0 }, "not both 0"],
  ["a shell into an unknown service", "executeCommand", ["database"], "allowed: frontend, backend"],
])("refuses %s, and says where, what and what is allowed", (_, column, value, allowed) => {
  const [problem, ...others] = problems([withValue<Environment>(dev, column, value)]);
  expect(others).toEqual([]);
  const given = column === "executeCommand" ? "database" : value;
  expect(problem).toContain(`environments: dev.${column} = ${JSON.stringify(given)}; `);
  expect(problem).toContain(allowed);
});

it("refuses a sign-in over plain HTTP", () => {
  const { access } = maximalEnvironment as { access: { signIn: SignIn } };
  const plain = { signIn: { ...access.signIn, tokenEndpoint: "http://login.portfolio.test/token" } };
  const [problem, ...others] = problems([{ ...maximalEnvironment, access: plain }], servicesWithSecrets);
  expect(others).toEqual([]);
  expect(problem).toContain("{ signIn } with https addresses");
});

it("refuses a name that no load balancer may begin with", () => {
  expect(problems([{ ...dev, name: "internal" }])).toEqual([
    'environments: internal.name = "internal"; allowed: 2 to 8 lower-case letters and digits, a letter first, and not internal',
  ]);
});

it.each<[string, keyof Service, unknown, string]>([
  ["a size that Fargate does not have", "size", "256/4096", "256/512, 256/1024"],
  ["a call to an unknown service", "calls", ["database"], "allowed: backend"],
  ["a wildcard of objects", "objects", ["*"], "without a wildcard"],
  ["a name that is no host name", "name", "Front End", "lower-case letters"],
])("refuses %s, and says where, what and what is allowed", (_, column, value, allowed) => {
  const changed = withValue<Service>(frontend, column, value);
  const [problem, ...others] = problems([dev], [changed, backend]);
  expect(others).toEqual([]);
  const given = column === "calls" ? "database" : value;
  expect(problem).toContain(`services: ${changed.name}.${column} = ${JSON.stringify(given)}; `);
  expect(problem).toContain(allowed);
});

it("refuses a caller that gives up before what it calls may have answered", () => {
  const hasty = { ...frontend, answerSeconds: backend.answerSeconds + 1 };
  expect(problems([dev], [hasty, backend])).toEqual([
    "services: frontend.answerSeconds = 5; allowed: at least 6, as it calls backend, which may take 4",
  ]);
});

it.each([
  ["name", "dev"],
  ["accountId", dev.accountId],
  ["vpcCidr", dev.vpcCidr],
] as const)("refuses two environments with one %s", (column, value) => {
  expect(problems([dev, { ...staging, [column]: value }])).toEqual([
    expect.stringContaining(`.${column} = "${value}"; allowed: one that row 1 (dev) does not have`),
  ]);
});

it("refuses a service twice, two public ones, and gateways of two architectures", () => {
  expect(problems([dev], [frontend, backend, backend])).toHaveLength(1);
  expect(problems([dev], [frontend, { ...backend, exposure: "public" }]).join()).toContain(
    "public for frontend, backend",
  );
  expect(problems([dev], [frontend, { ...backend, architecture: "ARM64" }]).join()).toContain(
    "the same for all services",
  );
});

it("refuses two services whose listener rules would have one priority", () => {
  const [one, two] = ["api-163", "api-288"].map((name) => ({ ...backend, name }));
  expect(problems([dev], [frontend, backend, one as Service, two as Service])).toEqual([
    'services: api-288.name = "api-288"; allowed: a name whose listener rule gets another priority than 9654, which api-163 has',
  ]);
});

it("refuses an architecture that Fargate does not have", () => {
  const [problem] = problems([dev], [withValue<Service>(frontend, "architecture", "SPARC")]);
  expect(problem).toBe('services: frontend.architecture = "SPARC"; allowed: X86_64, ARM64');
});

it("lists every problem of both tables at once", () => {
  const bad: Environment = { ...dev, alarmEmail: "nobody", logRetentionDays: 2 };
  const small = withValue<Service>(backend, "size", "1/1");
  expect(problems([bad], [frontend, small])).toHaveLength(3);
});
