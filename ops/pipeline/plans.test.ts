import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MadeChange, planText, updated } from "../../packages/plan-review/made-plan.fixture";
import { Terraform } from "../deploy/terraform";
import { Copy } from "../shell/copy";
import { attempt, SetupError } from "../shell/run";
import { putTerraform } from "./fake-executable.fixture";
import { applyStack, planStacks, showReview } from "./plans";
import { reviewOf } from "./reviews";

const stack = "staging-network";
const change = updated("aws_lb.public", { idle_timeout: 60 }, { idle_timeout: 65 });

describe("a plan that is applied", () => {
  const folder = mkdtempSync(join(tmpdir(), "plans-"));
  const stackFolder = join(folder, "cdktf.out/stacks", stack);
  const calls = () => readFileSync(join(stackFolder, "calls"), "utf8").trim().split("\n");
  const plans = () => new Terraform(folder, { ...process.env, PATH: `${folder}:${process.env.PATH}` });
  const planned = (...changes: MadeChange[]) => writeFileSync(join(stackFolder, "planned.json"), planText({ changes }));
  const seen = (...changes: MadeChange[]) => reviewOf(new Map([[stack, planText({ changes })]]), folder);

  beforeAll(() => {
    mkdirSync(stackFolder, { recursive: true });
    writeFileSync(join(stackFolder, "cdk.tf.json"), "{}");
    putTerraform(folder);
  });
  beforeEach(() => rmSync(join(stackFolder, "calls"), { force: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is the very plan that was shown", async () => {
    planned(change);
    await applyStack(stack, seen(change), plans());
    expect(calls()).toEqual([
      "init -input=false -no-color -upgrade",
      "plan -input=false -no-color -out=plan -lock-timeout=10m",
      "show -json plan",
      "apply -input=false -no-color -lock-timeout=10m plan",
    ]);
  });

  it("is applied as it is where nobody is asked", async () => {
    planned(change);
    expect(await applyStack(stack, null, plans())).toEqual([]);
    expect(calls().at(-1)).toContain("apply");
  });

  it("uses the official builds of the providers on a runner, once their checksums are there", async () => {
    const locks = join(folder, "stacks/terraform.lock.hcl");
    mkdirSync(join(folder, "stacks"), { recursive: true });
    writeFileSync(locks, "checksums");
    rmSync(join(stackFolder, ".terraform"), { recursive: true, force: true });
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    await new Terraform(folder, { ...env, GITHUB_ACTIONS: "true" }).initialize(stack);
    expect(calls()).toEqual(["init -input=false -no-color"]);
    expect(readFileSync(join(stackFolder, ".terraform.lock.hcl"), "utf8")).toBe("checksums");
    for (const file of [locks, join(stackFolder, ".terraform"), join(stackFolder, ".terraform.lock.hcl")])
      rmSync(file, { recursive: true });
  });

  it("is not applied when it has a change that nobody saw, which is named", async () => {
    planned(change, updated("aws_lb.internal", { internal: true }, { internal: false }));
    expect(await applyStack(stack, seen(change), plans())).toEqual([
      "not reviewed: update aws_lb.internal in staging-network (internal: true → false)",
    ]);
    expect(calls().at(-1)).toBe("show -json plan");
  });

  it("is not applied when Terraform cannot make it", async () => {
    planned(change);
    writeFileSync(join(stackFolder, "fails-plan"), "");
    await expect(applyStack(stack, seen(change), plans())).rejects.toThrow(
      "terraform plan of staging-network failed (exit 1)",
    );
    rmSync(join(stackFolder, "fails-plan"));
    expect(calls().at(-1)).toContain("plan -input=false");
  });
});

describe("the command that applies", () => {
  const kinds = ["network", "images", "compute", "observability"];
  let copy: Copy;
  const reviews = () => join(copy.folder, "reports/reviews/prod");
  const stackFolder = (kind: string) => join(copy.folder, "cdktf.out/stacks", `prod-${kind}`);
  const called = (kind: string) => {
    const file = join(stackFolder(kind), "calls");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  };
  const planned = (changes: Record<string, MadeChange[]>) => {
    for (const kind of kinds) {
      rmSync(join(stackFolder(kind), "calls"), { force: true });
      writeFileSync(join(stackFolder(kind), "planned.json"), planText({ changes: changes[kind] ?? [] }));
    }
  };
  const apply = (...more: string[]) => {
    const { AWS_ENDPOINT_URL, ...env } = process.env;
    const bin = join(copy.folder, "bin");
    const args = ["ops/cli.ts", "pipeline", "apply", "--environment", "prod", "--approval", "prod-approval", ...more];
    const own = {
      PATH: `${bin}:${env.PATH}`,
      DOCKER_CONFIG: bin,
      GITHUB_OUTPUT: join(copy.folder, "outputs"),
      GITHUB_STEP_SUMMARY: "",
    };
    return attempt("node_modules/.bin/tsx", args, { cwd: copy.folder, env: { ...env, ...own } });
  };

  beforeAll(async () => {
    copy = await Copy.make();
    for (const path of [join(copy.folder, "bin"), reviews(), ...kinds.map(stackFolder)])
      mkdirSync(path, { recursive: true });
    putTerraform(join(copy.folder, "bin"));
  }, 60_000);
  afterAll(() => copy.remove());

  it("goes on while plans are as reviewed, stops before the first that is not, and hands on what people have to see", async () => {
    const other = updated("aws_ecr_repository.backend", { force_delete: false }, { force_delete: true });
    const seen = reviewOf(new Map([["prod-network", planText({ changes: [change] })]]), copy.folder);
    writeFileSync(join(reviews(), "prod-network.json"), JSON.stringify(seen));
    planned({ network: [change], images: [other] });
    const { code, output } = await apply();
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain(
      "not reviewed: update aws_ecr_repository.backend in prod-images (force_delete: false → true)",
    );
    expect(called("network")).toContain("apply");
    expect(called("images")).not.toContain("apply");
    expect(readFileSync(join(copy.folder, "outputs"), "utf8")).toBe("rest=seen-prod-rest\n");
    const rest = JSON.parse(readFileSync(join(reviews(), "prod-images.json"), "utf8"));
    expect(rest.changes.map(({ address }: { address: string }) => address)).toEqual([other.address]);
  }, 120_000);

  it("ends with 3 when nothing may be left to ask about", async () => {
    planned({ network: [change, updated("aws_lb.internal", { internal: true }, { internal: false })] });
    expect(await apply("--is-last", "true")).toMatchObject({ code: 3 });
    expect(called("network")).not.toContain("apply");
  }, 120_000);
});

test("people see more of a plan than fits into a comment, as much as GitHub shows", () => {
  const folder = mkdtempSync(join(tmpdir(), "summary-"));
  const file = join(folder, "summary");
  const shown = (changes: number) => {
    rmSync(file, { force: true });
    const made = Array.from({ length: changes }, (_, index) =>
      updated(`aws_sns_topic.t${index}`, {}, { name: `${index}${"→".repeat(200)}` }),
    );
    const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    showReview(reviewOf(new Map([[stack, planText({ changes: made })]]), folder), file);
    write.mockRestore();
    return readFileSync(file);
  };
  expect(shown(400).length).toBeGreaterThan(100_000);
  expect(shown(400).toString()).not.toContain("Cut to fit");
  expect(shown(4000).length).toBeLessThanOrEqual(2 ** 20);
  expect(shown(4000).toString()).toContain("Cut to fit");
  rmSync(folder, { recursive: true });
});

describe("plans of several stacks", () => {
  const network = planText({ changes: [change] });
  const nothing = planText({ changes: [] });
  const plansOf = (texts: Record<string, string>) => ({
    plan: async (name: string) => {
      const text = texts[name];
      if (text === undefined) throw new SetupError(`${name} needs an output that does not exist`);
      return text;
    },
  });

  it("are as many as can be made before the first is applied", async () => {
    const planned = await planStacks(["a", "b", "c"], plansOf({ a: network, c: nothing }));
    expect([...planned.keys()]).toEqual(["a"]);
  });

  it("fail when nothing that would be applied can help", async () => {
    await expect(planStacks(["a", "b"], plansOf({ a: nothing }))).rejects.toThrow("b needs an output");
  });
});
