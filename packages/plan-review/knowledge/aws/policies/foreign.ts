import type { Plan } from "../../../read/plan";
import { accountIn, isForeign } from "./accounts";
import { accountsAskedOf } from "./conditions";
import { type Grant, namesEverybody } from "./policy";

/** Of what a policy allows: what goes to accounts that are neither ours nor known to it before. */
export function toOthers(
  { allowed, had }: { readonly allowed: readonly Grant[]; readonly had: readonly Grant[] },
  plans: readonly Plan[],
): Grant[] {
  const knew = new Set(had.flatMap(accountsOf));
  return allowed.filter((grant) =>
    accountsOf(grant).some((account) => !knew.has(account) && isForeign(account, plans)),
  );
}

/** Whether somebody there has to show no more than to be there: no external id, no organization. */
export function isUnconditional(grant: Grant): boolean {
  return namesEverybody(grant) || grant.condition === "";
}

function accountsOf(grant: Grant): string[] {
  return namesEverybody(grant) ? accountsAskedOf(grant.condition) : [accountIn(grant.principal) ?? []].flat();
}
