import { LabError, type State, states } from "./alarm";
import { type Assumptions, defaults } from "./assumptions";

export interface CompositeRule {
  /** The alarms that the rule names. */
  readonly alarms: readonly string[];
  /** Whether the composite is in ALARM, given the states of these. */
  readonly holds: (stateOf: (alarm: string) => State) => boolean;
}

type Holds = CompositeRule["holds"];
interface Token {
  readonly kind: "quoted" | "sign" | "bare";
  readonly text: string;
}

/** Without quotes, names "must not contain spaces, round brackets, or commas". */
const token = /\s*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([(),])|([^\s(),"']+))/y;

/**
 * `ALARM("a") AND NOT (OK(b) OR INSUFFICIENT_DATA("c"))`, TRUE, FALSE, and `AT_LEAST(2, ALARM, (a, b, c))`, also of a percentage and of
 * NOT a state. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html
 */
export function compileRule(rule: string, assume: Assumptions = defaults): CompositeRule {
  return new RuleParser(rule, assume).whole();
}

class RuleParser {
  private readonly tokens: readonly Token[];
  private readonly alarms = new Set<string>();
  private next = 0;

  constructor(
    private readonly rule: string,
    private readonly assume: Assumptions,
  ) {
    this.tokens = this.read();
  }

  whole(): CompositeRule {
    const holds = this.either();
    if (this.next < this.tokens.length) throw this.error(`unexpected ${this.tokens[this.next]?.text}`);
    return { alarms: [...this.alarms], holds };
  }

  private read(): Token[] {
    const tokens: Token[] = [];
    const text = this.rule.trimEnd();
    token.lastIndex = 0;
    while (token.lastIndex < text.length) {
      const from = token.lastIndex;
      const [, double, single, sign, bare] = token.exec(text) ?? [];
      const quoted = double?.replace(/\\(.)/gs, "$1") ?? single;
      if (quoted !== undefined) tokens.push({ kind: "quoted", text: quoted });
      else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
      else if (bare !== undefined) tokens.push({ kind: "bare", text: bare });
      else throw this.error(`unexpected ${text.slice(from).trim().slice(0, 12)}`);
    }
    return tokens;
  }

  private either(): Holds {
    if (!this.assume["rule-and-before-or"]) return this.chain(() => this.negated(), "AND", "OR");
    return this.chain(() => this.chain(() => this.negated(), "AND"), "OR");
  }

  private chain(operand: () => Holds, ...words: readonly string[]): Holds {
    let holds = operand();
    for (let word = this.takeWord(...words); word; word = this.takeWord(...words)) {
      const [left, right] = [holds, operand()];
      holds =
        word === "AND" ? (stateOf) => left(stateOf) && right(stateOf) : (stateOf) => left(stateOf) || right(stateOf);
    }
    return holds;
  }

  private negated(): Holds {
    if (!this.takeWord("NOT")) return this.condition();
    const inner = this.negated();
    return (stateOf) => !inner(stateOf);
  }

  private condition(): Holds {
    if (this.takeSign("(")) {
      const inner = this.either();
      this.need(")");
      return inner;
    }
    const word = this.takeWord("TRUE", "FALSE", "AT_LEAST", ...states);
    if (word === "TRUE" || word === "FALSE") return () => word === "TRUE";
    if (word === "AT_LEAST") return this.atLeast();
    if (!word) {
      const found = this.tokens[this.next]?.text ?? "the end";
      throw this.error(`${found} is found where there may be ${states.join(", ")}, AT_LEAST, NOT, TRUE, FALSE or (`);
    }
    this.need("(");
    const alarm = this.reference();
    this.need(")");
    return (stateOf) => stateOf(alarm) === word;
  }

  private atLeast(): Holds {
    this.need("(");
    const minimum = this.text();
    const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(minimum) ?? [];
    if (number === undefined) throw this.error(`AT_LEAST takes a number or a percentage, not ${minimum}`);
    this.need(",");
    const isNegated = this.takeWord("NOT") !== undefined;
    const state = this.takeWord(...states);
    if (!state) throw this.error(`AT_LEAST takes one of ${states.join(", ")} as its second argument`);
    this.need(",");
    this.need("(");
    const alarms = [this.reference()];
    while (this.takeSign(",")) alarms.push(this.reference());
    this.need(")");
    this.need(")");
    const needed = percent ? (Number(number) * alarms.length) / 100 : Number(number);
    return (stateOf) => alarms.filter((alarm) => (stateOf(alarm) === state) !== isNegated).length >= needed;
  }

  private reference(): string {
    const alarm = nameOf(this.text());
    this.alarms.add(alarm);
    return alarm;
  }

  private text(): string {
    const found = this.tokens[this.next++];
    if (!found || found.kind === "sign") throw this.error(`a name is expected, not ${found?.text ?? "the end"}`);
    return found.text;
  }

  private takeWord(...words: readonly string[]): string | undefined {
    const found = this.tokens[this.next];
    const word = found?.kind === "bare" ? found.text.toUpperCase() : undefined;
    if (word === undefined || !words.includes(word)) return undefined;
    this.next++;
    return word;
  }

  private takeSign(sign: string): boolean {
    const found = this.tokens[this.next];
    const isThere = found?.kind === "sign" && found.text === sign;
    if (isThere) this.next++;
    return isThere;
  }

  private need(sign: string): void {
    if (!this.takeSign(sign)) throw this.error(`${sign} is expected, not ${this.tokens[this.next]?.text ?? "the end"}`);
  }

  private error(problem: string): LabError {
    return new LabError(`Rule ${this.rule} cannot be read: ${problem}.`);
  }
}

/** The name in an alarm's ARN; a name as it is. */
export function nameOf(alarm: string): string {
  return /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.+)$/s.exec(alarm)?.[1] ?? alarm;
}
