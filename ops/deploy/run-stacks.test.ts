import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { root } from "../shell/paths";
import { applyStacks, destroyStacks } from "./run-stacks";
import { errorEvent, events, SynthesizedFolder } from "./synthesized.fixture";

jest.mock("../shell/log", () => ({ appendToLog: () => {} }));

const dependencies = new Map([
  ["bootstrap-dev", []],
  ["dev-network", []],
  ["dev-images", []],
  ["dev-compute", ["dev-network", "dev-images"]],
  ["dev-observability", ["dev-compute", "dev-network"]],
]);
const names = [...dependencies.keys()].filter((name) => name !== "bootstrap-dev");
let synthesized: SynthesizedFolder;
const stacks = (some = names) => ({ names: some, dependencies, env: synthesized.env, folder: synthesized.folder });
const place = (call: string) => synthesized.calls().indexOf(call);

beforeEach(() => {
  synthesized = new SynthesizedFolder(dependencies);
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterEach(() => synthesized.delete());

it("applies stacks side by side, and each after those that it depends on", async () => {
  synthesized.write("dev-network", "held");
  const applied = applyStacks(stacks());
  await synthesized.called("begin apply dev-network");
  await synthesized.called("end apply dev-images");
  expect(synthesized.calls()).not.toContain("begin apply dev-compute");
  synthesized.remove("dev-network", "held");
  await applied;
  expect(place("begin apply dev-compute")).toBeGreaterThan(place("end apply dev-network"));
  expect(place("begin apply dev-observability")).toBeGreaterThan(place("end apply dev-compute"));
});

it("destroys stacks in the reverse order", async () => {
  synthesized.write("dev-network", "held");
  const destroyed = destroyStacks(stacks());
  await synthesized.called("end destroy dev-images");
  await synthesized.called("begin destroy dev-network");
  synthesized.remove("dev-network", "held");
  await destroyed;
  expect(place("begin destroy dev-compute")).toBeGreaterThan(place("end destroy dev-observability"));
  expect(place("begin destroy dev-images")).toBeGreaterThan(place("end destroy dev-compute"));
  expect(place("begin destroy dev-network")).toBeGreaterThan(place("end destroy dev-compute"));
});

describe("the bootstrap stack", () => {
  const planned = (addr: string) => ({ type: "planned_change", change: { resource: { addr }, action: "create" } });
  const complete = (addr: string) => ({ type: "apply_complete", hook: { resource: { addr } } });
  const summary = { type: "change_summary", changes: { add: 2, change: 0, remove: 0, operation: "plan" } };
  const begun = [planned("aws_s3_bucket.state"), planned("aws_s3_bucket_lifecycle_configuration.state"), summary];

  /** Applies it with the network's stack; it prints something, and goes on. */
  async function afterPrinting(...printed: object[]) {
    synthesized.write("bootstrap-dev", "before.json", events(...printed));
    synthesized.write("bootstrap-dev", "held");
    const applied = applyStacks(stacks(["dev-network", "bootstrap-dev"]));
    await synthesized.called("begin apply bootstrap-dev");
    return applied;
  }

  it("lets the others begin when only the lifecycle of its bucket is waited for", async () => {
    const applied = afterPrinting(...begun, complete("aws_s3_bucket.state"));
    await synthesized.called("end apply dev-network");
    expect(synthesized.calls()).not.toContain("end apply bootstrap-dev");
    synthesized.remove("bootstrap-dev", "held");
    await applied;
  });

  it("comes before the others while anything else is left to create", async () => {
    const applied = afterPrinting(...begun, complete("aws_s3_bucket_lifecycle_configuration.state"));
    await synthesized.called("begin apply bootstrap-dev");
    synthesized.remove("bootstrap-dev", "held");
    await applied;
    expect(place("begin apply dev-network")).toBeGreaterThan(place("end apply bootstrap-dev"));
  });
});

describe("in a new environment", () => {
  const expression = (text: string) => `\${${text}}`;
  const bucket = "aws_s3_bucket.state";
  const planned = { type: "planned_change", change: { resource: { addr: bucket }, action: "create" } };
  const complete = { type: "apply_complete", hook: { resource: { addr: bucket } } };
  const some = ["bootstrap-dev", "dev-network", "dev-compute"];
  const resource = {
    aws_iam_role: { tasks: { name: "tasks" } },
    aws_ecs_service: {
      api: {
        role: expression("aws_iam_role.tasks.arn"),
        vpc: expression("data.terraform_remote_state.network.outputs.vpc"),
      },
    },
    aws_cloudwatch_metric_alarm: { down: { service: expression("aws_ecs_service.api.name") } },
  };
  const applies = () => synthesized.lines("dev-compute").filter((line) => line.startsWith("apply"));

  beforeEach(() => synthesized.write("dev-compute", "cdk.tf.json", JSON.stringify({ terraform: {}, resource })));

  it("what a stack needs of no other one is applied while the others are", async () => {
    synthesized.write("bootstrap-dev", "applied.json", events(planned, complete));
    const summary = { type: "change_summary", changes: { add: 1, change: 0, remove: 0, operation: "plan" } };
    synthesized.write("dev-network", "before.json", events(summary));
    synthesized.write("dev-network", "held");
    const applied = applyStacks(stacks(some));
    await synthesized.called("end apply dev-compute");
    expect(applies()).toEqual(["apply -auto-approve -input=false -json -target=aws_iam_role.tasks"]);
    expect(synthesized.calls()).not.toContain("end apply dev-network");
    synthesized.remove("dev-network", "held");
    await applied;
    expect(applies().slice(1)).toEqual(["apply -auto-approve -input=false -json"]);
  });

  it("and all of it after that", async () => {
    synthesized.write("bootstrap-dev", "applied.json", events(planned, complete));
    synthesized.write("dev-compute", "held");
    const applied = applyStacks(stacks(some));
    await synthesized.called("begin apply dev-compute");
    await synthesized.called("end apply dev-network");
    expect(applies()).toHaveLength(1);
    synthesized.remove("dev-compute", "held");
    await applied;
    expect(applies()).toHaveLength(2);
  });

  it("and in no other", async () => {
    await applyStacks(stacks(some));
    expect(applies()).toEqual(["apply -auto-approve -input=false -json"]);
  });
});

it("lets what runs end after a failure, begins no more, and has every error whole, once, with the construct", async () => {
  const refused = errorEvent("creating ELBv2 Load Balancer: no", "AccessDenied:\nelasticloadbalancing", "aws_lb.lb");
  synthesized.write("dev-network", "applied.json", events(refused, refused));
  synthesized.write("dev-network", "fails");
  synthesized.write("dev-images", "applied.json", events(errorEvent("the build failed", "src/app.ts(1,1): error TS1")));
  synthesized.write("dev-images", "fails");
  synthesized.write("dev-images", "held");
  const applied = applyStacks(stacks()).catch(({ message }: Error) => message);
  await synthesized.called("end apply dev-network");
  synthesized.remove("dev-images", "held");
  expect(await applied).toBe(
    `terraform apply of dev-network failed (exit 1):
Error: creating ELBv2 Load Balancer: no
  AccessDenied:
  elasticloadbalancing
  at aws_lb.lb (construct public/lb)

terraform apply of dev-images failed (exit 1):
Error: the build failed
  src/app.ts(1,1): error TS1`,
  );
  expect(synthesized.calls()).not.toContain("begin apply dev-compute");
});

it("adds to an error what else explains it", async () => {
  synthesized.write("dev-images", "applied.json", events(errorEvent("the build failed")));
  synthesized.write("dev-images", "fails");
  const explain = async (stack: string) => `what the build of ${stack} printed`;
  await expect(applyStacks({ ...stacks(["dev-images"]), explain })).rejects.toThrow(
    /^terraform apply of dev-images failed \(exit 1\):\nError: the build failed\nwhat the build of dev-images printed$/,
  );
});

it("gives the outputs", async () => {
  const outputs = { services: { value: ["backend"], sensitive: false } };
  synthesized.write("dev-images", "applied.json", events({ type: "outputs", outputs }));
  expect(await applyStacks(stacks(["dev-images"]))).toEqual({ "dev-images": outputs });
});

it("leaves out what has not changed, and records an apply only when it is complete", async () => {
  const done: string[] = [];
  synthesized.write("dev-compute", "fails");
  const outputs = { a: { value: 1 } };
  const lastApply = {
    reasonToApply: async (stack: string) => (stack === "dev-network" ? undefined : "its configuration changed"),
    forget: async (stack: string) => void done.push(`forget ${stack}`),
    record: async (stack: string) => void done.push(`record ${stack}`),
    outputs: async () => outputs,
  };
  await applyStacks({ ...stacks(), lastApply }).catch(() => {});
  expect(synthesized.calls().filter((call) => call.startsWith("begin"))).toEqual([
    "begin apply dev-images",
    "begin apply dev-compute",
  ]);
  expect(done).toEqual(["forget dev-images", "record dev-images", "forget dev-compute"]);
  expect(await applyStacks({ ...stacks(["dev-network"]), lastApply })).toEqual({ "dev-network": outputs });
});

it("initializes a stack once, and again when its backend, its lock file or its providers are other ones", async () => {
  const inits = () => synthesized.lines("dev-images").filter((line) => line.startsWith("init")).length;
  const apply = () => applyStacks(stacks(["dev-images"]));
  await apply();
  await apply();
  expect(inits()).toBe(1);
  synthesized.write("dev-images", "cdk.tf.json", JSON.stringify({ terraform: { backend: { s3: { bucket: "c" } } } }));
  await apply();
  expect(inits()).toBe(2);
  synthesized.write("dev-images", ".terraform.lock.hcl", "by hand");
  await apply();
  expect(inits()).toBe(3);
  symlinkSync("removed", synthesized.path("dev-images", ".terraform/providers/aws"));
  await apply();
  expect(inits()).toBe(4);
});

describe("a signal", () => {
  const program = (folder: string) => `
    const { applyStacks } = require("${join(root, "ops/deploy/run-stacks.ts")}");
    const names = ["dev-network", "dev-images"];
    applyStacks({ names, dependencies: new Map(), env: process.env, folder: "${folder}" });
  `;

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)(
    "%s reaches each Terraform once, as SIGINT; the program ends when they have released their locks",
    async (signal, status) => {
      const running = ["dev-network", "dev-images"];
      for (const stack of running) synthesized.write(stack, "held");
      const args = ["--import", "tsx", "--eval", program(synthesized.folder)];
      const child = spawn(process.execPath, args, { cwd: root, env: synthesized.env, detached: true, stdio: "ignore" });
      for (const stack of running) await synthesized.called(`begin apply ${stack}`);
      const ended = once(child, "close");
      // As a terminal does.
      process.kill(-(child.pid ?? 0), signal);
      expect((await ended)[0]).toBe(status);
      for (const stack of running) {
        expect(synthesized.calls().filter((call) => call === `interrupted ${stack}`)).toHaveLength(1);
        expect(existsSync(synthesized.path(stack, "lock"))).toBe(false);
      }
    },
    60_000,
  );
});
