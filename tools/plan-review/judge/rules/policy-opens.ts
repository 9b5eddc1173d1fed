import type { ClassifiedChange } from "../../classify/classify";
import { at, type Json } from "../../read/plan";
import { type ChangedPolicy, changedPolicies, inWordsOf } from "../policies/changed-policies";
import { patternInWords } from "../policies/pattern";
import { type Grant, isEscalation, isForEverybody, isWildcard, policiesIn } from "../policies/policy";
import { after, before, eachChange, type Flag, type Rule } from "../rule";

/** Policies of AWS that allow nearly everything. */
const attached =
  /:policy\/(AdministratorAccess[\w-]*|PowerUserAccess|job-function\/\w+Administrator|[\w-]*FullAccess)$/;
/** Attachments of one and of several, and a role's or a permission set's own lists. */
const attachments = ["policy_arn", "policy_arns", "managed_policy_arn", "managed_policy_arns"];

function attachedIn(values: Json | undefined): string[] {
  return attachments
    .flatMap((name) => at(values, name) ?? [])
    .filter((each): each is string => typeof each === "string" && attached.test(each));
}

const nameNeeded = "name the actions and resources that it needs";

export const policyOpens: Rule = {
  id: "policy-opens",
  severity: "high",
  about: "security",
  speaksOf: /polic(y|ies)/,
  why: "Everybody, or whoever holds a role, may do more than anybody can oversee.",
  check: eachChange((change, { plans }) => {
    const flags = changedPolicies(change, plans).flatMap((policy) => opened(change, policy));
    const had = attachedIn(before(change));
    const given = change.action === "delete" ? [] : attachedIn(after(change)).filter((each) => !had.includes(each));
    return given.length > 0 ? [...flags, { says: `it is given ${given.join(", ")}`, instead: nameNeeded }] : flags;
  }),
};

/** The worst that a policy newly allows. */
function opened(change: ClassifiedChange, policy: ChangedPolicy): Omit<Flag, "change">[] {
  const everybody = inWordsOf(policy, ({ allowed }) => allowed.filter(isForEverybody));
  if (everybody !== undefined)
    return [{ says: `everybody may: ${everybody}`, instead: "name the accounts or roles that need it" }];
  const isTrust = policy.name === "assume_role_policy" && change.action !== "create";
  const trusts = isTrust ? inWordsOf(policy, ({ allowed }) => allowed) : undefined;
  if (trusts !== undefined)
    return [{ says: `more may become this role: ${trusts}`, instead: "name who may, with exact conditions" }];
  const wild = inWordsOf(policy, ({ allowed }) =>
    allowed.filter((grant) => (isWildcard(grant) || isEscalation(grant)) && !isOwnKey(change, grant)),
  );
  return wild === undefined ? [] : [{ says: `it may newly do: ${wild}`, instead: nameNeeded }];
}

/** The account's own roles use a key as their policies say: AWS's usual first statement. */
function isOwnKey({ type, action }: ClassifiedChange, { principal, action: allowed }: Grant): boolean {
  return (
    type === "aws_kms_key" && action === "create" && allowed === "kms:*" && /:root$/.test(patternInWords(principal))
  );
}

export const policyWidens: Rule = {
  id: "policy-widens",
  severity: "medium",
  about: "security",
  speaksOf: /polic(y|ies)/,
  why: "Somebody may do something that they could not before.",
  check: eachChange((change, { plans }) => {
    const flags = change.action === "create" ? [] : changedPolicies(change, plans).flatMap(furtherAllowed);
    const isUnknown = change.unknown.some((path) => /(^|[_.])policy$/.test(path)) && hasPolicy(change);
    return isUnknown ? [...flags, { says: "what its policy allows, only the apply will tell" }] : flags;
  }),
};

/** Of something new the configuration names the policy; what was there without one is not about policies. */
function hasPolicy(change: ClassifiedChange): boolean {
  return change.action === "create" || policiesIn(before(change)).size > 0;
}

/** What the other rule has not told. */
function furtherAllowed(policy: ChangedPolicy): Omit<Flag, "change">[] {
  const isTold = (grant: Grant) => isForEverybody(grant) || isWildcard(grant) || isEscalation(grant);
  const rest =
    policy.name === "assume_role_policy"
      ? undefined
      : inWordsOf(policy, ({ allowed }) => allowed.filter((grant) => !isTold(grant)));
  const undenied = inWordsOf(policy, (grants) => grants.undenied);
  return [
    ...(rest === undefined ? [] : [{ says: `newly allowed: ${rest}` }]),
    ...(undenied === undefined ? [] : [{ says: `no longer denied: ${undenied}` }]),
  ];
}

export const policyNarrows: Rule = {
  id: "policy-narrows",
  severity: "medium",
  about: "security",
  speaksOf: /polic(y|ies)/,
  why: "Who needs what is taken away is refused from now on.",
  check: eachChange((change, { plans }) => {
    if (change.action === "create") return [];
    return changedPolicies(change, plans)
      .flatMap((policy) => inWordsOf(policy, ({ lost }) => lost) ?? [])
      .map((lost) => ({ says: `no longer allowed: ${lost}` }));
  }),
};
