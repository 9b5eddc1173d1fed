import type { ClassifiedChange } from "../../../classify/classify";
import { json } from "../../../classify/meaning";
import {
  after,
  before,
  cutsOff,
  type Effect,
  givesAccess,
  givesControl,
  look,
  type Subject,
} from "../../../effects/effect";
import { isAttachedToNew, targetsOf } from "../../../effects/targets";
import { later } from "../../arguments";
import type { Place, WithNew } from "../../knowledge";
import { type ChangedPolicy, changedPolicies, inWordsOf } from "./changed-policies";
import { isForAnyWorkflow } from "./conditions";
import { isUnconditional, toOthers } from "./foreign";
import { covers, lowerCase, patternInWords } from "./pattern";
import {
  type Grant,
  grantsOf,
  isEscalation,
  isForAPlace,
  isForEverybody,
  isHandover,
  isWildcard,
  namesEverybody,
  policiesIn,
} from "./policy";

/**
 * identity: what a role, a user or a group may do. trust: who may become a role. resource: who may use a resource; `on` names it.
 * key: the same of a key, whose policy alone counts. limit: what others allow is refused unless this allows it, too.
 */
export type PolicyKind = "identity" | "trust" | "resource" | "key" | "limit";

const nameNeeded = "name the actions and resources that it needs";

interface Opening {
  readonly of: (grants: ChangedPolicy["real"]) => readonly Grant[];
  readonly effect: Effect;
}

/** What a policy newly allows, denies and no longer allows. */
export function policy(kind: PolicyKind, on: readonly string[] = []): WithNew {
  const meaning = (place: Place): readonly Effect[] => {
    const { change, subject } = place;
    const policies = changedPolicies(change, subject.plans);
    const isRemoved =
      place.before !== undefined && place.after === undefined && !place.isLater && policies.length === 0;
    if (isRemoved)
      return [cutsOffALittle(`Removes ${place.path}: who had access by it is refused, what it denied is allowed`)];
    const found = policies.flatMap((each) => effectsOf(kind, on, change, each, subject));
    return place.isLater && isOfPolicy(change) ? [...found, laterOf(place)] : found;
  };
  return { changed: meaning, whenNew: meaning };
}

function cutsOffALittle(says: string): Effect {
  return { ...cutsOff(says), verdict: "look", outage: "none" };
}

function laterOf(place: Place): Effect {
  return { ...later(place), ...givesAccess(`What ${place.path} allows will be known only after the apply`) };
}

/** Of something new the configuration names the policy; what was there without one is not about policies. */
function isOfPolicy(change: ClassifiedChange): boolean {
  return change.action === "create" || policiesIn(before(change)).size > 0;
}

function effectsOf(
  kind: PolicyKind,
  on: readonly string[],
  change: ClassifiedChange,
  policy: ChangedPolicy,
  subject: Subject,
): Effect[] {
  const isNew = change.action === "create";
  if (kind === "limit") return limitEffects(isNew, policy);
  const isOfSomethingNew = isNew && (on.length === 0 ? kind !== "trust" : isAttachedToNew(change, on, subject));
  const others = (grants: ChangedPolicy["real"]) =>
    isOfSomethingNew
      ? []
      : toOthers(grants, subject.plans).filter((grant) => isUnconditional(grant) && !isOwnKey(kind, isNew, grant));
  const opening = worst(kind, isNew, policy, others);
  const isTold = (grant: Grant) => isForEverybody(grant) || isWildcard(grant) || isEscalation(grant);
  const further = (grants: ChangedPolicy["real"]) => {
    const told = others(grants);
    const rest = grants.allowed.filter((grant) => !isTold(grant) && !told.includes(grant));
    if (!isNew) return kind === "trust" ? [] : rest;
    const foreign = toOthers(grants, subject.plans);
    const isOnExisting = kind === "identity" && on.length > 0 && !isOfSomethingNew;
    return rest.filter((grant) => isOnExisting || isHandover(grant) || isForAPlace(grant) || foreign.includes(grant));
  };
  const rest = inWordsOf(policy, further);
  const undenied = isNew ? undefined : inWordsOf(policy, ({ undenied }) => undenied);
  const lost = isNew ? undefined : inWordsOf(policy, (grants) => grants.lost);
  const denied = inWordsOf(policy, (grants) =>
    isNew && isOfSomethingNew ? [] : grants.denied.filter(isWholesale(kind)),
  );
  const refused =
    kind === "identity" && isNew && !isOfSomethingNew && denied === undefined
      ? inWordsOf(policy, (grants) => grants.denied)
      : undefined;
  return [
    ...lockout(kind, policy),
    ...(denied === undefined
      ? []
      : [cutsOff(`Denies from now on: ${denied}`, "deny some actions, or try it on one that nobody uses first")]),
    ...opening,
    ...(rest === undefined ? [] : [givesAccess(`Newly allows: ${rest}`)]),
    ...(refused === undefined ? [] : [look(`Denies: ${refused}`)]),
    ...(undenied === undefined ? [] : [givesAccess(`No longer denies: ${undenied}`)]),
    ...(lost === undefined ? [] : [look(`No longer allows: ${lost}`)]),
  ];
}

function limitEffects(isNew: boolean, policy: ChangedPolicy): Effect[] {
  if (isNew) return [];
  const allowed = inWordsOf(policy, (grants) => grants.allowed);
  const undenied = inWordsOf(policy, (grants) => grants.undenied);
  const lost = inWordsOf(policy, (grants) => [...grants.lost, ...grants.denied]);
  return [
    ...(allowed === undefined ? [] : [givesAccess(`No longer blocks: ${allowed}`)]),
    ...(undenied === undefined ? [] : [givesAccess(`No longer denies: ${undenied}`)]),
    ...(lost === undefined ? [] : [look(`Blocks from now on: ${lost}`)]),
  ];
}

/** The worst that it newly allows. */
function worst(
  kind: PolicyKind,
  isNew: boolean,
  policy: ChangedPolicy,
  others: (grants: ChangedPolicy["real"]) => readonly Grant[],
): Effect[] {
  const openings: readonly Opening[] = [
    {
      of: ({ allowed }) => allowed.filter(isForEverybody),
      effect: { ...givesControl("Everybody may", "name the accounts or roles that need it"), kind: "exposes" },
    },
    {
      of: ({ allowed }) =>
        allowed.filter(({ principal, condition }) => isForAnyWorkflow(patternInWords(principal), condition)),
      effect: givesControl(
        "Anybody with an account there may become this role",
        "require the sub of the token: the repository and its branch or environment",
      ),
    },
    {
      of: others,
      effect: givesControl(
        kind === "trust" ? "Another account may become this role" : "Another account may",
        "require an external id or the organization, or keep it to one account",
      ),
    },
    {
      of: ({ allowed }) => (kind === "trust" && !isNew ? allowed : []),
      effect: givesControl("More may become this role", "name who may, with exact conditions"),
    },
    {
      of: ({ allowed }) =>
        allowed.filter((grant) => (isWildcard(grant) || isEscalation(grant)) && !isOwnKey(kind, isNew, grant)),
      effect: givesControl("Gives wide access", nameNeeded),
    },
  ];
  for (const { of, effect } of openings) {
    const found = inWordsOf(policy, of);
    // Who it is stands in the sentence already.
    if (found !== undefined) return [{ ...effect, says: `${effect.says}: ${found.replace(/(^|; )\*: /g, "$1")}` }];
  }
  return [];
}

/** The account's own roles use a key as their policies say: AWS's usual first statement. */
function isOwnKey(kind: PolicyKind, isNew: boolean, { principal, action }: Grant): boolean {
  return kind === "key" && isNew && action === "kms:*" && /:root$/.test(patternInWords(principal));
}

/** Who may use a key stands in its policy alone: without the account in it nobody can change that again, but AWS's support. */
function lockout(kind: PolicyKind, policy: ChangedPolicy): Effect[] {
  if (kind !== "key") return [];
  const lost = inWordsOf(policy, (grants) => (grants.has.some(isManaging) ? [] : grants.lost.filter(isOfAccount)));
  return lost === undefined
    ? []
    : [
        cutsOff(
          `Locks everybody out of the key: nobody can manage it any more (${lost})`,
          "leave the account in the policy",
        ),
      ];
}

function isManaging({ effect, action }: Grant): boolean {
  return effect === "Allow" && covers(lowerCase(action), "kms:putkeypolicy");
}

function isOfAccount(grant: Grant): boolean {
  return isManaging(grant) && /(:root|^\d{12})$/.test(patternInWords(grant.principal));
}

/** Of a resource: whoever asks, unless without TLS, which most policies deny. Of a role: all of a service, on everything. */
function isWholesale(kind: PolicyKind): (grant: Grant) => boolean {
  return (grant) => {
    if (grant.effect !== "Deny") return false;
    if (kind !== "identity") return namesEverybody(grant) && !/SecureTransport|TlsVersion/i.test(grant.condition);
    const isAll = typeof grant.action !== "string" || /^(\*|[\w-]+:\*)$/.test(grant.action);
    return isAll && grant.resource === "*" && grant.condition === "";
  };
}

/** Policies of AWS that allow nearly everything. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html */
const wide = /:policy\/(AdministratorAccess[\w-]*|PowerUserAccess|job-function\/\w+Administrator|[\w-]*FullAccess)$/;

/** A managed policy that is attached: also to something new. */
export function attachedPolicies(on: readonly string[] = [], type?: string): WithNew {
  const meaning = (place: Place): Effect | undefined => {
    const arn = typeof place.after === "string" ? place.after : undefined;
    if (arn !== undefined && wide.test(arn)) return givesControl(`Gives wide access: attaches ${arn}`, nameNeeded);
    const { change, subject } = place;
    if (change.action === "create") return attachedToExisting(change, subject, on, arn, type);
    if (place.isLater) return later(place);
    return arn === undefined
      ? cutsOff(`Removes access: detaches ${String(place.before)}`)
      : givesAccess(`Attaches ${arn}`);
  };
  return { changed: meaning, whenNew: meaning };
}

function attachedToExisting(
  change: ClassifiedChange,
  subject: Subject,
  on: readonly string[],
  arn: string | undefined,
  type?: string,
): Effect | undefined {
  if (on.length === 0 || isAttachedToNew(change, on, subject, type)) return undefined;
  const denying = ["policy_arn", "policy_id"]
    .flatMap((argument) => targetsOf(change, argument, subject))
    .find(({ values }) =>
      [values.policy, values.content].some((each) => grantsOf(json(each)).some(isWholesale("identity"))),
    );
  if (denying !== undefined) {
    return cutsOff(`Denies from now on what ${denying.address} says`, "try it on one that nobody uses first");
  }
  return givesAccess(`Gives more access: ${arn === undefined ? "a new policy" : arn.replace(/^.*:policy\//, "")}`);
}

/** What a new policy on everything denies cannot be seen where the plans do not have the policy. */
export function deniedBy(change: ClassifiedChange, subject: Subject): Effect | undefined {
  const known = targetsOf(change, "policy_id", subject);
  const isHarmless =
    known.length > 0 && known.every(({ values }) => !grantsOf(json(values.content)).some(isWholesale("identity")));
  if (isHarmless) return look(`Limits what ${String(after(change, "target_id"))} may do`);
  return cutsOff(
    `May deny access in every account under ${String(after(change, "target_id"))}: a new limit applies at once`,
    "attach it to one account first",
  );
}
