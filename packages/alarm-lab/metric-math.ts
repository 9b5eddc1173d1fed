import jsep from "jsep";
import { LabError } from "./alarm";

jsep.addBinaryOp("OR", 1);
jsep.addBinaryOp("AND", 2);
jsep.addUnaryOp("NOT");

/** The value of each id at the datapoint that is computed; null where data is missing. */
export type Lookup = (id: string) => number | null;
export type Formula = (lookup: Lookup) => number | null;

type Value = number | null;

/**
 * The part of CloudWatch's metric math that alarms use: `+ - * / ^`, comparisons, AND, OR, IF, FILL with a number, and SUM, AVG, MIN, MAX
 * and ABS, of values or of an array. A missing operand makes the result missing; functions of an array leave it out, and IF without its
 * condition has no result.
 */
export function compile(expression: string): Formula {
  let tree: jsep.Expression;
  try {
    // CloudWatch writes logic also as && and ||.
    tree = jsep(expression);
  } catch (error) {
    throw new LabError(`Metric math "${expression}" cannot be read: ${(error as Error).message}.`);
  }
  return node(tree as AnyNode, expression);
}

type AnyNode = jsep.CoreExpression;

function node(tree: AnyNode, expression: string): Formula {
  const inner = (child: jsep.Expression) => node(child as AnyNode, expression);
  switch (tree.type) {
    case "Literal":
      return constant(tree.value, expression);
    case "Identifier": {
      const { name } = tree;
      return (lookup) => lookup(name);
    }
    case "UnaryExpression":
      return unary(tree.operator, inner(tree.argument), expression);
    case "BinaryExpression":
      return binary(tree.operator, inner(tree.left), inner(tree.right), expression);
    case "CallExpression":
      return call(tree, expression);
    default:
      throw new LabError(`Metric math "${expression}" has a ${tree.type}, which CloudWatch does not know.`);
  }
}

function constant(value: unknown, expression: string): Formula {
  if (typeof value !== "number") throw new LabError(`Metric math "${expression}" has ${value} where a number belongs.`);
  return () => value;
}

function unary(operator: string, argument: Formula, expression: string): Formula {
  const operators: Record<string, (value: number) => number> = { "-": (value) => -value, "+": (value) => value };
  const apply = operators[operator];
  if (!apply)
    throw new LabError(`Metric math "${expression}" has the operator ${operator}; before a value there are + and -.`);
  return (lookup) => present(argument(lookup), apply);
}

const binaryOperators: Record<string, (left: number, right: number) => number> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "^": (left, right) => left ** right,
  "<": (left, right) => Number(left < right),
  "<=": (left, right) => Number(left <= right),
  ">": (left, right) => Number(left > right),
  ">=": (left, right) => Number(left >= right),
  "==": (left, right) => Number(left === right),
  "!=": (left, right) => Number(left !== right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  "&&": (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
  "||": (left, right) => Number(left !== 0 || right !== 0),
};

function binary(operator: string, left: Formula, right: Formula, expression: string): Formula {
  const apply = binaryOperators[operator];
  if (!apply) {
    const known = Object.keys(binaryOperators).join(" ");
    throw new LabError(`Metric math "${expression}" has the operator ${operator}; there are ${known}.`);
  }
  return (lookup) => {
    const [a, b] = [left(lookup), right(lookup)];
    // A division by zero gives no datapoint.
    const result = a === null || b === null ? null : apply(a, b);
    return result === null || Number.isFinite(result) ? result : null;
  };
}

const aggregates: Record<string, (values: readonly number[]) => number> = {
  SUM: (values) => values.reduce((total, value) => total + value, 0),
  AVG: (values) => values.reduce((total, value) => total + value, 0) / values.length,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
};

function call({ callee, arguments: args }: jsep.CallExpression, expression: string): Formula {
  const name = (callee as jsep.Identifier).name;
  const flat = args.flatMap((argument) =>
    argument.type === "ArrayExpression" ? (argument as jsep.ArrayExpression).elements : [argument],
  );
  const formulas = flat.map((argument) => node(argument as AnyNode, expression));
  const aggregate = aggregates[name];
  if (aggregate && formulas.length > 0) {
    return (lookup) => {
      const values = formulas.map((formula) => formula(lookup)).filter((value) => value !== null);
      return values.length === 0 ? null : aggregate(values);
    };
  }
  const [first, second, third] = formulas;
  if (name === "ABS" && first && !second) return (lookup) => present(first(lookup), Math.abs);
  if (name === "FILL" && first && second && !third) return (lookup) => first(lookup) ?? second(lookup);
  if (name === "IF" && first && second) {
    return (lookup) => {
      const condition = first(lookup);
      if (condition === null) return null;
      return condition !== 0 ? second(lookup) : (third?.(lookup) ?? null);
    };
  }
  const known = ["ABS", "AVG", "FILL", "IF", "MAX", "MIN", "SUM"];
  throw new LabError(
    known.includes(name)
      ? `Metric math "${expression}" gives ${name} ${formulas.length} arguments, which is not what it takes.`
      : `Metric math "${expression}" has the function ${name}, which the lab does not know; it knows ${known.join(", ")}.`,
  );
}

function present(value: Value, apply: (value: number) => number): Value {
  return value === null ? null : apply(value);
}

/** The ids that an expression reads. */
export function idsOf(expression: string): string[] {
  const ids = new Set<string>();
  // Every branch is entered: a value is there for each id.
  const visit = (tree: jsep.Expression): void => {
    if (tree.type === "Identifier") ids.add((tree as jsep.Identifier).name);
    for (const [key, child] of Object.entries(tree)) {
      if (key === "callee") continue;
      for (const each of Array.isArray(child) ? child : [child]) {
        if (each && typeof each === "object" && "type" in each) visit(each as jsep.Expression);
      }
    }
  };
  visit(jsep(expression));
  return [...ids];
}
