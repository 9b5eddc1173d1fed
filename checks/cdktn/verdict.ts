import type { Check } from "../../ops/report/report";
import { clipped } from "../../packages/text/truncate";
import { compare, type Difference } from "./compare";
import { type Explanation, review } from "./review";
import type { Synthesis } from "./synthesis";

/** Passes when every difference is explained and every explanation covers one. A synthesis that failed proves nothing. */
export function judge(
  before: Synthesis | Error,
  after: Synthesis | Error,
  explanations: readonly Explanation[],
): Check[] {
  if (before instanceof Error) return [notSynthesized("cdktf")];
  if (after instanceof Error) return [notSynthesized("cdktn")];
  const { explained, unexplained } = review(compare(before.stacks, after.stacks), explanations);
  return [
    extent(before, after),
    ...explained.map(({ explanation, count }) => explainedCheck(explanation, count)),
    ...alike(unexplained).map(unexplainedCheck),
  ];
}

function notSynthesized(name: string): Check {
  return {
    ...{ id: "extent", title: "resources compared", passed: false, unit: "", target: "> 0" },
    value: `no synthesis with ${name}`,
    evidence: "reports/logs/exit.log",
  };
}

/** Guards against two empty documents, which would be equal. */
function extent(before: Synthesis, after: Synthesis): Check {
  const count = Object.values(before.stacks)
    .flatMap(({ resource }) => Object.values(resource ?? {}))
    .reduce((sum, ofType) => sum + Object.keys(ofType ?? {}).length, 0);
  return {
    ...{ id: "extent", title: "resources compared", passed: count > 0, value: count, unit: "", target: "> 0" },
    evidence: `${Object.keys(before.stacks).length} stacks; cdktf ${before.version}, cdktn ${after.version}`,
  };
}

function explainedCheck({ reason, ...difference }: Explanation, count: number): Check {
  return {
    ...{ id: `explained.${place(difference)}`, title: place(difference), value: count, unit: "times", target: "> 0" },
    passed: count > 0,
    evidence: count > 0 ? `${change(difference)}. ${reason}` : "an explanation that covers nothing",
  };
}

function unexplainedCheck(differences: readonly [Difference, ...Difference[]]): Check {
  const [first] = differences;
  return {
    ...{
      id: `unexplained.${place(first)}`,
      title: place(first),
      value: differences.length,
      unit: "times",
      target: "0",
    },
    passed: false,
    evidence: `${change(first)}. Nobody explained it; ${first.path[0]} has it, for one`,
  };
}

/** What happens in several stacks is one thing to explain. */
function alike(differences: readonly Difference[]): [Difference, ...Difference[]][] {
  const kind = (difference: Difference) => `${place(difference)}: ${change(difference)}`;
  const kinds = new Set(differences.map(kind));
  return [...kinds].map(
    (each) => differences.filter((difference) => kind(difference) === each) as [Difference, ...Difference[]],
  );
}

/** Without the stack's name. */
function place({ path }: Difference): string {
  return path.slice(1).join(".") || "a whole stack";
}

function change({ before, after }: Difference): string {
  return `${show(before)} → ${show(after)}`;
}

function show(value: Difference["before"]): string {
  return clipped(JSON.stringify(value) ?? "absent", 100);
}
