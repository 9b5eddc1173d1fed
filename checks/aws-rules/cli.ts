import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Command } from "commander";
import { emulatorEnvironment, findEnvironment } from "../../ops/emulator/emulator";
import { withEmulator } from "../../ops/emulator/with-emulator";
import { step } from "../../ops/shell/progress";
import { SetupError } from "../../ops/shell/run";
import { clipped } from "../../packages/text/truncate";
import { runProof } from "../run-proof";
import { Caller, type Endpoints } from "./call";
import { asTable, namedCalls, rowsOf } from "./faults/table";
import { resultFile, rulesPage } from "./files";
import { type Judged, judge, type Outcome } from "./judge";
import { page, rulesOf } from "./page";
import { wrongs } from "./wrongs";
import type { Wrong } from "./wrongs/wrong";

/** The share of the wrong calls that must be answered as AWS answers them. */
const wanted = 0.9;
/** So many rows are run at once, each in an account of its own. */
const atOnce = 8;
const outcomes: readonly Outcome[] = ["caught", "other words", "other code", "accepted", "not run"];

interface Options {
  readonly endpoint?: string;
  readonly autoscaling?: string;
  readonly only?: string;
  readonly page: boolean;
  readonly faults: boolean;
}

runProof(
  new Command("aws-rules")
    .description("Makes wrong calls to the emulated AWS, and compares its answers with those of AWS.")
    .option("--endpoint <url>", "an emulated AWS that runs already, with IAM enforced")
    .option("--autoscaling <url>", "where its Application Auto Scaling answers, if elsewhere")
    .option("--only <text>", "rows whose name or service has this text; not with --faults")
    .option("--faults", "put mistakes that the stacks once had back instead, and list what catches each", false)
    .option("--page", "write localstack/RULES.md anew from the emulator's rules instead", false)
    .action(async ({ endpoint, autoscaling, only = "", page: isPage, faults }: Options) => {
      if (isPage) {
        const write = async ({ aws }: Endpoints) => writeFileSync(rulesPage, page(await rulesOf(aws)));
        await (endpoint ? write({ aws: endpoint, autoscaling: endpoint }) : onItsOwn(write));
        return;
      }
      const isAsked = ({ name, service }: Wrong) => `${service} ${name}`.includes(only);
      const rows = faults ? namedCalls : wrongs.filter(isAsked);
      if (rows.length === 0) throw new SetupError(`No row has "${only}" in its service or name. Nothing was called.`);
      const judgeAll = (endpoints: Endpoints) => judgeRows(rows, endpoints);
      const judged = endpoint
        ? await judgeAll({ aws: endpoint, autoscaling: autoscaling ?? endpoint })
        : await onItsOwn(judgeAll);
      if (faults) {
        const caught = await rowsOf(judged);
        process.stdout.write(asTable(caught));
        if (caught.some(({ caughtAt }) => caughtAt === "nowhere")) process.exitCode = 1;
        return;
      }
      process.stdout.write(reportOf(judged));
      mkdirSync(dirname(resultFile), { recursive: true });
      writeFileSync(resultFile, `${JSON.stringify(judged.map(asJson), null, 2)}\n`);
      const caught = countOf(judged, "caught") + countOf(judged, "other words");
      if (caught < wanted * judged.length) process.exitCode = 1;
    }),
);

async function onItsOwn<Result>(work: (endpoints: Endpoints) => Promise<Result>): Promise<Result> {
  const env = { ...(await emulatorEnvironment(findEnvironment("dev"))), EMULATOR_AUTH: "true" };
  const { AWS_ENDPOINT_URL: aws = "", AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING: autoscaling = "" } =
    env as NodeJS.ProcessEnv;
  return withEmulator(env, () => work({ aws, autoscaling }));
}

async function judgeRows(rows: readonly Wrong[], endpoints: Endpoints): Promise<readonly Judged[]> {
  const waiting = rows.map((row, index) => ({ row, index }));
  const judged: Judged[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const account = String(900_000_000_000 + next.index);
      judged[next.index] = await judge(next.row, new Caller(endpoints, account));
    }
  };
  await step(`Make ${rows.length} wrong calls`, () => Promise.all(Array.from({ length: atOnce }, work)));
  return judged;
}

function countOf(judged: readonly Judged[], outcome: Outcome): number {
  return judged.filter((each) => each.outcome === outcome).length;
}

function reportOf(judged: readonly Judged[]): string {
  const missed = judged.filter(({ outcome }) => outcome !== "caught");
  return [
    ...missed.map(
      ({ wrong, outcome, evidence }) =>
        `${outcome.padEnd(11)} ${wrong.service}: ${wrong.name}\n            ${clipped(evidence, 160)}`,
    ),
    "",
    ...outcomes.map((outcome) => `${outcome.padEnd(11)} ${countOf(judged, outcome)} of ${judged.length}`),
    "",
  ].join("\n");
}

function asJson({ wrong: { name, service, kind, source }, outcome, evidence }: Judged) {
  return { name, service, kind, source, outcome, evidence };
}
