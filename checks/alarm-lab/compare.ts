import { execFileSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import { type Assumptions, defaults, questions } from "../../packages/alarm-lab/assumptions";
import { Random } from "../incidents/random";
import { type AwsCase, type AwsResult, namedByEvaluator, run } from "./aws-case";

export const groups = [
  ...["plain", "delayed", "long-period", "short-period", "math", "power"],
  ...["low-sample", "dynamodb", "units", "composite", "suppressor"],
] as const;

export interface Difference {
  readonly group: string;
  readonly index: number;
  readonly awsCase: AwsCase;
  readonly ours: AwsResult;
  readonly theirs: AwsResult;
}

export interface Comparison {
  readonly group: string;
  readonly cases: number;
  readonly differences: readonly Difference[];
}

const python = (args: readonly string[], input?: string) =>
  execFileSync("python3", args, { cwd: __dirname, encoding: "utf8", maxBuffer: 2 ** 30, ...(input && { input }) });

/** Random cases of a group, evaluated by both; every third with other assumptions than the defaults. */
export function compare(group: string, seed: number, count: number): Comparison {
  const random = new Random(seed / 1_000_003);
  const cases = lines(python(["generate.py", "--group", group, "--seed", String(seed), "--count", String(count)])).map(
    (line, index): AwsCase => {
      const awsCase = JSON.parse(line) as AwsCase;
      const assume = namedByEvaluator(index % 3 === 2 ? others(random) : defaults);
      return { ...awsCase, assume: { ...assume, ...awsCase.assume } };
    },
  );
  const theirs = evaluateInPython(cases);
  const differences = cases.flatMap((awsCase, index): Difference[] => {
    const [ours, their] = [run(awsCase), theirs[index] as AwsResult];
    return isSame(ours, their) ? [] : [{ group, index, awsCase, ours, theirs: their }];
  });
  return { group, cases: cases.length, differences };
}

export function evaluateInPython(cases: readonly AwsCase[]): AwsResult[] {
  const input = cases.map((each) => JSON.stringify(each)).join("\n");
  return lines(python(["-m", "evaluator"], `${input}\n`)).map((line) => JSON.parse(line) as AwsResult);
}

/** Alarms that cannot be evaluated must be the same ones; messages may differ. */
function isSame(ours: AwsResult, theirs: AwsResult): boolean {
  const refused = ({ errors = {} }: AwsResult) => Object.keys(errors).sort();
  return (
    isDeepStrictEqual(ours.alarms, theirs.alarms) &&
    isDeepStrictEqual(ours.actions, theirs.actions) &&
    isDeepStrictEqual(refused(ours), refused(theirs))
  );
}

/** Some of the assumptions with another answer. */
function others(random: Random): Assumptions {
  const chosen = Object.entries(questions).map(([name, { answers }]) => {
    // The evaluator has no such reading.
    const possible = (answers as readonly (string | number | boolean)[]).filter((answer) => answer !== "default");
    return [name, random.below(2) === 0 ? possible[0] : possible[random.below(possible.length)]];
  });
  return Object.fromEntries(chosen) as Assumptions;
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
