import { writeFileSync } from "node:fs";
import { Command } from "commander";
import {
  type Baseline,
  baselineFile,
  differences,
  readBaseline,
  recordedLevels,
} from "../../localstack/compatibility/baseline";
import { pinnedVersion, type System, withSystem } from "../../localstack/compatibility/emulators";
import type { Level } from "../../localstack/compatibility/probe";
import { explain, type Measured, measure, type ProbeId, probes } from "../../localstack/compatibility/probes";
import { emulatorEnvironment, findEnvironment } from "../../ops/emulator/emulator";
import { note, step } from "../../ops/shell/progress";
import { SetupError } from "../../ops/shell/run";
import { destroyDrill } from "../resilience/destroy";
import { drillsWith } from "../resilience/prove";
import { runProof } from "../run-proof";
import { compatibilityFile, render } from "./document";

const drills = [...drillsWith(1), destroyDrill];

interface Options {
  readonly write?: true;
  readonly render?: true;
  readonly endpoint?: string;
}

runProof(
  new Command("compatibility")
    .description(
      "Measures which features of AWS work in MiniStack alone, and in MiniStack with our patches, control plane and load balancers. Compares the results with localstack/compatibility/baseline.json. " +
        "Ends with 0 when they are as recorded, 1 when one differs, 2 when it could not measure.",
    )
    .option("--write", "write baseline.json and localstack/COMPATIBILITY.md instead of comparing")
    .option("--render", "write COMPATIBILITY.md again from baseline.json, without measuring")
    .option(
      "--endpoint <url>",
      "measure another emulated AWS at this address, and print the differences from the patched MiniStack",
    )
    .action(async ({ write, render: only, endpoint }: Options) => {
      if (endpoint) await askAnother(endpoint);
      else if (only) writeFileSync(compatibilityFile, render(readBaseline(), drills));
      else if (write) await writeDown();
      else process.exitCode = (await compare()) ? 0 : 1;
    }),
);

async function compare(): Promise<boolean> {
  const { upstream, patched } = await measureBoth();
  const found = [
    ...differences(upstream, recordedLevels("upstream")).map((each) => ({ system: "upstream", ...each })),
    ...differences(patched, recordedLevels("patched")).map((each) => ({ system: "patched", ...each })),
  ];
  if (found.length > 0) console.table(found);
  process.stdout.write(`${found.length} of ${upstream.size + patched.size} levels differ from the baseline\n`);
  return found.length === 0;
}

async function writeDown(): Promise<void> {
  const { upstream, patched } = await measureBoth();
  const baseline: Baseline = {
    ministack: pinnedVersion(),
    measuredOn: new Date().toISOString().slice(0, 10),
    levels: Object.fromEntries(
      probes.map(({ id }) => [id, { upstream: upstream.get(id), patched: patched.get(id) }]),
    ) as Baseline["levels"],
  };
  writeFileSync(baselineFile, `${JSON.stringify(baseline, null, 2)}\n`);
  writeFileSync(compatibilityFile, render(baseline, drills));
}

async function measureBoth(): Promise<Record<System, ReadonlyMap<ProbeId, Level>>> {
  const upstream = await withSystem("upstream", (env) => measureAll("MiniStack alone", env));
  const patched = await withSystem("patched", (env) => measureAll("MiniStack with patches", env));
  for (const { failures } of [upstream, patched]) if (failures.size > 0) throw new SetupError(explain(failures));
  return { upstream: upstream.levels, patched: patched.levels };
}

async function askAnother(endpoint: string): Promise<void> {
  const here = await emulatorEnvironment(findEnvironment("dev"));
  const env = {
    ...here,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING: endpoint,
    LOAD_BALANCERS_URL: endpoint,
  };
  const { levels, failures } = await measureAll(endpoint, env);
  const patched = recordedLevels("patched");
  console.table([
    ...differences(levels).map(({ id, recorded, measured }) => ({ probe: id, patched: recorded, there: measured })),
    ...[...failures].map(([id, error]) => ({
      probe: id,
      patched: patched.get(id),
      there: `unknown: ${firstLine(error)}`,
    })),
  ]);
}

function firstLine({ message }: Error): string {
  return message.split("\n")[0]?.slice(0, 80) ?? "";
}

function measureAll(title: string, env: NodeJS.ProcessEnv): Promise<Measured> {
  const ids = probes.map(({ id }) => id);
  return step(`Ask ${title} ${ids.length} questions`, () =>
    measure(ids, env, (id, level) => note(`${id}: ${level instanceof Error ? `unknown: ${firstLine(level)}` : level}`)),
  );
}
