import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { bucketName } from "../../../stacks/constructs/account";
import { apply } from "../../../tools/setup/deployment";
import { note } from "../../../tools/setup/progress";
import { clientConfiguration } from "../../../tools/setup/rollback";
import { attempt, descendants, endAll } from "../../../tools/setup/run";
import { addedServices } from "../added-services/rows";
import type { Drill } from "./drill";
import { orphans } from "./orphans";
import { plannedChanges } from "./plan";
import type { Stage } from "./stage";

/** A deploy is killed at a random moment between these. */
const seconds = { least: 10, most: 50 };

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
  /** Whether it was, when the kill came. */
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
    title: `A deploy is killed at a random moment, ${count} times: make recover, and one more deploy`,
    needs: ["s3-conditional-write", "tagging-lists-all"],
    run: async (stage) => {
      stage.copy.add("localstack/integration/added-services/apps", "apps");
      const rounds: Round[] = [];
      const kills = () => rounds.filter(({ alive }) => alive).length;
      // A deploy that ends before its kill is no kill.
      while (kills() < count && rounds.length < 2 * count) {
        // There and back again, so that resources are made in one round and removed in the next.
        const edits = rounds.length % 2 === 0 ? change : [];
        const round = await stage.copy.edited(edits, () => killOnce(stage));
        rounds.push(round);
        note(`${kills()} of ${count}: ${round.what}: ${round.problems.join("; ") || "recovered"}`);
      }
      if (rounds.length % 2 === 1) await apply(stage.environment, stage.env, stage.copy.folder);
      const bad = rounds.filter(({ problems }) => problems.length > 0);
      return {
        passed: bad.length === 0 && kills() === count,
        evidence: [
          `${kills()} kills, ${bad.length} not recovered; else, one deploy later, no plan had a change, no resource was in no state, no state was locked`,
          ...bad.map(({ what, problems }) => `${what}: ${problems.join(", ")}`),
          ...rounds.filter((round) => !bad.includes(round)).map(({ what }) => what),
        ].join("; "),
      };
    },
  };
}

async function killOnce(stage: Stage): Promise<Round> {
  const killed = await killedDeploy(stage);
  try {
    return { ...killed, problems: await recovered(stage) };
  } catch (error) {
    return { ...killed, problems: [(error as Error).message] };
  }
}

/** A deploy of which everything got SIGKILL at once. */
async function killedDeploy({ environment, env, copy }: Stage): Promise<Killed> {
  const after = seconds.least + Math.random() * (seconds.most - seconds.least);
  const args = ["deploy", `${environment.name}-*`, "--auto-approve"];
  const child = spawn("node_modules/.bin/cdktf", args, { cwd: copy.folder, env, detached: true });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const alive = await Promise.race([ended.then(() => false), sleep(after * 1000).then(() => true)]);
  const pid = child.pid ?? 0;
  await endAll([pid, ...descendants(pid)]);
  await ended;
  return { alive, what: `${alive ? "killed after" : "ended before"} ${Math.round(after)} s (${lastOf(output)})` };
}

/** What Terraform said last, without cdktf's counts of stacks. */
function lastOf(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .map((line) => line.trim());
  return lines.findLast((line) => /: \S+ing|[Cc]omplete/.test(line))?.replace(/^\S+-\S+\s+/, "") ?? "nothing said yet";
}

/** What is wrong after `make recover` and one more deploy. */
async function recovered(stage: Stage): Promise<string[]> {
  const { environment, env, copy } = stage;
  const args = ["tools/recover/cli.ts", "--environment", environment.name, "--yes"];
  const { code, output } = await attempt("node_modules/.bin/tsx", args, { cwd: copy.folder, env });
  if (code !== 0) return [`recover failed: ${output.trim().split("\n").slice(-5).join(" ")}`];
  await apply(environment, env, copy.folder);
  return [...(await plannedChanges(stage)), ...(await locks(stage)), ...(await orphans(stage))];
}

async function locks({ environment, env }: Stage): Promise<string[]> {
  const s3 = new S3Client({ ...clientConfiguration(env), forcePathStyle: true });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucketName(environment, "state") }));
  return Contents.flatMap(({ Key = "" }) => (Key.endsWith(".tflock") ? [`locked: ${Key}`] : []));
}
