import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { stackNames } from "../../ops/deploy/deployment";
import { clientConfiguration } from "../../ops/shell/client-configuration";
import type { Copy } from "../../ops/shell/copy";
import { note } from "../../ops/shell/progress";
import { descendants, endAll, killAll, unlessEnding } from "../../ops/shell/run";
import { until } from "../../ops/shell/until";
import { bucketName } from "../../stacks/constructs/names";
import { addedServices } from "../environments/added-services/rows";
import type { DeployedEnvironment } from "./deployed-environment";
import type { Drill } from "./drill";
import { orphans } from "./orphans";
import { plannedChanges } from "./plan";

/** A deploy is killed at a random moment within so many seconds after Terraform began: about as long as it takes. */
const most = 45;
/** Synthesis takes a tenth of it. */
const beginsWithinSeconds = 180;

/** A change in every stack but the network's: a release of the backend, and a service that comes and, with the next deploy, goes. */
export const change = [
  { file: "apps/backend/Dockerfile", from: "EXPOSE 8000\n", to: "EXPOSE 8000\nLABEL release=B\n" },
  {
    file: "stacks/services.ts",
    from: "] as const satisfies readonly Service[]",
    to: `${JSON.stringify(addedServices[0])}] as const satisfies readonly Service[]`,
  },
];

interface Killed {
  /** Whether it had not ended when the kill came. */
  readonly alive: boolean;
  /** When it was killed, and what it had said last. */
  readonly what: string;
}

interface Round extends Killed {
  readonly problems: readonly string[];
}

/** So many kills. */
export function killDrill(count: number): Drill {
  return {
    id: "kill",
    title: "A deploy is killed at a random moment: make recover, and one more deploy",
    needs: ["s3-conditional-write", "tagging-lists-all"],
    run: async (deployed) => {
      deployed.copy.add("checks/environments/added-services/apps", "apps");
      const rounds: Round[] = [];
      const kills = () => rounds.filter(({ alive }) => alive).length;
      const bad = () => rounds.filter(({ problems }) => problems.length > 0);
      // A deploy that ends before its kill is no kill; what was not recovered would spoil the next.
      while (kills() < count && rounds.length < 2 * count && bad().length === 0) {
        // There and back again, so that resources are made in one round and removed in the next.
        const edits = rounds.length % 2 === 0 ? change : [];
        const round = await deployed.copy.edited(edits, () => killOnce(deployed));
        rounds.push(round);
        note(`${kills()} of ${count}: ${round.what}: ${round.problems.join("; ") || "recovered"}`);
      }
      // Without what the change added.
      if (bad().length === 0) await deployed.apply();
      return {
        passed: bad().length === 0 && kills() === count,
        evidence: [
          `${kills()} of ${count} kills, ${bad().length} not recovered; else, one deploy later, no plan had a change, no resource was in no state, no state was locked`,
          ...bad().map(({ what, problems }) => `${what}: ${problems.join(", ")}`),
          ...rounds.filter((round) => !bad().includes(round)).map(({ what }) => what),
        ].join("; "),
      };
    },
  };
}

async function killOnce(deployed: DeployedEnvironment): Promise<Round> {
  const killed = await killedDeploy(deployed);
  try {
    return { ...killed, problems: await recovered(deployed) };
  } catch (error) {
    return { ...killed, problems: [whyIn((error as Error).message)] };
  }
}

/** Terraform's own word, where there is one. */
function whyIn(message: string): string {
  return /Error: .*/.exec(stripVTControlCharacters(message))?.[0] ?? message;
}

/** A deploy of which everything got SIGKILL at once. */
async function killedDeploy(deployed: DeployedEnvironment): Promise<Killed> {
  await unlessEnding();
  const { environment, copy } = deployed;
  const env = await deployed.asDeployer(async (deployer) => deployer);
  const after = Math.random() * most;
  const args = ["--import", "tsx", "ops/cli.ts", "deploy", "--environment", environment.name, "--force"];
  const child = spawn(process.execPath, args, { cwd: copy.folder, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  let hasEnded = false;
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve());
  }).finally(() => {
    hasEnded = true;
  });
  // Whoever waits for it hears of a failure.
  ended.catch(() => {});
  try {
    await until("Terraform begins", beginsWithinSeconds, async () => hasEnded || output.includes("Apply "));
    await Promise.race([ended, sleep(after * 1000, undefined, { ref: false })]);
    const alive = !hasEnded;
    return { alive, what: `${alive ? "killed after" : "ended before"} ${Math.round(after)} s (${lastOf(copy)})` };
  } finally {
    if (!hasEnded) await endAll(frozen(child.pid));
    await ended;
  }
}

/** A process and its descendants, none of which can start another one any more. */
function frozen(pid = 0): number[] {
  for (let known: number[] = []; ; ) {
    const all = [pid, ...descendants(pid)];
    killAll(all, "SIGSTOP");
    if (all.length === known.length) return all;
    known = all;
  }
}

/** What Terraform said last. */
function lastOf({ folder }: Copy): string {
  const log = join(folder, "reports/logs/deploy.log");
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  return lines.findLast((line) => /: \S+ing|[Cc]omplete/.test(line)) ?? "nothing said yet";
}

/** What is wrong after `make recover` and one more deploy. */
async function recovered(deployed: DeployedEnvironment): Promise<string[]> {
  const { environment } = deployed;
  const failure = await deployed.recover();
  if (failure !== undefined) return [failure];
  await deployed.apply();
  // What a kill cannot have touched needs no plan.
  const stacks = stackNames(environment).filter((stack) => !stack.startsWith("bootstrap"));
  return [...(await plannedChanges(deployed, stacks)), ...(await locks(deployed)), ...(await orphans(deployed))];
}

async function locks({ environment, env }: DeployedEnvironment): Promise<string[]> {
  const s3 = new S3Client({ ...clientConfiguration(env), forcePathStyle: true });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucketName(environment, "state") }));
  return Contents.flatMap(({ Key = "" }) => (Key.endsWith(".tflock") ? [`locked: ${Key}`] : []));
}
