import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
      "plan -input=false -no-color -out=plan",
      "show -json plan",
      "apply -input=false -no-color plan",
    ]);
  });

  it("is not applied when it has a change that nobody saw; the error names it", async () => {
    planned(change, updated("aws_lb.internal", { internal: true }, { internal: false }));
    await expect(applyStack(stack, seen(change), plans())).rejects.toThrow(
      "staging-network is not the one that was reviewed. It was not applied.\n  not reviewed: update aws_lb.internal in staging-network (internal: true → false)",
    );
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

test("the command ends with 3 when a plan is not the reviewed one, and with 0 when it is", async () => {
  const copy = await Copy.make();
  const [bin, stackFolder] = [join(copy.folder, "bin"), join(copy.folder, "cdktf.out/stacks", stack)];
  const reviews = join(copy.folder, "reports/reviews/staging");
  for (const path of [bin, stackFolder, reviews]) mkdirSync(path, { recursive: true });
  putTerraform(bin);
  const seen = reviewOf(new Map([[stack, planText({ changes: [change] })]]), copy.folder);
  writeFileSync(join(reviews, `${stack}.json`), JSON.stringify(seen));
  const { AWS_ENDPOINT_URL, ...env } = process.env;
  const apply = (...changes: MadeChange[]) => {
    writeFileSync(join(stackFolder, "planned.json"), planText({ changes }));
    const args = ["ops/cli.ts", "pipeline", "apply", "--environment", "staging", "network"];
    const options = { cwd: copy.folder, env: { ...env, PATH: `${bin}:${env.PATH}`, DOCKER_CONFIG: bin } };
    return attempt("node_modules/.bin/tsx", args, options);
  };

  const other = updated("aws_lb.public", { idle_timeout: 60 }, { idle_timeout: 600 });
  const refused = await apply(other);
  expect(refused.output).toContain("not reviewed: update aws_lb.public in staging-network (idle_timeout: 60 → 600)");
  expect(refused.output).toContain(
    "reviewed, but no longer planned: update aws_lb.public in staging-network (idle_timeout: 60 → 65)",
  );
  expect(refused.code).toBe(3);
  expect(readFileSync(join(stackFolder, "calls"), "utf8")).not.toContain("apply");

  expect(await apply(change)).toMatchObject({ code: 0 });
  expect(readFileSync(join(stackFolder, "calls"), "utf8")).toContain("apply -input=false");
  copy.remove();
}, 120_000);

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
