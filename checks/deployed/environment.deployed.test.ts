import { execFileSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  ModifySecurityGroupRulesCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import {
  DeregisterTaskDefinitionCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { pagesAreNew } from "../../nginx/compose";
import { explainRollbacks } from "../../ops/deploy/explain-rollbacks";
import { leftToChange } from "../../ops/deploy/left-to-change.fixture";
import { until } from "../../ops/shell/until";
import { containersOf, docker } from "./containers";

/** The dev stacks as `make up` deployed them. Cannot prove: IAM, security groups of tasks and Fargate's own limits, which the emulator does not enforce. */
jest.setTimeout(120_000);

const root = join(__dirname, "../..");
const dashboard = process.env.LOAD_BALANCERS_URL ?? "http://127.0.0.1:8081";
const cluster = "dev";
const ec2 = new EC2Client();
const ecs = new ECSClient();
const logs = new CloudWatchLogsClient();

const get = (path: string, headers: Record<string, string> = {}) => fetch(dashboard + path, { headers });

/** The one container of a service's task that has this name. */
function container(service: string, name: string): string {
  const [only, ...others] = containersOf("dev", service, name);
  if (only === undefined || others.length > 0)
    throw new Error(`${others.length + (only ? 1 : 0)} containers ${name} of ${service}`);
  return only;
}

const statusBecomes = (status: number) =>
  until(`${dashboard} answers ${status}`, 60, async () =>
    (await get("/").catch(() => null))?.status === status ? true : undefined,
  );

beforeAll(async () => {
  await get("/").catch(() => {
    throw new Error(`Nothing answers at ${dashboard}. Start it with: make up`);
  });
});

it.each(["/", "/api/health", "/api/assets", "/api/insights"])(
  "answers %s through the public load balancer",
  async (path) => {
    expect((await get(path)).status).toBe(200);
  },
);

it.each([
  // Another address each time: the gateway keeps pages for a moment.
  [`/?${randomUUID()}`, ["frontend gateway", "frontend app", "backend gateway", "backend app"]],
  ["/api/insights", ["frontend gateway", "backend gateway", "backend app"]],
])("leaves one line with the request's id in CloudWatch Logs at each hop of %s", async (path, hops) => {
  const id = randomUUID();
  expect((await get(path, { "x-request-id": id })).status).toBe(200);
  const found = await until(`${hops.length} lines with ${id}`, 15, async () => {
    const lines = await linesWith(id);
    return lines.length >= hops.length ? lines : undefined;
  });
  expect(found.sort()).toEqual([...hops].sort());
});

/** A hop for each line in the services' log groups that contains the text; streams are named `task/<container>/<task>`. */
async function linesWith(text: string): Promise<string[]> {
  const found = await Promise.all(
    ["frontend", "backend"].map(async (service) => {
      const command = new FilterLogEventsCommand({
        logGroupName: `/portfolio-dashboard-dev/${service}`,
        filterPattern: `"${text}"`,
      });
      const { events = [] } = await logs.send(command);
      return events
        .filter(({ message }) => message?.includes(text))
        .map(({ logStreamName }) => `${service} ${logStreamName?.split("/")[1]}`);
    }),
  );
  return found.flat();
}

it("runs containers of the synthesized task definitions", async () => {
  for (const service of ["frontend", "backend"]) {
    const { taskDefinition } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: `portfolio-dashboard-dev-${service}` }),
    );
    for (const { name, image } of taskDefinition?.containerDefinitions ?? []) {
      const running = docker("inspect", "--format", "{{.Image}}", container(service, String(name)));
      expect(docker("image", "inspect", "--format", "{{.Id}}", String(image))).toBe(running);
    }
  }
});

it("shows the portfolio as it was at most a little over two seconds ago", async () => {
  const backend = container("backend", "app");
  const inBackend = (script: string) => docker("exec", backend, "sh", "-c", script);
  const name = `Renamed ${randomUUID()}`;
  inBackend("cp /data/portfolio/holdings.csv /data/holdings.backup");
  try {
    inBackend(`sed -i '2s/,[^,]*,/,${name},/' /data/portfolio/holdings.csv`);
    await pagesAreNew();
    expect(await (await get("/")).text()).toContain(name);
  } finally {
    inBackend("mv /data/holdings.backup /data/portfolio/holdings.csv");
  }
  await pagesAreNew();
  expect(await (await get("/")).text()).not.toContain(name);
});

describe("the security group of the public load balancer", () => {
  const inside = (...args: string[]) => docker("exec", container("backend", "app"), "node", ...args);
  const addressInside = () =>
    inside("-p", "Object.values(os.networkInterfaces()).flat().find((each) => !each.internal).address").trim();
  /** Of an answer to a container; null without an answer. */
  const statusInside = () => {
    // `fetch` refuses this port.
    const url = "http://load-balancers:10080/healthz";
    const ask = `http.get('${url}',(r)=>{console.log(r.statusCode);r.destroy()}).on('error',()=>console.log(null))`;
    return JSON.parse(inside("-e", ask));
  };
  const everyone = "0.0.0.0/0";
  let rule: SecurityGroupRule;

  async function openTo(CidrIpv4: string): Promise<void> {
    const { GroupId, SecurityGroupRuleId, IpProtocol, FromPort, ToPort, Description } = rule;
    const SecurityGroupRule = { IpProtocol, FromPort, ToPort, Description, CidrIpv4 };
    await ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId,
        SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
      }),
    );
  }

  beforeAll(async () => {
    const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
    rule = SecurityGroupRules.find(
      ({ CidrIpv4, FromPort, IsEgress, Tags }) =>
        CidrIpv4 === everyone && FromPort === 80 && !IsEgress && Tags?.some(({ Value }) => Value === "dev-network"),
    ) as SecurityGroupRule;
  });

  afterAll(() => openTo(everyone));

  it("lets nobody in from other addresses than the rule has, but this machine", async () => {
    expect(statusInside()).toBe(200);
    await openTo("203.0.113.0/24");
    await until("no answer to a container", 15, async () => (statusInside() === null ? true : undefined));
    expect((await get("/healthz")).status).toBe(200);
    await openTo(`${addressInside()}/32`);
    await until("an answer to a container", 15, async () => (statusInside() === 200 ? true : undefined));
  });
});

it("answers 503 while the service wants no task, and recovers", async () => {
  const scale = (desiredCount: number) =>
    ecs.send(new UpdateServiceCommand({ cluster, service: "frontend", desiredCount }));
  await scale(0);
  try {
    await statusBecomes(503);
  } finally {
    await scale(1);
  }
  await statusBecomes(200);
});

it("applied what a synthesis elsewhere, in an empty environment, writes", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "synthesis-"));
  try {
    const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
    });
    for (const file of files.trim().split("\n")) cpSync(join(root, file), join(elsewhere, file));
    symlinkSync(join(root, "node_modules"), join(elsewhere, "node_modules"));
    const env = { PATH: String(process.env.PATH), HOME: elsewhere };
    execFileSync("node_modules/.bin/cdktf", ["synth"], { cwd: elsewhere, env, stdio: "pipe" });
    expect(stackHashes(elsewhere)).toEqual(stackHashes(root));
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

/** SHA-256 of each stack's `cdk.tf.json`, by stack. */
function stackHashes(folder: string): Record<string, string> {
  const stacks = execFileSync("sh", ["-c", "ls cdktf.out/stacks"], { cwd: folder, encoding: "utf8" })
    .trim()
    .split("\n");
  const hash = (stack: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, "cdktf.out/stacks", stack, "cdk.tf.json")))
      .digest("hex");
  return Object.fromEntries(stacks.map((stack) => [stack, hash(stack)]));
}

it.each(["bootstrap-dev", "dev-network", "dev-images", "dev-compute", "dev-observability"])(
  "has nothing left to change in %s",
  (stack) => expect(leftToChange(stack)).toBe(""),
);

it("names the ECS event when a release was rolled back, and serves the old one meanwhile", async () => {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: ["backend"] }));
  const good = String(services?.[0]?.taskDefinition);
  const crashing = await registerCrashing(good);
  await ecs.send(new UpdateServiceCommand({ cluster, service: "backend", taskDefinition: crashing }));
  const deployed = [{ cluster, service: "backend", taskDefinition: crashing }];
  const statuses = new Set<number>();
  const [explanation] = await until("the circuit breaker rolls back", 180, async () => {
    statuses.add((await get("/api/health")).status);
    const explanations = await explainRollbacks(deployed, process.env);
    return explanations.length > 0 ? explanations : undefined;
  });
  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: crashing }));
  expect(explanation).toMatch(/^Service backend was rolled back: it runs \S+, not \S+\.\n {2}ECS: .*roll/s);
  expect(await explainRollbacks([{ cluster, service: "backend", taskDefinition: good }], process.env)).toEqual([]);
  expect([...statuses]).toEqual([200]);
}, 240_000);

/** The task definition again, with an app that ends at once. */
async function registerCrashing(taskDefinitionArn: string): Promise<string> {
  const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: taskDefinitionArn }));
  const { family, containerDefinitions, volumes, cpu, memory, networkMode, requiresCompatibilities, executionRoleArn } =
    taskDefinition as NonNullable<typeof taskDefinition>;
  const registered = await ecs.send(
    new RegisterTaskDefinitionCommand({
      ...{ family, volumes, cpu, memory, networkMode, executionRoleArn },
      requiresCompatibilities: requiresCompatibilities ?? [],
      containerDefinitions: (containerDefinitions ?? []).map((definition) =>
        definition.name === "app" ? { ...definition, command: ["node", "-e", "process.exit(1)"] } : definition,
      ),
    }),
  );
  return String(registered.taskDefinition?.taskDefinitionArn);
}

// The last one: from here on the backend shows these objects, whatever lies in its folder.
it("shows the portfolio that was put into its bucket, and no longer calls it a sample", async () => {
  const sample = join(root, "apps/backend/data/sample");
  const put = (file: string) =>
    fetch(`${process.env.AWS_ENDPOINT_URL}/portfolio-dashboard-111111111111-us-east-1-objects/backend/${file}`, {
      method: "PUT",
      headers: { authorization: "AWS4-HMAC-SHA256 Credential=111111111111/20260101/us-east-1/s3/aws4_request" },
      body: readFileSync(join(sample, file)),
    });
  const isSample = async () =>
    ((await (await get("/api/assets")).json()) as { source: { sample: boolean } }).source.sample;
  expect(await isSample()).toBe(true);
  for (const file of ["holdings.csv", "closes.csv"]) expect((await put(file)).status).toBe(200);
  await until("a portfolio that is no sample", 60, async () => ((await isSample()) ? undefined : true));
});
