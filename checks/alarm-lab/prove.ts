import { type Check, report } from "../../ops/report/report";
import { step } from "../../ops/shell/progress";
import { type Comparison, compare, groups } from "./compare";
import { differencesFrom, type Example, examples, mistakes } from "./examples";

/** Compares alarm-lab with the evaluator in Python, and with the worked examples of AWS's documentation. */
export async function proveAlarmLab(count: number, seed: number): Promise<boolean> {
  const startedAt = new Date();
  const checks: Check[] = [];
  for (const group of groups) {
    checks.push(groupCheck(await step(`Compare ${count} cases: ${group}`, async () => compare(group, seed, count))));
  }
  checks.push(
    exampleCheck("examples", "worked examples of AWS's documentation", examples),
    exampleCheck("mistakes", "documented mistakes of people, as AWS treats them", mistakes),
  );
  return report("alarm-lab", startedAt, checks, { seed });
}

function groupCheck({ group, cases, differences }: Comparison): Check {
  const [first] = differences;
  return {
    id: group,
    title: `random cases that both evaluate in the same way: ${group}`,
    passed: cases > 0 && differences.length === 0,
    value: cases - differences.length,
    unit: "",
    target: `all ${cases}`,
    evidence: first ? JSON.stringify(first) : "",
  };
}

function exampleCheck(id: string, title: string, all: readonly Example[]): Check {
  const wrong = all.flatMap((example) => differencesFrom(example).map((each) => `${example.name}: ${each}`));
  const right = all.filter((example) => differencesFrom(example).length === 0).length;
  const passed = all.length > 0 && wrong.length === 0;
  return { id, title, passed, value: right, unit: "", target: `all ${all.length}`, evidence: wrong.join("; ") };
}
