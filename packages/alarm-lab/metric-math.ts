import { LabError } from "./alarm";
import type { Assumptions } from "./assumptions";
import { functions, type Scope, summaryNames, unsupported } from "./math-functions";
import { parse, partsOf, type Tree } from "./math-parser";
import { binaryOperators, combine, scalar, type Value } from "./math-values";

export interface Formula {
  /** The ids that it reads; METRICS() reads every metric. */
  readonly ids: readonly string[];
  readonly readsAllMetrics: boolean;
  /** Whether each datapoint depends on its own period alone. */
  readonly isPointwise: boolean;
  readonly valueIn: (scope: Scope) => Value;
}

/** The band of an anomaly detector, which a test gives: its upper and its lower limit. */
const band = "ANOMALY_DETECTION_BAND";
const known = [...Object.keys(functions), "PERIOD", band].sort();
/** The result of these depends on the other periods of the range. */
const overTime = new Set(["DIFF", "DIFF_TIME", "RATE", "RUNNING_SUM", "SORT", "REMOVE_EMPTY"]);

/** CloudWatch's metric math without searches and what needs an account. */
export function compile(expression: string, assume: Assumptions): Formula {
  if (/^\s*SELECT\b/i.test(expression)) {
    throw new LabError(`"${expression}" is a query of Metrics Insights, which needs the metrics of an account.`);
  }
  const tree = parse(expression, assume);
  const parts = [...partsOf(tree)];
  for (const part of parts) check(part, expression);
  return {
    ids: [...new Set(parts.flatMap((part) => (part.kind === "id" ? [part.name] : [])))],
    readsAllMetrics: parts.some((part) => part.kind === "call" && part.name === "METRICS"),
    isPointwise: !parts.some((part) => isOverTime(part, assume)),
    valueIn: (scope) => evaluate(tree, scope, expression),
  };
}

function check(part: Tree, expression: string): void {
  if (part.kind !== "call" || known.includes(part.name)) return;
  const reason = unsupported[part.name];
  const problem = reason ? `has ${part.name}, which cannot be tested: ${reason}` : `has the function ${part.name}`;
  const allowed = reason ? "" : `; there are ${known.join(", ")}`;
  throw new LabError(`Metric math "${expression}" ${problem}${allowed}.`);
}

function isOverTime(part: Tree, assume: Assumptions): boolean {
  if (part.kind !== "call") return false;
  const [first, second] = part.arguments;
  if (part.name === "FILL") return second?.kind === "word" || !assume["fill-empty-series"];
  if (!summaryNames.includes(part.name)) return overTime.has(part.name);
  return first !== undefined && !isArray(first);
}

/** Whether a part is an array of time series for certain. */
function isArray(tree: Tree): boolean {
  if (tree.kind === "array") return true;
  if (tree.kind === "minus") return isArray(tree.of);
  if (tree.kind === "operator") return isArray(tree.left) || isArray(tree.right);
  if (tree.kind !== "call") return false;
  const [first] = tree.arguments;
  return tree.name === "METRICS" || (["ABS", "CEIL", "FLOOR", "FILL"].includes(tree.name) && !!first && isArray(first));
}

function evaluate(tree: Tree, scope: Scope, expression: string): Value {
  switch (tree.kind) {
    case "number":
      return scalar(tree.value);
    case "text":
      return { kind: "word", word: tree.value };
    case "word":
      return { kind: "word", word: tree.name };
    case "id":
      return scope.lookUp(tree.name);
    case "minus":
      return combine(times, scalar(-1), evaluate(tree.of, scope, expression), scope.assume);
    case "operator": {
      const apply = binaryOperators[tree.operator];
      if (!apply) throw new LabError(`Metric math "${expression}" has the operator ${tree.operator}.`);
      const [left, right] = [evaluate(tree.left, scope, expression), evaluate(tree.right, scope, expression)];
      return combine(apply, left, right, scope.assume);
    }
    case "array": {
      const items = tree.items.map((each) => evaluate(each, scope, expression));
      return { kind: "array", items: items.flatMap((item) => (item.kind === "array" ? item.items : [item])) };
    }
    case "call":
      return call(tree, scope, expression);
  }
}

function times(left: number, right: number): number {
  return left * right;
}

function call({ name, arguments: args }: Tree & { kind: "call" }, scope: Scope, expression: string): Value {
  // "Valid input is metrics, not the results of other expressions."
  if (name === "PERIOD") return scalar(scope.periodSeconds);
  if (name === band) return scope.lookUp(`${band} ${args[0]?.kind === "id" ? args[0].name : ""}`);
  try {
    return functions[name]?.(
      args.map((each) => evaluate(each, scope, expression)),
      scope,
    ) as Value;
  } catch (error) {
    if (!(error instanceof LabError) || error.message.startsWith("Metric math")) throw error;
    throw new LabError(`Metric math "${expression}": ${name} ${error.message}.`);
  }
}
