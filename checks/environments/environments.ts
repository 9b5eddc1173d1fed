import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bootstrap } from "../../ops/deploy/bootstrap";
import { apply, destroyBootstrap, destroyEnvironment, stackNames } from "../../ops/deploy/deployment";
import { emulatorEnvironment, taskContainers } from "../../ops/emulator/emulator";
import { prepare } from "../../ops/emulator/up";
import { withCopy, withEmulator } from "../../ops/emulator/with-emulator";
import { type Check, report } from "../../ops/report/report";
import type { Copy } from "../../ops/shell/copy";
import { root } from "../../ops/shell/paths";
import { step } from "../../ops/shell/progress";
import { ask, DecisionNeeded, run, SetupError } from "../../ops/shell/run";
import { type Environment, environments } from "../../stacks/environments";
import { maximalEnvironment } from "../../stacks/maximal-environment";
import { addedServices } from "./added-services/rows";
import { EmulatedAccount } from "./emulated-account";

/** `terraform show -json` of each stack's second plan, for reviews and scanners. */
const plans = join(root, "reports/plans");

/** Late in the way of a seed. */
function eventually(seed: number): NodeJS.ProcessEnv {
  return { EVENTUAL_CONSISTENCY_SEED: String(seed) };
}

/**
 * Each environment, and one with everything on and two further services, with IAM enforced: bootstrapped as the account's owner, applied
 * as the deploy role of GitHub Actions, planned again as its plan role, destroyed as the deploy role. With seeds, once with each, on an
 * AWS that is eventually consistent.
 */
export async function proveEnvironments(names: readonly string[], seeds: readonly number[]): Promise<boolean> {
  const rows = names.map(rowNamed);
  const startedAt = new Date();
  const checks: Check[] = [];
  await prepare();
  mkdirSync(plans, { recursive: true });
  for (const row of rows) {
    for (const seed of seeds.length > 0 ? seeds : [null]) checks.push(...(await proveEnvironment(row, seed)));
  }
  return report("environments", startedAt, checks);
}

function rowNamed(name: string): Environment {
  const rows: readonly Environment[] = [...environments, maximalEnvironment];
  const row = rows.find((candidate) => candidate.name === name);
  if (row) return row;
  throw new SetupError(`Unknown environment "${name}"; there are ${rows.map((each) => each.name).join(", ")}.`);
}

async function proveEnvironment(row: Environment, seed: number | null): Promise<Check[]> {
  const checks = new Checks(seed === null ? row.name : `${row.name}-seed-${seed}`);
  const work = async (copy: Copy) => {
    if (row === maximalEnvironment) addEverything(copy);
    const consistent = { EVENTUAL_CONSISTENCY_SEED: "" };
    const owner = { ...(await emulatorEnvironment(row)), ...(seed === null ? consistent : eventually(seed)) };
    const life = () => proveLife(row, copy, owner, checks);
    await withEmulator({ ...owner, EMULATOR_AUTH: "true" }, life, { folder: copy.folder });
  };
  await withCopy(work).catch((error: Error) => {
    // Nothing was proved, and a person must decide first.
    if (error instanceof DecisionNeeded) throw error;
    checks.add("ran", "the proof ran to its end", false, error.message);
  });
  return checks.all;
}

async function proveLife(row: Environment, copy: Copy, owner: NodeJS.ProcessEnv, checks: Checks): Promise<void> {
  const account = new EmulatedAccount(row, owner);

  await bootstrap(row, owner, copy.folder);
  const [deployer, planner] = await Promise.all([account.asGithubSoon("deploy"), account.asGithubSoon("plan")]);
  const foreign = await account.asGithub("deploy", { ...row, name: "another" });
  checks.add("subject", "a token of another environment is refused", foreign === null);
  await checks.timed("apply", "applied as the deploy role", () => apply(row, deployer, copy.folder));
  for (const stack of stackNames(row))
    await planAgain(stack, copy, stack.startsWith("bootstrap") ? owner : planner, checks);
  if (row === maximalEnvironment) {
    const line = await account.logLine("digest", "orders answered 200", 60);
    checks.add(
      "third-service",
      "the added worker reaches the added API by its private name",
      line !== null,
      line ?? "no such line",
    );
  }
  await destroyAll(row, copy, owner, deployer, checks);
  const leftOvers = [...(await account.leftOvers()), ...(await taskContainers())];
  checks.add("nothing-left", "destroy leaves nothing", leftOvers.length === 0, leftOvers.join(", ") || "nothing");
}

/** As a team would add them: two folders with their rows, an environment's row, secrets of the backend, names in the private zone. */
export function addEverything(copy: Copy): void {
  const end = "] as const satisfies readonly";
  const added = "checks/environments/added-services";
  const asRow = (row: object) => `${JSON.stringify(row, null, 2)},\n`;
  copy.edit("stacks/environments.ts", `${end} Environment[]`, `${asRow(maximalEnvironment)}${end} Environment[]`);
  copy.edit("stacks/services.ts", `${end} Service[]`, `${addedServices.map(asRow).join("")}${end} Service[]`);
  copy.edit(
    "stacks/services.ts",
    /secrets: \{\},(?=\s+objects: \[\s+"portfolio\.json")/,
    'secrets: { API_KEY: { secretsManager: "backend/api-key" }, TOKEN: { parameter: "/backend/token" } },',
  );
  copy.add(`${added}/apps`, "apps");
  const names = ["backend", "orders"].map((service) => `${service}.${maximalEnvironment.name}.internal`);
  copy.edit("docker-compose.localstack.yml", "backend.prod.internal]", `backend.prod.internal, ${names.join(", ")}]`);
  copy.edit("docker-compose.localstack.yml", "222222222222,333333333333}", `${maximalEnvironment.accountId}}`);
}

/** What `cdktf diff` runs; its exit code says whether anything would change. */
async function planAgain(stack: string, copy: Copy, env: NodeJS.ProcessEnv, checks: Checks): Promise<void> {
  const cwd = join(copy.folder, "cdktf.out/stacks", stack);
  const lock = stack.startsWith("bootstrap") ? [] : ["-lock=false"];
  const args = ["plan", "-input=false", "-no-color", ...lock, "-detailed-exitcode", "-out", "again.tfplan"];
  const failure = await step(`terraform plan ${stack}`, () =>
    run("environments", "terraform", args, { env, cwd }).then(
      () => null,
      (error: Error) => error,
    ),
  );
  checks.add(`again-${stack}`, `${stack}: a second plan is empty`, failure === null, failure?.message ?? "no changes");
  const json = await ask("terraform", ["show", "-json", "again.tfplan"], { env, cwd });
  if (json !== null) writeFileSync(join(plans, `${stack}.plan.json`), json);
}

/** A protected environment is unprotected first: by its row, as its owner would. */
async function destroyAll(
  row: Environment,
  copy: Copy,
  owner: NodeJS.ProcessEnv,
  deployer: NodeJS.ProcessEnv,
  checks: Checks,
): Promise<void> {
  const { folder } = copy;
  if (row.deletionProtection) {
    copy.edit("stacks/environments.ts", "deletionProtection: true", "deletionProtection: false");
    await bootstrap(row, owner, folder);
    await checks.timed("unprotect", "applied without protection", () => apply(row, deployer, folder));
  }
  await checks.timed("destroy", "destroyed as the deploy role", () => destroyEnvironment(row, deployer, folder));
  await destroyBootstrap(row, owner, folder);
}

/** What was found in one environment, with one seed. */
class Checks {
  readonly all: Check[] = [];

  constructor(private readonly environment: string) {}

  add(id: string, title: string, passed: boolean, evidence = passed ? "yes" : "no"): void {
    const value = passed ? "yes" : "no";
    this.all.push({
      id: `${this.environment}-${id}`,
      title: `${this.environment}: ${title}`,
      passed,
      value,
      unit: "",
      target: "yes",
      evidence,
    });
  }

  async timed(id: string, title: string, work: () => Promise<void>): Promise<void> {
    const begin = performance.now();
    await work();
    this.add(id, title, true, `${Math.round((performance.now() - begin) / 1000)} s`);
  }
}
