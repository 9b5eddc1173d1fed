import { json } from "../../classify/meaning";
import { isObject, type Json } from "../../read/plan";

/** What says who asks: an account, an organization, a resource or a network of ours. */
const ours = /SourceAccount|SourceArn|SourceOrg|PrincipalOrg|PrincipalAccount|PrincipalArn|SourceVpc|CallerAccount/i;
/** Only what must be equal narrows: not what must differ (`StringNotEquals`), or may be absent (`IfExists`, `ForAllValues`, `Null`). */
const mustBeEqual = /^(ForAnyValue:)?(String|Arn)(Equals|Like)(IgnoreCase)?$/i;

/** Whether a condition, as canonical JSON, leaves only ours of everybody. */
export function isNarrowedToOurs(condition: string): boolean {
  const operators = json(condition);
  return isObject(operators) && Object.entries(operators).some(([operator, keys]) => isEqualToOurs(operator, keys));
}

function isEqualToOurs(operator: string, keys: Json | undefined): boolean {
  if (!mustBeEqual.test(operator) || !isObject(keys)) return false;
  return Object.entries(keys).some(([key, values]) => {
    const allowed = Array.isArray(values) ? values : [values];
    return ours.test(key) && allowed.every((each) => typeof each === "string" && !isAnybodys(each));
  });
}

/** `*`, any organization, or an ARN of any account: a bucket's has no account, and is told by its name. */
function isAnybodys(value: string): boolean {
  if (!value.startsWith("arn:")) return /^(o-)?[*?]*$/.test(value);
  const [, , , , account, ...resource] = value.split(":");
  if (account === undefined || resource.length === 0) return /[*?]/.test(value);
  return /[*?]/.test(account) || (account === "" && /^[*?]/.test(resource.join(":")));
}
