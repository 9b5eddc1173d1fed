import { canonical, json } from "../../../classify/meaning";
import { isObject, type Json, type JsonObject } from "../../../read/plan";
import { isNarrowedToOurs, isNarrowedToPlace } from "./conditions";
import { covers, lowerCase, type Pattern, patternInWords } from "./pattern";

/** One thing that a policy allows or denies, to whom, on what, and when. */
export interface Grant {
  readonly effect: "Allow" | "Deny";
  /** Empty in a role's own policies. */
  readonly principal: Pattern;
  readonly action: Pattern;
  readonly resource: Pattern;
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
  const principals = [...principalsOf(statement.Principal), ...allBut(principalsOf(statement.NotPrincipal))];
  const actions = [...texts(statement.Action), ...allBut(texts(statement.NotAction))];
  const resources = [...texts(statement.Resource), ...allBut(texts(statement.NotResource))];
  return orNone(principals).flatMap((principal) =>
    actions.flatMap((action) =>
      orNone(resources).map((resource) => ({ effect, principal, action, resource, condition })),
    ),
  );
}

function orNone(patterns: readonly Pattern[]): readonly Pattern[] {
  return patterns.length > 0 ? patterns : [""];
}

/** One thing, however many it leaves out. */
function allBut(names: readonly string[]): Pattern[] {
  return names.length > 0 ? [{ allBut: [...names].sort() }] : [];
}

function principalsOf(principal: Json | undefined): string[] {
  if (!isObject(principal)) return texts(principal);
  return Object.entries(principal).flatMap(([kind, names]) =>
    texts(names).map((name) => (kind === "AWS" ? name : `${kind} ${name}`)),
  );
}

/** What is allowed after and was not before. */
export function widened(before: readonly Grant[], after: readonly Grant[]): Grant[] {
  return notIn(before, after, "Allow");
}

/** What is denied before and no longer after. */
export function noLongerDenied(before: readonly Grant[], after: readonly Grant[]): Grant[] {
  return notIn(after, before, "Deny");
}

/** Those of some grants that none of the others covers. A policy's grants are each action with each resource: few of both, and many pairs. */
function notIn(others: readonly Grant[], grants: readonly Grant[], effect: Grant["effect"]): Grant[] {
  const wider = groupedBy(
    others.filter((other) => other.effect === effect),
    ({ action }) => lowerCase(action),
  ).map(([action, same]) => [action, groupedBy(same, ({ resource }) => resource)] as const);
  return groupedBy(
    grants.filter((grant) => grant.effect === effect),
    ({ action }) => lowerCase(action),
  ).flatMap(([action, same]) => {
    const candidates = wider.filter(([each]) => covers(each, action)).flatMap(([, byResource]) => byResource);
    const isCovered = ({ resource, principal, condition }: Grant) =>
      candidates.some(
        ([each, all]) =>
          covers(each, resource) &&
          all.some((other) => covers(other.principal, principal) && ["", condition].includes(other.condition)),
      );
    return same.filter((grant) => !isCovered(grant));
  });
}

function groupedBy(grants: readonly Grant[], of: (grant: Grant) => Pattern): [Pattern, Grant[]][] {
  const groups = new Map<string, [Pattern, Grant[]]>();
  for (const grant of grants) {
    const pattern = of(grant);
    const key = JSON.stringify(pattern);
    const group = groups.get(key);
    if (group) group[1].push(grant);
    else groups.set(key, [pattern, [grant]]);
  }
  return [...groups.values()];
}

/** Everybody, or everybody but some. */
export function namesEverybody({ principal }: Grant): boolean {
  return principal === "*" || typeof principal !== "string";
}

/** Everybody, and nothing in the condition narrows it to ours, or to a place. */
export function isForEverybody(grant: Grant): boolean {
  return namesEverybody(grant) && !isNarrowedToOurs(grant.condition) && !isNarrowedToPlace(grant.condition);
}

/** Whoever comes from some addresses, whoever that is. */
export function isForAPlace(grant: Grant): boolean {
  return namesEverybody(grant) && !isNarrowedToOurs(grant.condition) && isNarrowedToPlace(grant.condition);
}

/** Patterns that are no more than their names say: of reading, of what users of a key need, and of writing logs and traces. */
const narrow = new RegExp(
  [
    "^[\\w-]+:(Get|List|Describe|Head|BatchGet|Query|Scan|View)\\w*\\*$",
    "^kms:(Encrypt|Decrypt|ReEncrypt|GenerateDataKey)\\w*\\*$",
    "^((logs:(Create|Put)|xray:Put)\\w*|ssmmessages:\\w*)\\*$",
  ].join("|"),
  "i",
);

/** `s3:*`, `s3:*Object`, everything, or everything but some. */
export function isWildcard({ action }: Grant): boolean {
  return typeof action !== "string" || (/[*?]/.test(action) && !narrow.test(action));
}

/** With these a role can make itself, or another, into anything. */
const escalations = [
  "iam:passrole",
  "iam:createrole",
  "iam:createpolicyversion",
  "iam:setdefaultpolicyversion",
  "iam:updateassumerolepolicy",
  "iam:createaccesskey",
  "iam:createloginprofile",
  "iam:updateloginprofile",
  "iam:addusertogroup",
  "iam:deleterolepermissionsboundary",
  "iam:deleteuserpermissionsboundary",
  ...["role", "user", "group"].flatMap((of) => [`iam:put${of}policy`, `iam:attach${of}policy`]),
];

/** Also by a pattern: `iam:Pass*`. */
export function isEscalation(grant: Grant): boolean {
  const action = lowerCase(grant.action);
  if (isHandover(grant)) return false;
  return escalations.some((each) => covers(action, each)) || (isOfAnyRole(grant) && covers(action, "sts:assumerole"));
}

/** Roles that are named, and handed to one service of AWS: what every deploy needs. */
export function isHandover({ action, resource, condition }: Grant): boolean {
  const isNamed = typeof resource === "string" && !/[*?]/.test(resource);
  return lowerCase(action) === "iam:passrole" && isNamed && /"iam:PassedToService"/i.test(condition);
}

/** Of a role's own policies: whatever role there is in an account, or in any. */
function isOfAnyRole({ principal, resource }: Grant): boolean {
  return principal === "" && (typeof resource !== "string" || /^\*$|:iam::[*?]|:role\/\*$/.test(resource));
}

export function inWords({ principal, action, resource, condition }: Grant): string {
  const who = principal === "" ? "" : `${patternInWords(principal)}: `;
  const on = resource === "" ? "" : ` on ${patternInWords(resource)}`;
  const when = condition === "" ? "" : `, if ${condition}`;
  return `${who}${patternInWords(action)}${on}${when}`;
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
