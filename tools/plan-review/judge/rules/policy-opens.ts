import type { ClassifiedChange } from "../../classify/classify";
import { at, type Json } from "../../read/plan";
import { patternInWords } from "../policies/pattern";
import {
  type Grant,
  grantsOf,
  isEscalation,
  isForEverybody,
  isWildcard,
  noLongerDenied,
  policiesIn,
  summed,
  widened,
} from "../policies/policy";
import { after, before, eachChange, type Flag, type Rule } from "../rule";

/** What each policy of a change newly allows, and no longer denies. */
function newly(change: ClassifiedChange): { name: string; allowed: Grant[]; undenied: Grant[]; lost: Grant[] }[] {
  if (change.action === "delete" || change.action === "forget") return [];
  const [were, are] = [policiesIn(before(change)), policiesIn(after(change))];
  return [...are].map(([name, document]) => {
    const [old, now] = [grantsOf(were.get(name)), grantsOf(document)];
    return { name, allowed: widened(old, now), undenied: noLongerDenied(old, now), lost: widened(now, old) };
  });
}

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
  why: "Everybody, or whoever holds a role, may do more than anybody can oversee.",
  check: eachChange((change) => {
    const flags = newly(change).flatMap(({ name, allowed }): Omit<Flag, "change">[] => {
      const everybody = allowed.filter(isForEverybody);
      if (everybody.length > 0)
        return [{ says: `everybody may: ${summed(everybody)}`, instead: "name the accounts or roles that need it" }];
      const trusts = name === "assume_role_policy" && change.action !== "create" ? allowed : [];
      if (trusts.length > 0)
        return [
          { says: `more may become this role: ${summed(trusts)}`, instead: "name who may, with exact conditions" },
        ];
      const wild = allowed.filter((grant) => (isWildcard(grant) || isEscalation(grant)) && !isOwnKey(change, grant));
      return wild.length > 0 ? [{ says: `it may newly do: ${summed(wild)}`, instead: nameNeeded }] : [];
    });
    const had = attachedIn(before(change));
    const given = change.action === "delete" ? [] : attachedIn(after(change)).filter((each) => !had.includes(each));
    return given.length > 0 ? [...flags, { says: `it is given ${given.join(", ")}`, instead: nameNeeded }] : flags;
  }),
};

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
  why: "Somebody may do something that they could not before.",
  check: eachChange((change) => {
    if (change.action === "create") return [];
    const flags = newly(change).flatMap(({ name, allowed, undenied }): Omit<Flag, "change">[] => [
      ...told(name, allowed),
      ...(undenied.length > 0 ? [{ says: `no longer denied: ${summed(undenied)}` }] : []),
    ]);
    const isUnknown = change.unknown.some((path) => /(^|_)policy$/.test(path)) && policiesIn(before(change)).size > 0;
    return isUnknown ? [...flags, { says: "its policy changes, and only the apply will tell how" }] : flags;
  }),
};

/** What the other rule has not told. */
function told(name: string, allowed: readonly Grant[]): Omit<Flag, "change">[] {
  const rest =
    name === "assume_role_policy"
      ? []
      : allowed.filter((grant) => !isForEverybody(grant) && !isWildcard(grant) && !isEscalation(grant));
  return rest.length > 0 ? [{ says: `newly allowed: ${summed(rest)}` }] : [];
}

export const policyNarrows: Rule = {
  id: "policy-narrows",
  severity: "medium",
  about: "security",
  why: "Who needs what is taken away is refused from now on.",
  check: eachChange((change) =>
    change.action === "create"
      ? []
      : newly(change).flatMap(({ lost }) => (lost.length > 0 ? [{ says: `no longer allowed: ${summed(lost)}` }] : [])),
  ),
};
