import jsep from "jsep";
import "./metric-math";
import { LabError, type State } from "./alarm";

export interface CompositeRule {
  /** The alarms that the rule names. */
  readonly alarms: readonly string[];
  /** Whether the composite is in ALARM, given the states of these. */
  readonly holds: (stateOf: (alarm: string) => State) => boolean;
}

type Holds = CompositeRule["holds"];

/** `ALARM("a") AND NOT (OK("b") OR INSUFFICIENT_DATA("c"))`, TRUE and FALSE. An alarm is named in quotes, without, or by its ARN. */
export function compileRule(rule: string): CompositeRule {
  const alarms = new Set<string>();
  const quoted = rule.replace(
    /\b(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']+?))\s*\)/g,
    (_, state: string, double?: string, single?: string, bare?: string) =>
      `${state}(${JSON.stringify(nameOf(double ?? single ?? bare ?? ""))})`,
  );
  let tree: jsep.Expression;
  try {
    tree = jsep(quoted);
  } catch (error) {
    throw new LabError(`Rule ${rule} cannot be read: ${(error as Error).message}.`);
  }

  const node = (each: jsep.CoreExpression): Holds => {
    const inner = (child: jsep.Expression) => node(child as jsep.CoreExpression);
    if (each.type === "Identifier" && (each.name === "TRUE" || each.name === "FALSE")) {
      return () => each.name === "TRUE";
    }
    if (each.type === "UnaryExpression" && each.operator === "NOT") {
      const argument = inner(each.argument);
      return (stateOf) => !argument(stateOf);
    }
    if (each.type === "BinaryExpression" && (each.operator === "AND" || each.operator === "OR")) {
      const [left, right] = [inner(each.left), inner(each.right)];
      return each.operator === "AND"
        ? (stateOf) => left(stateOf) && right(stateOf)
        : (stateOf) => left(stateOf) || right(stateOf);
    }
    const [argument] = each.type === "CallExpression" ? each.arguments : [];
    if (each.type === "CallExpression" && argument?.type === "Literal") {
      const state = (each.callee as jsep.Identifier).name as State;
      const alarm = String((argument as jsep.Literal).value);
      alarms.add(alarm);
      return (stateOf) => stateOf(alarm) === state;
    }
    throw new LabError(`Rule ${rule} has more than ALARM, OK, INSUFFICIENT_DATA, AND, OR, NOT, TRUE and FALSE.`);
  };
  const holds = node(tree as jsep.CoreExpression);
  return { alarms: [...alarms], holds };
}

/** The name in an alarm's ARN; a name as it is. */
export function nameOf(alarm: string): string {
  return /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.+)$/.exec(alarm)?.[1] ?? alarm;
}
