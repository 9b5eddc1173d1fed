import type { ClassifiedChange } from "../../classify/classify";
import { at, type Json } from "../../read/plan";
import { isAttachedToNew, policyTargets } from "../attached/attached";
import { type ChangedPolicy, changedPolicies, inWordsOf } from "../policies/changed-policies";
import { isForAnyWorkflow } from "../policies/conditions";
import { isUnconditional, toOthers } from "../policies/foreign";
import { patternInWords } from "../policies/pattern";
import {
  type Grant,
  isEscalation,
  isForAPlace,
  isForEverybody,
  isHandover,
  isWildcard,
  policiesIn,
} from "../policies/policy";
import { after, before, eachChange, type Flag, type Rule, type Subject } from "../rule";

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

/** Not what is sent on, tried again, kept or scaled. */
const policies = /(^|[_.])(?<!(redrive|redrive_allow|filter|lifecycle|delivery|retry|scaling)_)policy$/;

/** Policies that give nothing: what they do not allow is refused, whatever others allow. */
const limits = /^aws_(vpc_endpoint(_policy)?|organizations_policy)$/;

export const policyOpens: Rule = {
  id: "policy-opens",
  severity: "high",
  about: "security",
  speaksOf: /polic(y|ies)/,
  why: "Everybody, or whoever holds a role, may do more than anybody can oversee.",
  check: eachChange((change, subject) => {
    const policies = limits.test(change.type) ? [] : changedPolicies(change, subject.plans);
    const flags = policies.flatMap((policy) => opened(change, policy, subject));
    const had = attachedIn(before(change));
    const given = change.action === "delete" ? [] : attachedIn(after(change)).filter((each) => !had.includes(each));
    return given.length > 0 ? [...flags, { says: `it is given ${given.join(", ")}`, instead: nameNeeded }] : flags;
  }),
};

interface Opening {
  readonly of: (policy: ChangedPolicy["real"]) => readonly Grant[];
  readonly says: string;
  readonly instead: string;
}

/** The worst that a policy newly allows. */
function opened(change: ClassifiedChange, policy: ChangedPolicy, subject: Subject): Omit<Flag, "change">[] {
  const isTrust = policy.name === "assume_role_policy";
  const openings: readonly Opening[] = [
    {
      of: ({ allowed }) => allowed.filter(isForEverybody),
      says: "everybody may",
      instead: "name the accounts or roles that need it",
    },
    {
      of: ({ allowed }) =>
        allowed.filter(({ principal, condition }) => isForAnyWorkflow(patternInWords(principal), condition)),
      says: "anybody who has an account there may become this role",
      instead: "ask for the sub of the token: the repository and its branch or environment",
    },
    {
      of: (grants) => openedToOthers(change, grants, subject),
      says: isTrust ? "another account may become this role" : "another account may",
      instead: "ask for an external id or for the organization, or keep it to one account",
    },
    {
      of: ({ allowed }) => (isTrust && change.action !== "create" ? allowed : []),
      says: "more may become this role",
      instead: "name who may, with exact conditions",
    },
    {
      of: ({ allowed }) =>
        allowed.filter((grant) => (isWildcard(grant) || isEscalation(grant)) && !isOwnKey(change, grant)),
      says: "it may newly do",
      instead: nameNeeded,
    },
  ];
  for (const { of, says, instead } of openings) {
    const found = inWordsOf(policy, of);
    if (found !== undefined) return [{ says: `${says}: ${found}`, instead }];
  }
  return [];
}

/** A role, and what was there before; of something new, the other rule tells. */
function openedToOthers(change: ClassifiedChange, grants: ChangedPolicy["real"], subject: Subject): Grant[] {
  const isOfSomethingNew =
    change.action === "create" && (!/_policy$/.test(change.type) || isAttachedToNew(change, policyTargets, subject));
  return isOfSomethingNew && change.type !== "aws_iam_role"
    ? []
    : toOthers(grants, subject.plans).filter((grant) => isUnconditional(grant) && !isOwnKey(change, grant));
}

/** The account's own roles use a key as their policies say: AWS's usual first statement. */
function isOwnKey({ type, action }: ClassifiedChange, { principal, action: allowed }: Grant): boolean {
  return (
    /^aws_kms_(\w*key|key_policy)$/.test(type) &&
    action === "create" &&
    allowed === "kms:*" &&
    /:root$/.test(patternInWords(principal))
  );
}

export const policyWidens: Rule = {
  id: "policy-widens",
  severity: "medium",
  about: "security",
  speaksOf: /polic(y|ies)/,
  why: "Somebody may do something that they could not before.",
  check: eachChange((change, subject) => {
    const flags = changedPolicies(change, subject.plans).flatMap((policy) => furtherAllowed(change, policy, subject));
    const isUnknown = change.unknown.some((path) => policies.test(path)) && hasPolicy(change);
    return isUnknown ? [...flags, { says: "what its policy allows, only the apply will tell" }] : flags;
  }),
};

/** Of something new the configuration names the policy; what was there without one is not about policies. */
function hasPolicy(change: ClassifiedChange): boolean {
  return change.action === "create" || policiesIn(before(change)).size > 0;
}

/** What the other rule has not told. */
function furtherAllowed(change: ClassifiedChange, policy: ChangedPolicy, subject: Subject): Omit<Flag, "change">[] {
  const rest = inWordsOf(policy, (grants) => further(change, policy.name, grants, subject));
  const undenied = change.action === "create" ? undefined : inWordsOf(policy, (grants) => grants.undenied);
  return [
    ...(rest === undefined ? [] : [{ says: `newly allowed: ${rest}` }]),
    ...(undenied === undefined ? [] : [{ says: `no longer denied: ${undenied}` }]),
  ];
}

/** Of something new only what goes to others, or into other hands. */
function further(change: ClassifiedChange, name: string, grants: ChangedPolicy["real"], subject: Subject): Grant[] {
  if (limits.test(change.type)) return change.action === "create" ? [] : [...grants.allowed];
  const told = openedToOthers(change, grants, subject);
  const isTold = (grant: Grant) =>
    isForEverybody(grant) || told.includes(grant) || isWildcard(grant) || isEscalation(grant);
  const rest = grants.allowed.filter((grant) => !isTold(grant));
  if (change.action !== "create") return name === "assume_role_policy" ? [] : rest;
  const others = toOthers(grants, subject.plans);
  return rest.filter((grant) => isHandover(grant) || isForAPlace(grant) || others.includes(grant));
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
