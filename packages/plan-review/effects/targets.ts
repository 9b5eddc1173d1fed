import type { ClassifiedChange } from "../classify/classify";
import { isEmpty } from "../classify/meaning";
import { isObject } from "../read/plan";
import { withoutKeys } from "../read/references";
import { after, before, type Subject, unknownAfter } from "./effect";
import { isCreated, type Resource } from "./resources";

/** By a reference, by a name, or because the name that the configuration gives is not known yet: then it is created, too. */
export function isAttachedToNew(
  change: ClassifiedChange,
  to: readonly string[],
  subject: Subject,
  type?: string,
): boolean {
  const named = to.map((argument) => targetsOf(change, argument, subject, type)).filter(({ length }) => length > 0);
  if (named.length > 0) return named.some((targets) => targets.every(isCreated));
  // What the provider computes is not known yet either, beside what names something that is in no plan.
  const isNamed = to.some((argument) => !isEmpty(after(change, argument)));
  return !isNamed && to.some((argument) => unknownAfter(change, argument) && isConfigured(change, argument, subject));
}

/** An unknown value that the configuration does not give is one that the provider fills in: its default project, what the account has. */
function isConfigured({ stack, address }: ClassifiedChange, argument: string, { plans }: Subject): boolean {
  const references = plans.find((plan) => plan.stack === stack)?.references.get(withoutKeys(address));
  return references === undefined || (references[argument] ?? []).length > 0;
}

/** What an argument names, as far as the plans have it. A name may be that of several types. */
export function targetsOf(
  change: ClassifiedChange,
  argument: string,
  { resourcesAfter: resources }: Subject,
  type?: string,
): readonly Resource[] {
  const own = resources.at(change);
  const referred = own ? resources.referred(own, argument) : [];
  if (referred.length > 0) return referred;
  return [after(change, argument)]
    .flat()
    .flatMap((value) => (isObject(value) ? Object.values(value) : [value]))
    .flatMap((name) => resources.called(name))
    .filter((each) => each !== own && (type === undefined || each.type === type));
}

/** Whether what it names is deleted by the same plans: then nobody misses the setting. */
export function isOfDeleted(
  change: ClassifiedChange,
  from: readonly string[],
  { resourcesBefore, resourcesAfter }: Subject,
): boolean {
  return from.some((argument) => {
    const named = resourcesBefore.called(before(change, argument));
    return named.length > 0 && named.every((each) => resourcesAfter.at(each) === undefined);
  });
}
