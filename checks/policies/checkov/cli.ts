import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { Command } from "commander";
import { type Check, report } from "../../../ops/report/report";
import { root } from "../../../ops/shell/paths";
import { SetupError } from "../../../ops/shell/run";
import { runProof } from "../../run-proof";
import { accepted } from "./accepted";
import { type Finding, scan } from "./checkov";
import { review } from "./review";

runProof(
  new Command("checkov")
    .description(
      "Compares checkov's findings in planned stacks with the list of accepted findings. Writes reports/checkov.json.",
    )
    .argument(
      "[folder]",
      "folder with the <stack>.plan.json files that `make check NAME=environments` writes",
      join(root, "reports/plans"),
    )
    .action(async (folder: string) => {
      if (!(await checkPlans(folder))) process.exitCode = 1;
    }),
);

async function checkPlans(folder: string): Promise<boolean> {
  const startedAt = new Date();
  const plans = plansIn(folder);
  const found = await scan(plans);
  const findings = [...found.values()].flat();
  const { open, idle } = review(findings, accepted);
  const show = ({ check, resource }: Finding) => `${check} ${resource}`;
  return report("checkov", startedAt, [
    ...plans.map((path): Check => {
      const all = found.get(path) ?? [];
      const unexplained = all.filter((finding) => open.includes(finding));
      return outcome(
        basename(path, ".plan.json"),
        `findings without a reason, of ${all.length}`,
        unexplained.map(show),
      );
    }),
    outcome(
      "reasons",
      `reasons that cover nothing, of ${accepted.length}`,
      idle.map(({ check }) => check),
    ),
  ]);
}

function outcome(id: string, title: string, wrong: readonly string[]): Check {
  const shared = { id, title: `${id}: ${title}`, unit: "", target: "0" };
  return { ...shared, passed: wrong.length === 0, value: wrong.length, evidence: wrong.join(", ") };
}

function plansIn(folder: string): string[] {
  try {
    const plans = readdirSync(folder).filter((name) => name.endsWith(".plan.json"));
    if (plans.length > 0) return plans.sort().map((name) => join(folder, name));
  } catch {
    // Said below.
  }
  throw new SetupError(`${folder} holds no *.plan.json. They are written by: make check NAME=environments`);
}
