import type { ClassifiedChange } from "../../classify/classify";
import { json } from "../../classify/meaning";
import { changedPolicies, inWordsOf } from "../policies/changed-policies";
import { type Grant, grantsOf } from "../policies/policy";
import type { Subject } from "../rule";
import { targetsOf } from "./attached";

/** What a policy that is newly put on a role, a user or an account denies altogether, in words; undefined for nothing. */
export function newDenials(change: ClassifiedChange, subject: Subject): string | undefined {
  const own = changedPolicies(change, subject.plans).flatMap(
    (policy) => inWordsOf(policy, ({ denied }) => denied.filter(isWholesale)) ?? [],
  );
  const named = ["policy_arn", "policy_id"]
    .flatMap((argument) => targetsOf(change, argument, subject))
    .filter(({ values }) => [values.policy, values.content].some((each) => grantsOf(json(each)).some(isWholesale)))
    .map(({ address }) => `what ${address} says`);
  const [first] = [...own, ...named];
  return first === undefined ? undefined : `denied from now on, to what works with it: ${first}`;
}

/** All of a service, on everything, whoever asks. */
function isWholesale({ effect, action, resource, condition }: Grant): boolean {
  const isAll = typeof action !== "string" || /^(\*|[\w-]+:\*)$/.test(action);
  return effect === "Deny" && isAll && resource === "*" && condition === "";
}
