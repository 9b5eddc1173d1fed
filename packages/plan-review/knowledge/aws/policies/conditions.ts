import { json } from "../../../classify/meaning";
import { isObject, type Json } from "../../../read/plan";
import { isEverybody } from "../reach/rules";
import { accountIn } from "./accounts";

/** What says who asks: an account, an organization, a resource or a network of ours. */
const ours =
  /SourceAccount|SourceOwner|SourceArn|SourceOrg|PrincipalOrg|PrincipalAccount|PrincipalArn|SourceVpc|CallerAccount/i;
/** Only what must be equal narrows: not what must differ (`StringNotEquals`), or may be absent (`IfExists`, `ForAllValues`, `Null`). */
const mustBeEqual = /^(ForAnyValue:)?(String|Arn)(Equals|Like)(IgnoreCase)?$/i;

/** Whether a condition, as canonical JSON, leaves only ours of everybody. */
export function isNarrowedToOurs(condition: string): boolean {
  return requirementsOf(condition).some(
    ({ operator, key, values }) =>
      mustBeEqual.test(operator) && ours.test(key) && values.every((value) => !isAnybodys(value)),
  );
}

/** Whether it leaves only who comes from some addresses, or through a file system's mount target, which has security groups. */
export function isNarrowedToPlace(condition: string): boolean {
  return requirementsOf(condition).some(({ operator, key, values }) => {
    if (/^elasticfilesystem:AccessedViaMountTarget$/i.test(key)) return operator === "Bool" && values.join() === "true";
    return operator === "IpAddress" && /^aws:SourceIp$/i.test(key) && !values.some(isEverybody);
  });
}

/** The accounts that a condition asks of who comes. */
export function accountsAskedOf(condition: string): string[] {
  return requirementsOf(condition)
    .filter(({ operator, key }) => mustBeEqual.test(operator) && /^aws:Principal(Account|Arn)$/i.test(key))
    .flatMap(({ values }) => values.flatMap((value) => accountIn(value) ?? []));
}

/** Identity providers that everybody can have an account with, and whose tokens therefore have to be told apart. */
const shared =
  /oidc-provider\/(token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|agent\.buildkite\.com)/;

/** Whether anybody's workflow at such a provider may come: nothing but the audience is asked of the token. */
export function isForAnyWorkflow(federated: string, condition: string): boolean {
  return (
    shared.test(federated) &&
    !requirementsOf(condition).some(
      ({ operator, key, values }) =>
        mustBeEqual.test(operator) &&
        !/:aud$|^aws:/i.test(key) &&
        values.every((value) => !/^(repo:|project_path:|organization:)?[*?]/.test(value)),
    )
  );
}

interface Requirement {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

function requirementsOf(condition: string): Requirement[] {
  const operators = json(condition);
  if (!isObject(operators)) return [];
  return Object.entries(operators).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => ({ operator, key, values: texts(values) })),
  );
}

function texts(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** `*`, any organization, or an ARN of any account: a bucket's has no account, and is told by its name. */
function isAnybodys(value: string): boolean {
  if (!value.startsWith("arn:")) return /^(o-)?[*?]*$/.test(value);
  const [, , , , account, ...resource] = value.split(":");
  if (account === undefined || resource.length === 0) return /[*?]/.test(value);
  return /[*?]/.test(account) || (account === "" && /^[*?]/.test(resource.join(":")));
}
