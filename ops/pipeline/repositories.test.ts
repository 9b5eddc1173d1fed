import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  created,
  deleted,
  type MadeChange,
  planText,
  replaced,
  unchanged,
  updated,
} from "../../packages/plan-review/made-plan.fixture";
import { Terraform } from "../deploy/terraform";
import { findEnvironment } from "../emulator/emulator";
import { putTerraform } from "./fake-executable.fixture";
import { createRepositories } from "./repositories";

describe("the repositories of a new service", () => {
  const stack = "staging-images";
  const folder = mkdtempSync(join(tmpdir(), "repositories-"));
  const stackFolder = join(folder, "cdktf.out/stacks", stack);
  const calls = () => readFileSync(join(stackFolder, "calls"), "utf8").trim().split("\n");
  const create = (...changes: MadeChange[]) => {
    writeFileSync(join(stackFolder, "planned.json"), planText({ changes }));
    return createRepositories(
      findEnvironment("staging"),
      new Terraform(folder, { ...process.env, PATH: `${folder}:${process.env.PATH}` }),
    );
  };
  const added = created("aws_ecr_repository.orders", { name: "staging/orders" });
  const kept = unchanged("aws_ecr_repository.backend", { name: "staging/backend" });

  beforeAll(() => {
    mkdirSync(stackFolder, { recursive: true });
    writeFileSync(join(stackFolder, "cdk.tf.json"), "{}");
    putTerraform(folder);
  });
  beforeEach(() => rmSync(join(stackFolder, "calls"), { force: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are made as planned, after whoever holds the lock", async () => {
    await create(added, kept);
    expect(calls().slice(1)).toEqual([
      "plan -input=false -no-color -out=plan -lock-timeout=5m",
      "show -json plan",
      "apply -input=false -no-color -lock-timeout=5m plan",
    ]);
  });

  it("are not made when the plan does anything else, which the error names", async () => {
    const others = [
      updated("aws_ecr_lifecycle_policy.backend", { policy: "20" }, { policy: "1" }),
      replaced("aws_ecr_repository.frontend", { name: "a" }, { name: "b" }),
      deleted("aws_ecr_repository.gateway"),
    ];
    await expect(create(added, ...others)).rejects.toThrow(
      "staging-images was not applied: it would also update aws_ecr_lifecycle_policy.backend, delete and create aws_ecr_repository.frontend, delete aws_ecr_repository.gateway. Look at that, and apply it: ops/run pipeline plan --environment staging, then ops/run pipeline apply --environment staging.",
    );
    expect(calls().at(-1)).toBe("show -json plan");
  });
});
