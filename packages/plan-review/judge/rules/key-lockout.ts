import { changedPolicies, inWordsOf } from "../policies/changed-policies";
import { covers, lowerCase, patternInWords } from "../policies/pattern";
import type { Grant } from "../policies/policy";
import { eachChange, type Rule } from "../rule";

export const keyLockout: Rule = {
  id: "key-lockout",
  severity: "high",
  about: "security",
  speaksOf: /policy/,
  why: "Who may use a key stands in its policy alone: without the account in it nobody can change that again, but AWS's support.",
  check: eachChange((change, { plans }) => {
    if (change.action !== "update" || !/^aws_kms_(\w*key|key_policy)$/.test(change.type)) return [];
    return changedPolicies(change, plans).flatMap((policy) => {
      const lost = inWordsOf(policy, (grants) => (grants.has.some(isManaging) ? [] : grants.lost.filter(isOfAccount)));
      return lost === undefined
        ? []
        : [{ says: `nobody can manage the key any more: ${lost}`, instead: "leave the account in the policy" }];
    });
  }),
};

function isManaging({ effect, action }: Grant): boolean {
  return effect === "Allow" && covers(lowerCase(action), "kms:putkeypolicy");
}

function isOfAccount(grant: Grant): boolean {
  return isManaging(grant) && /(:root|^\d{12})$/.test(patternInWords(grant.principal));
}
