import { LabError } from "./alarm";
import type { Assumptions } from "./assumptions";

/** An expression of metric math. */
export type Tree =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "id"; readonly name: string }
  /** `REPEAT`, `ASC`, `AVG` as an argument. */
  | { readonly kind: "word"; readonly name: string }
  | { readonly kind: "minus"; readonly of: Tree }
  | { readonly kind: "operator"; readonly operator: string; readonly left: Tree; readonly right: Tree }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Tree[] }
  | { readonly kind: "array"; readonly items: readonly Tree[] };

const token =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|(["'“][^"'”]*["'”])|([A-Za-z_][A-Za-z0-9_]*)|(==|!=|<=|>=|&&|\|\||[-+*/^<>(),[\]]))/y;

type Token = { readonly kind: "number" | "text" | "name" | "sign"; readonly text: string };

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  const end = expression.trimEnd().length;
  token.lastIndex = 0;
  while (token.lastIndex < end) {
    const from = token.lastIndex;
    const match = token.exec(expression);
    if (!match) throw unreadable(expression, `unexpected ${expression.slice(from).trim().slice(0, 12)}`);
    const index = [1, 2, 3, 4].find((each) => match[each] !== undefined) ?? 4;
    tokens.push({ kind: (["number", "text", "name", "sign"] as const)[index - 1] ?? "sign", text: match[index] ?? "" });
  }
  return tokens;
}

function unreadable(expression: string, problem: string): LabError {
  return new LabError(`Metric math "${expression}" cannot be read: ${problem}.`);
}

/** Operators from the loosest to the tightest; those of one line bind from left to right. */
const levels: readonly (readonly string[])[] = [
  ["OR", "||"],
  ["AND", "&&"],
  ["==", "!=", "<=", ">=", "<", ">"],
  ["+", "-"],
  ["*", "/"],
];
const sameLevel: typeof levels = [["OR", "||", "AND", "&&"], ...levels.slice(2)];
const canonical: Readonly<Record<string, string>> = { "&&": "AND", "||": "OR" };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax */
export function parse(expression: string, assume: Assumptions): Tree {
  return new Parser(expression, assume).whole();
}

class Parser {
  private readonly tokens: readonly Token[];
  private readonly levels: typeof levels;
  private next = 0;

  constructor(
    private readonly expression: string,
    private readonly assume: Assumptions,
  ) {
    this.tokens = tokensOf(expression);
    this.levels = assume["math-and-before-or"] ? levels : sameLevel;
  }

  whole(): Tree {
    const tree = this.binary(0);
    const rest = this.tokens[this.next];
    if (rest) throw unreadable(this.expression, `unexpected ${rest.text}`);
    return tree;
  }

  private binary(level: number): Tree {
    const operators = this.levels[level];
    if (!operators) return this.signed();
    let left = this.binary(level + 1);
    for (let sign = this.take(...operators); sign; sign = this.take(...operators)) {
      left = { kind: "operator", operator: canonical[sign] ?? sign, left, right: this.binary(level + 1) };
    }
    return left;
  }

  private signed(): Tree {
    if (!this.assume["power-before-minus"]) return this.power(() => this.minusOf(() => this.value()));
    return this.minusOf(() => this.power(() => this.value()));
  }

  private minusOf(operand: () => Tree): Tree {
    if (this.take("+")) return this.minusOf(operand);
    return this.take("-") ? { kind: "minus", of: this.minusOf(operand) } : operand();
  }

  private power(operand: () => Tree): Tree {
    let left = operand();
    while (this.take("^")) {
      const isRight = this.assume["power-associativity"] === "right";
      const right = isRight ? this.signed() : this.minusOf(() => this.value());
      left = { kind: "operator", operator: "^", left, right };
    }
    return left;
  }

  private value(): Tree {
    const found = this.tokens[this.next++];
    if (!found) throw unreadable(this.expression, "it ends too early");
    const { kind, text } = found;
    if (kind === "number") return { kind, value: Number(text) };
    if (kind === "text") return { kind, value: text.slice(1, -1) };
    if (kind === "name") return this.named(text);
    if (text === "(") {
      const inner = this.binary(0);
      this.need(")");
      return inner;
    }
    if (text === "[") return { kind: "array", items: this.list("]") };
    throw unreadable(this.expression, `unexpected ${text}`);
  }

  private named(name: string): Tree {
    if (this.take("(")) return { kind: "call", name, arguments: this.list(")") };
    // "The Id field for all metrics and math expressions must start with a lowercase letter."
    return /^[a-z]/.test(name) ? { kind: "id", name } : { kind: "word", name };
  }

  private list(end: string): Tree[] {
    if (this.take(end)) return [];
    const items = [this.binary(0)];
    while (this.take(",")) items.push(this.binary(0));
    this.need(end);
    return items;
  }

  private take(...texts: readonly string[]): string | undefined {
    const found = this.tokens[this.next];
    if (!found || found.kind === "text" || !texts.includes(found.text)) return undefined;
    this.next++;
    return found.text;
  }

  private need(sign: string): void {
    if (this.take(sign)) return;
    const found = this.tokens[this.next]?.text ?? "the end";
    throw unreadable(this.expression, `${sign} is expected, not ${found}`);
  }
}

/** Every part of an expression, itself first. */
export function* partsOf(tree: Tree): Generator<Tree> {
  yield tree;
  const children =
    tree.kind === "minus"
      ? [tree.of]
      : tree.kind === "operator"
        ? [tree.left, tree.right]
        : tree.kind === "call"
          ? tree.arguments
          : tree.kind === "array"
            ? tree.items
            : [];
  for (const child of children) yield* partsOf(child);
}
