import jsep from "jsep";

type Json = unknown;
type Matches = (line: Json) => boolean;

// A pattern has one equals sign where a program has two.
jsep.addBinaryOp("=", 6);

const comparisons: Readonly<Record<string, (found: number, wanted: number) => boolean>> = {
  ">": (found, wanted) => found > wanted,
  ">=": (found, wanted) => found >= wanted,
  "<": (found, wanted) => found < wanted,
  "<=": (found, wanted) => found <= wanted,
};

/** A pattern that cannot be read, or that has more than is known here. */
export class FilterPatternError extends Error {}

/**
 * Whether a log line has what a metric filter's pattern for JSON asks for: `{ $.service = "gateway" && ($.status >= 500 || $.path = "/api/*") }`.
 * Other forms of patterns are errors.
 */
export function compilePattern(pattern: string): (line: string) => boolean {
  const inner = /^\s*\{(.*)\}\s*$/s.exec(pattern)?.[1];
  if (inner === undefined) throw new FilterPatternError(`Pattern ${pattern} is not of the form { $.field = value }`);
  let matches: Matches;
  try {
    matches = matcherOf(jsep(inner));
  } catch (error) {
    throw new FilterPatternError(`Pattern ${pattern} cannot be read: ${(error as Error).message}`);
  }
  return (line) => {
    const parsed = parse(line);
    return parsed !== undefined && matches(parsed);
  };
}

function matcherOf(expression: jsep.Expression): Matches {
  const { type, operator, left, right } = expression as jsep.baseTypes & jsep.BinaryExpression;
  if (type !== "BinaryExpression") throw new Error(`${type} stands where a comparison is wanted`);
  if (operator === "&&" || operator === "||") {
    const [first, second] = [matcherOf(left), matcherOf(right)];
    return operator === "&&" ? (line) => first(line) && second(line) : (line) => first(line) || second(line);
  }
  const path = pathOf(left);
  const wanted = literalOf(right);
  if (operator === "=") return (line) => isLike(at(line, path), wanted);
  if (operator === "!=") return (line) => !isLike(at(line, path), wanted);
  const compare = comparisons[operator];
  if (!compare || typeof wanted !== "number") throw new Error(`${operator} ${wanted} is no comparison`);
  return (line) => {
    const found = at(line, path);
    return typeof found === "number" && compare(found, wanted);
  };
}

function pathOf(expression: jsep.Expression): string[] {
  const node = expression as jsep.CoreExpression;
  if (node.type === "Identifier" && node.name === "$") return [];
  if (node.type === "MemberExpression" && !node.computed && node.property.type === "Identifier")
    return [...pathOf(node.object), String(node.property.name)];
  throw new Error("the left side of a comparison is a field, such as $.status");
}

function literalOf(expression: jsep.Expression): string | number {
  const node = expression as jsep.CoreExpression;
  if (node.type === "Literal" && (typeof node.value === "string" || typeof node.value === "number")) return node.value;
  throw new Error("the right side of a comparison is a number or a text in quotes");
}

function at(line: Json, path: readonly string[]): Json {
  return path.reduce<Json>((value, key) => (value as Record<string, Json> | null | undefined)?.[key], line);
}

function isLike(found: Json, wanted: string | number): boolean {
  if (typeof wanted === "number") return found === wanted;
  if (typeof found !== "string") return false;
  const parts = wanted.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(found);
}

function parse(line: string): Json {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
