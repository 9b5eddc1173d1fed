import { list } from "../../classify/meaning";
import {
  after,
  before,
  cutsOff,
  type Effect,
  exposes,
  givesAccess,
  givesControl,
  type Subject,
  words,
} from "../../effects/effect";
import { isAttachedToNew, isOfDeleted } from "../../effects/targets";
import { any, harmless, read } from "../arguments";
import type { Meaning, Place, TypeKnowledge } from "../knowledge";
import { grants } from "../roles";

/** Roles by which somebody can make himself anything. https://cloud.google.com/iam/docs/roles-overview#basic */
const wide =
  /^roles\/(owner|editor|iam\.(securityAdmin|serviceAccountAdmin|serviceAccountKeyAdmin|serviceAccountTokenCreator|organizationRoleAdmin|roleAdmin)|resourcemanager\.\w+Admin|orgpolicy\.policyAdmin|billing\.admin)$/;

const isAnybody = (member: unknown) => member === "allUsers" || member === "allAuthenticatedUsers";

function worst(members: readonly unknown[], role: string): Effect | undefined {
  if (members.some(isAnybody))
    return exposes(`Lets everybody in: ${role} to ${members.find(isAnybody)}`, "name who needs it");
  if (members.length > 0 && wide.test(role))
    return givesControl(`Gives wide access: ${role} to ${members.map(String).join(", ")}`, "give a narrower role");
  return undefined;
}

type Change = Parameters<typeof after>[0];
const membersOf = (change: Change) =>
  [...list(after(change, "members")), after(change, "member")].filter((each) => each !== undefined && each !== null);

/** One member more, of what is there. */
function newMember(on: readonly string[]): Meaning {
  return (change, subject) => {
    const [members, role] = [membersOf(change), words(after(change, "role"))];
    return (
      worst(members, role) ??
      (isNew(change, subject, on)
        ? undefined
        : givesAccess(`Gives ${role} to ${members.map(words).join(", ") || "somebody new"}`))
    );
  };
}

/** The thing, or the account that gets the role. */
function isNew(change: Change, subject: Subject, on: readonly string[]): boolean {
  return isAttachedToNew(change, on, subject) || isAttachedToNew(change, ["member"], subject);
}

/** Whoever has the role and is not named loses it. https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_iam */
function newBinding(on: readonly string[]): Meaning {
  return (change, subject) => {
    const [members, role] = [membersOf(change), words(after(change, "role"))];
    if (isAttachedToNew(change, on, subject)) return worst(members, role);
    return (
      worst(members, role) ??
      cutsOff(`Removes ${role} from everybody who is not named here`, "use ..._iam_member, which adds one")
    );
  };
}

function newPolicy(on: readonly string[]): Meaning {
  return (change, subject) =>
    isAttachedToNew(change, on, subject)
      ? undefined
      : cutsOff("Removes every role from everybody who is not in this policy", "use ..._iam_member, which adds one");
}

function members({ path, before: old, after: now, change }: Place): readonly Effect[] {
  const role = words(after(change, "role"));
  const added = now === undefined ? [] : [worst([now], role) ?? givesAccess(`Gives ${role} to ${words(now)}`)];
  const removed = old === undefined ? [] : [cutsOff(`Removes ${role} from ${words(old)}`)];
  return path.startsWith("member") ? [...added, ...removed] : [];
}

function policyData({ before: old, after: now, isLater }: Place): Effect {
  if (isLater) return givesAccess("Changes who may do what: known only after the apply");
  if (/allUsers|allAuthenticatedUsers/.test(words(now)) && !/allUsers|allAuthenticatedUsers/.test(words(old))) {
    return exposes("Lets everybody in: the policy names all users");
  }
  return cutsOff("Replaces who may do what: whoever is not in the new policy is refused");
}

/** `google_storage_bucket_iam_member` and its like: `kind` is what the roles are of. */
export function iamOf(kind: string, on: readonly string[]): Readonly<Record<string, TypeKnowledge>> {
  const noun = "role of somebody";
  const lost: Meaning = (change, subject) =>
    isOfDeleted(change, on, subject)
      ? undefined
      : cutsOff(
          `Removes access: ${words(before(change, "role"))} of ${[
            before(change, "member") ?? "",
            ...list(before(change, "members")),
          ]
            .map(words)
            .filter((each) => each !== "nothing")
            .join(", ")}`,
        );
  const common = {
    ...harmless("etag"),
    condition: read,
    role: any(cutsOff("Gives another role instead")),
    ...Object.fromEntries(on.map((name) => [name, read])),
  };
  return {
    [`${kind}_iam_member`]: {
      ...grants(noun, "a role", newMember(on)),
      deleted: lost,
      replaced: lost,
      arguments: { ...common, member: members },
    },
    [`${kind}_iam_binding`]: {
      ...grants(noun, "a role", newBinding(on)),
      deleted: lost,
      arguments: { ...common, members },
    },
    [`${kind}_iam_policy`]: {
      ...grants(noun, "every role of it", newPolicy(on)),
      arguments: {
        ...common,
        policy_data: {
          changed: policyData,
          whenNew: (place) =>
            /allUsers|allAuthenticatedUsers/.test(words(place.after))
              ? exposes("Lets everybody in: the policy names all users")
              : undefined,
        },
      },
    },
  };
}
