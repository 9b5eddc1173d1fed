import { canonical, json } from "../../classify/meaning";
import { isObject, type Json, type JsonObject } from "../../read/plan";

/** One thing that a policy allows or denies, to whom, on what, and when. */
export interface Grant {
  readonly effect: "Allow" | "Deny";
  /** Empty in a role's own policies. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Canonical JSON; empty without one. */
  readonly condition: string;
}

/** Policies among a resource's arguments, by the argument's name. */
export function policiesIn(values: Json | undefined): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  if (!isObject(values)) return found;
  for (const [name, value] of Object.entries(values)) {
    const document = json(value);
    if (isObject(document) && document.Statement !== undefined) found.set(name, document);
    if (name !== "inline_policy" || !Array.isArray(value)) continue;
    for (const inline of value) {
      const inner = isObject(inline) ? json(inline.policy) : undefined;
      if (inner !== undefined) found.set(`inline_policy ${(inline as JsonObject).name}`, inner);
    }
  }
  return found;
}

export function grantsOf(document: Json | undefined): Grant[] {
  if (!isObject(document)) return [];
  return list(document.Statement).flatMap((statement) => (isObject(statement) ? grantsIn(statement) : []));
}

function grantsIn(statement: JsonObject): Grant[] {
  const effect = statement.Effect === "Deny" ? "Deny" : "Allow";
  const condition = isObject(statement.Condition) ? canonical(statement.Condition) : "";
  const principals = principalsOf(statement.Principal, "").concat(principalsOf(statement.NotPrincipal, "all but "));
  const actions = [...texts(statement.Action), ...texts(statement.NotAction).map((each) => `all but ${each}`)];
  const resources = [...texts(statement.Resource), ...texts(statement.NotResource).map((each) => `all but ${each}`)];
  return (principals.length > 0 ? principals : [""]).flatMap((principal) =>
    actions.flatMap((action) =>
      (resources.length > 0 ? resources : [""]).map((resource) => ({ effect, principal, action, resource, condition })),
    ),
  );
}

function principalsOf(principal: Json | undefined, prefix: string): string[] {
  if (isObject(principal)) {
    return Object.entries(principal).flatMap(([kind, names]) =>
      texts(names).map((name) => `${prefix}${kind === "AWS" ? "" : `${kind} `}${name}`),
    );
  }
  return texts(principal).map((name) => prefix + name);
}

/** What is allowed after and was not before. */
export function widened(before: readonly Grant[], after: readonly Grant[]): Grant[] {
  const allowed = before.filter(({ effect }) => effect === "Allow");
  return after.filter((grant) => grant.effect === "Allow" && !allowed.some((wider) => covers(wider, grant)));
}

/** What is denied before and no longer after. */
export function noLongerDenied(before: readonly Grant[], after: readonly Grant[]): Grant[] {
  const denied = after.filter(({ effect }) => effect === "Deny");
  return before.filter((grant) => grant.effect === "Deny" && !denied.some((wider) => covers(wider, grant)));
}

function covers(wider: Grant, grant: Grant): boolean {
  return (
    matches(wider.principal, grant.principal) &&
    matches(wider.action.toLowerCase(), grant.action.toLowerCase()) &&
    matches(wider.resource, grant.resource) &&
    (wider.condition === "" || wider.condition === grant.condition)
  );
}

/** IAM's patterns: `*` is anything, `?` one character. */
function matches(pattern: string, text: string): boolean {
  if (pattern === text || pattern === "*") return true;
  if (!/[*?]/.test(pattern)) return false;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`).test(text);
}

/** Everybody, and nothing in the condition narrows it to ours. */
export function isForEverybody({ principal, condition }: Grant): boolean {
  return (
    principal === "*" &&
    !/SourceAccount|SourceArn|SourceOrg|PrincipalOrg|PrincipalAccount|PrincipalArn|SourceVpc|CallerAccount/i.test(
      condition,
    )
  );
}

/** `s3:*`, or everything. */
export function isWildcard({ action }: Grant): boolean {
  return action === "*" || action.endsWith(":*") || action.startsWith("all but ");
}

/** With these a role can make itself, or another, into anything. */
export function isEscalation({ action }: Grant): boolean {
  return /^iam:(PassRole|CreateRole|(Put|Attach)(Role|User|Group)Policy|CreatePolicyVersion|SetDefaultPolicyVersion|UpdateAssumeRolePolicy|CreateAccessKey|Delete(Role|User)PermissionsBoundary|AddUserToGroup)$/i.test(
    action,
  );
}

export function inWords({ principal, action, resource, condition }: Grant): string {
  const on = resource === "" ? "" : ` on ${resource}`;
  const when = condition === "" ? "" : `, if ${condition}`;
  return `${principal === "" ? "" : `${principal}: `}${action}${on}${when}`;
}

/** A few of many. */
export function summed(grants: readonly Grant[], most = 4): string {
  const more = grants.length - most;
  return grants.slice(0, most).map(inWords).join("; ") + (more > 0 ? `; and ${more} more` : "");
}

function texts(value: Json | undefined): string[] {
  return list(value).filter((each): each is string => typeof each === "string");
}

function list(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
