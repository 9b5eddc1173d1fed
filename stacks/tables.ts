import { isIPv4 } from "node:net";
import { fargateSizes } from "./constructs/fargate-size";
import { rulePriority } from "./constructs/rule-priority";
import { zoneLetters } from "./constructs/subnets";
import type { Environment } from "./environments";
import type { SecretSource, Service, ServiceRow, WebService } from "./services";

/** One line: the row, the value given and what is allowed. */
type Problem = string;

/** Stops the synthesis with every problem of both tables at once, before anything is created. */
export function checkTables(environments: readonly Environment[], services: readonly Service[]): void {
  const problems = [
    ...environments.flatMap((environment) => environmentProblems(environment, services)),
    ...sharedValues("environments", environments, ["name", "accountId", "vpcCidr"]),
    ...services.flatMap((service) => serviceProblems(service, services)),
    ...sharedValues("services", services, ["name"]),
    ...severalPublicServices(services),
    ...severalArchitectures(services),
    ...samePriorities(services),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
}

/** Carries no stack trace: its lines point at rows of tables, not at code. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.join("\n"));
    this.name = "ConfigurationError";
    this.stack = this.message;
  }
}

// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const egresses: readonly Environment["egress"][] = ["nat-per-az", "single-nat", "vpc-endpoints"];
/** Whether a value is fine, and what is, in words. */
type Rule<Row, Column extends keyof Row> = readonly [(value: Row[Column], row: Row) => boolean, string];
type Rules<Row> = { readonly [Column in keyof Row]?: Rule<Row, Column> };

const environmentRules: Rules<Environment> = {
  name: [
    // No load balancer may be called internal-…: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
    (name) => /^[a-z][a-z0-9]{1,7}$/.test(name) && name !== "internal",
    "2 to 8 lower-case letters and digits, a letter first, and not internal",
  ],
  accountId: [(id) => /^\d{12}$/.test(id), "12 digits"],
  githubRepository: [(repository) => /^[\w.-]+\/[\w.-]+$/.test(repository), "owner/name"],
  githubIds: [
    (ids) => [ids?.owner, ids?.repository].every((id) => typeof id === "number" && isCount(id)),
    "{ owner, repository }, whole numbers above 0",
  ],
  region: [(region) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(region), "a region such as us-east-1"],
  availabilityZones: [
    (zones, { region }) => [2, 3].includes(new Set(zones).size) && zones.every((zone) => isZoneOf(zone, region)),
    "two or three different zones of the row's region, with the letters a to h",
  ],
  vpcCidr: [
    (cidr) => /^(10|172\.(1[6-9]|2\d|3[01])|192\.168)(\.\d{1,3})?\.0\.0\/16$/.test(cidr) && isNetwork(cidr),
    "a private /16 such as 10.40.0.0/16",
  ],
  egress: [(egress) => egresses.includes(egress), egresses.join(", ")],
  tasks: [
    ({ minimum, maximum }) => isCount(minimum) && isCount(maximum) && minimum <= maximum,
    "1 <= minimum <= maximum",
  ],
  capacity: [
    ({ fargateWeight, spotWeight }) =>
      [fargateWeight, spotWeight].every((weight) => Number.isInteger(weight) && weight >= 0 && weight <= 1000) &&
      fargateWeight + spotWeight > 0,
    "weights from 0 to 1000, not both 0",
  ],
  logRetentionDays: [(days) => retentionDays.includes(days), retentionDays.join(", ")],
  domain: [
    (domain) => (typeof domain === "string" ? isDomain(domain) : isDisabled(domain)),
    'a name of yours such as "dashboard.yourcompany.com" (not example.com, which Route 53 refuses), or { none: "reason" }',
  ],
  certificateArn: [
    (arn, { domain, region }) =>
      arn === null ||
      (typeof domain === "string" && new RegExp(`^arn:aws:acm:${region}:\\d{12}:certificate/`).test(arn)),
    "null, or, in a row with a domain, the ARN of a certificate of the row's region",
  ],
  access: [
    (access, { domain }) => {
      if ("everyone" in access) return isRuleDescription(access.everyone);
      if ("ranges" in access)
        return access.ranges.length > 0 && access.ranges.length <= 30 && access.ranges.every(isRange);
      const { clientId, clientSecret, ...addresses } = access.signIn;
      return (
        typeof domain === "string" &&
        Object.values(addresses).every((address) => address.startsWith("https://")) &&
        clientId !== "" &&
        /^[\w/+=.@-]+$/.test(clientSecret)
      );
    },
    '{ everyone: "reason" } of letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* (at most 200); { ranges } of 1 to 30 IPv4 ranges such as 203.0.113.0/24; or, in a row with a domain, { signIn } with https addresses',
  ],
  webAcl: [
    (acl) =>
      "none" in acl ? isDisabled(acl) : isCount(acl.requestsPerFiveMinutes) && acl.requestsPerFiveMinutes >= 10,
    'at least 10 requestsPerFiveMinutes, or { none: "reason" }',
  ],
  objectives: [
    (objectives) =>
      "none" in objectives
        ? isDisabled(objectives)
        : [objectives.availabilityPercent, objectives.latency.percent].every(isObjective) &&
          objectives.latency.seconds > 0,
    'percentages from 94 to 99.99 and seconds above 0, or { none: "reason" }',
  ],
  alarmEmail: [(address) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address), "an e-mail address"],
  monthlyBudgetUsd: [(amount) => amount > 0, "more than 0"],
};

const serviceRules: Rules<ServiceRow> = {
  name: [
    // With the environment's name, the gateway's port and two hyphens it must fit the 32 characters of a target group's name.
    (name) => /^[a-z][a-z0-9-]{0,16}[a-z0-9]$/.test(name) && name !== "gateway",
    "2 to 18 lower-case letters, digits and hyphens, a letter first, and not gateway",
  ],
  size: [(size) => size in fargateSizes, Object.keys(fargateSizes).join(", ")],
  architecture: [(architecture) => ["X86_64", "ARM64"].includes(architecture), "X86_64, ARM64"],
  writablePaths: [(paths) => paths.every((path) => /^\/[\w./-]+$/.test(path)), "absolute paths"],
  objects: [(keys) => keys.every((key) => /^[\w.-]+(\/[\w.-]+)*$/.test(key)), "names of files, without a wildcard"],
};

const webServiceRules: Rules<WebService> = {
  port: [(port) => isCount(port) && port <= 65535 && port !== 8080, "1 to 65535, but not the gateway's 8080"],
  gatewayTemplate: [(template) => ["frontend", "backend"].includes(template), "frontend, backend"],
  healthPath: [(path) => path.startsWith("/"), "a path that starts with /"],
  answerSeconds: [isCount, "a whole number above 0"],
  requestsPerTargetPerMinute: [isCount, "a whole number above 0"],
};

function environmentProblems(row: Environment, services: readonly Service[]): Problem[] {
  const names = services.map(({ name }) => name);
  return [
    ...broken(`environments: ${row.name}`, row, environmentRules),
    ...unknown(`environments: ${row.name}.executeCommand`, row.executeCommand, names),
  ];
}

function serviceProblems(row: Service, services: readonly Service[]): Problem[] {
  const where = `services: ${row.name}`;
  const reachable = services.filter(({ exposure, name }) => exposure === "private" && name !== row.name);
  return [
    ...broken(where, row, serviceRules),
    ...(row.exposure === "none"
      ? broken(where, row, { healthCommand: [(command) => command.length > 0, "a command and its arguments"] })
      : broken(where, row, webServiceRules)),
    ...answersTooSoon(where, row, services),
    ...unknown(
      `${where}.calls`,
      row.calls,
      reachable.map(({ name }) => name),
    ),
    ...Object.entries(row.secrets).flatMap(([variable, source]) =>
      secretProblems(`${where}.secrets`, variable, source),
    ),
  ];
}

/** A caller waits a second longer than what it calls may take, and has a second to answer by itself. */
function answersTooSoon(where: string, row: Service, services: readonly Service[]): Problem[] {
  if (row.exposure === "none") return [];
  return services.flatMap((called) => {
    if (called.exposure === "none" || !row.calls.includes(called.name)) return [];
    const least = called.answerSeconds + 2;
    const allowed = `at least ${least}, as it calls ${called.name}, which may take ${called.answerSeconds}`;
    return row.answerSeconds >= least ? [] : [problem(`${where}.answerSeconds`, row.answerSeconds, allowed)];
  });
}

function secretProblems(where: string, variable: string, source: SecretSource): Problem[] {
  const fine =
    "parameter" in source ? /^\/[\w./-]+$/.test(source.parameter) : /^[\w/+=.@-]+$/.test(source.secretsManager);
  if (fine && /^[A-Z][A-Z0-9_]*$/.test(variable)) return [];
  return [
    problem(where, { [variable]: source }, 'VARIABLE: { secretsManager: "name" } or VARIABLE: { parameter: "/path" }'),
  ];
}

function broken<Row>(where: string, row: Row, rules: Rules<Row>): Problem[] {
  return (Object.keys(rules) as (keyof Row)[]).flatMap((column) => {
    const [isFine, allowed] = rules[column] as Rule<Row, keyof Row>;
    return isFine(row[column], row) ? [] : [problem(`${where}.${String(column)}`, row[column], allowed)];
  });
}

function unknown(where: string, given: readonly string[], known: readonly string[]): Problem[] {
  return given
    .filter((name) => !known.includes(name))
    .map((name) => problem(where, name, known.join(", ") || "nothing: there is no such service"));
}

function sharedValues<Row extends { name: string }>(
  table: string,
  rows: readonly Row[],
  columns: (keyof Row)[],
): Problem[] {
  return columns.flatMap((column) =>
    rows.flatMap((row, index) => {
      const first = rows.findIndex((other) => other[column] === row[column]);
      if (first === index) return [];
      const owner = `row ${first + 1} (${rows[first]?.name})`;
      return [problem(`${table}: ${row.name}.${String(column)}`, row[column], `one that ${owner} does not have`)];
    }),
  );
}

function severalPublicServices(services: readonly Service[]): Problem[] {
  const names = services.filter(({ exposure }) => exposure === "public").map(({ name }) => name);
  return names.length <= 1 ? [] : [problem("services: exposure", `public for ${names.join(", ")}`, "public for one")];
}

/** They share the gateway's image. */
function severalArchitectures(services: readonly Service[]): Problem[] {
  const behindGateways = services.filter(({ exposure }) => exposure !== "none");
  const architectures = [...new Set(behindGateways.map(({ architecture }) => architecture))];
  return architectures.length <= 1
    ? []
    : [problem("services: architecture", architectures, "the same for all services that have a gateway")];
}

function samePriorities(services: readonly Service[]): Problem[] {
  const names = services.filter(({ exposure }) => exposure !== "none").map(({ name }) => name);
  return names.flatMap((name, index) => {
    const priority = rulePriority(name);
    const first = names.slice(0, index).find((other) => other !== name && rulePriority(other) === priority);
    const allowed = `a name whose listener rule gets another priority than ${priority}, which ${first} has`;
    return first === undefined ? [] : [problem(`services: ${name}.name`, name, allowed)];
  });
}

function problem(where: string, given: unknown, allowed: string): Problem {
  return `${where} = ${JSON.stringify(given)}; allowed: ${allowed}`;
}

/** Route 53 makes no public zone for example.com: "InvalidDomainName: example.com is reserved by AWS!". */
function isDomain(name: string): boolean {
  return /^([a-z0-9-]+\.)+[a-z]{2,}$/.test(name) && !`.${name}`.endsWith(".example.com");
}

function isDisabled(value: { readonly none: string }): boolean {
  return value.none.trim().length > 0;
}

/** An IPv4 network with its prefix, from /1 to /32. For all of the internet there is `everyone`, with a reason. */
function isRange(range: string): boolean {
  const [address = "", prefix = ""] = range.split("/");
  if (!isIPv4(address) || !/^\d+$/.test(prefix) || Number(prefix) < 1 || Number(prefix) > 32) return false;
  const bits = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return bits % 2 ** (32 - Number(prefix)) === 0;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRuleDescription.html allows 255 characters; the stack writes the port in front. */
function isRuleDescription(text: string): boolean {
  return text.trim() !== "" && /^[\w .:/()#,@[\]+=&;{}!$*-]{1,200}$/.test(text);
}

/** 14.4 times the budget, at which alarms ring, must be a share of requests. */
function isObjective(percent: number): boolean {
  return percent >= 94 && percent <= 99.99;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}

function isZoneOf(zone: string, region: string): boolean {
  return zone.slice(0, -1) === region && zoneLetters.includes(zone.slice(-1));
}

function isNetwork(cidr: string): boolean {
  return (
    cidr
      .split(/[./]/)
      .slice(0, 4)
      .every((octet) => Number(octet) <= 255) && cidr.split(".").length === 4
  );
}
