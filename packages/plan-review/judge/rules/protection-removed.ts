import type { ClassifiedChange } from "../../classify/classify";
import type { Difference } from "../../classify/differences";
import { after, differencesAt, eachChange, type Flag, type Rule, stays, words } from "../rule";

const protections =
  /(^|\.)(enable_)?(deletion_protection|deletion_protection_enabled|termination_protection|disable_api_(termination|stop)|deletion_protection_enabled)$/;

export const protectionRemoved: Rule = {
  id: "protection-removed",
  severity: "high",
  about: "security",
  why: "Nothing happens now: the next mistake, or the next attack, is no longer stopped.",
  check: eachChange((change) => [...switchedOff(change), ...deleted(change)]),
};

/** Switches that protect while they are on. */
const switches: readonly (readonly [type: RegExp, path: RegExp, says: string])[] = [
  [/./, protections, "deletion protection is switched off"],
  [
    /^aws_s3_(bucket|account)_public_access_block$/,
    /^(block|ignore|restrict)_/,
    "the lock against public buckets is opened",
  ],
  [/./, /^point_in_time_recovery\.enabled$/, "point-in-time recovery is switched off"],
  [/^aws_kms_key$/, /^is_enabled$/, "the key is disabled: what was encrypted with it cannot be read"],
  [/^aws_efs_backup_policy$/, /^backup_policy\.status$/, "backups are switched off"],
  [/^aws_cognito_user_pool$/, /allow_admin_create_user_only$/, "whoever wants may sign up"],
  [/^aws_guardduty_detector$/, /^enable$/, "GuardDuty is switched off"],
];

/** For how many days, or how many, backups are kept: of databases, caches and file systems. */
const backups =
  /^(backup_retention_period|snapshot_retention_limit|automated_snapshot_retention_period|automatic_backup_retention_days)$/;

/** Arguments that name what guards it. */
const guardedBy: readonly (readonly [name: string, says: string])[] = [
  ["permissions_boundary", "the permissions boundary is removed: nothing limits any more what the role can be given"],
  ["web_acl_id", "nothing filters what comes from the internet any more"],
];

function switchedOff(change: ClassifiedChange): Omit<Flag, "change">[] {
  if (!stays(change)) return [];
  const off = switches.filter(
    ([type, path]) => type.test(change.type) && differencesAt(change, path).some(isSwitchedOff),
  );
  const says = off.map(([, , sentence]) => sentence);
  if (isVersioningOff(change)) says.push("versioning is suspended: what is overwritten or deleted from now on is lost");
  if (differencesAt(change, backups).some(({ after: days }) => days === 0)) says.push("backups are switched off");
  says.push(
    ...differencesAt(change, /./)
      .filter(isOnlyWatched)
      .map(({ path }) => `what was stopped is only watched (${path})`),
  );
  says.push(...guardedBy.filter(([name]) => isGone(change, name)).map(([, sentence]) => sentence));
  return says.map((sentence) => ({ says: sentence }));
}

function isOnlyWatched({ before, after: now }: Difference): boolean {
  const stopping = /^(block|deny|drop|reject|SIGNING)$/i;
  return stopping.test(words(before)) && /^(alert|count|allow|log|monitor|pass|NOT_SIGNING)$/i.test(words(now));
}

function isVersioningOff(change: ClassifiedChange): boolean {
  return differencesAt(change, /^versioning(_configuration)?\.(status|enabled)$/).some(
    ({ before }) => before === "Enabled" || before === true,
  );
}

function isSwitchedOff({ before, after: now }: Difference): boolean {
  // Cognito's words, and a file system's.
  if (before === "ACTIVE" || before === "ENABLED") return now === "INACTIVE" || now === "DISABLED";
  return before === true && now !== true;
}

function isGone(change: ClassifiedChange, name: string): boolean {
  return change.differences.some(({ path }) => path === name) && !after(change, name);
}

const guards = new Map(
  Object.entries({
    aws_s3_account_public_access_block: "the account's lock against public buckets is removed",
    aws_s3_bucket_public_access_block: "the lock against public buckets is removed",
    aws_s3_bucket_versioning: "versioning is suspended: what is overwritten or deleted from now on is lost",
    aws_wafv2_web_acl_association: "nothing filters what comes from the internet any more",
    aws_wafv2_web_acl: "the web ACL and its rules are deleted",
    aws_wafregional_web_acl_association: "nothing filters what comes from the internet any more",
    aws_guardduty_detector: "GuardDuty is switched off",
    aws_backup_plan: "backups are no longer made",
    aws_backup_selection: "backups are no longer made",
    aws_dynamodb_table_replica: "a copy in another region is deleted",
    aws_default_security_group: "the VPC's default security group is left open",
  }),
);

function deleted({ action, type }: ClassifiedChange): Omit<Flag, "change">[] {
  const says = guards.get(type);
  return action === "delete" && says !== undefined ? [{ says }] : [];
}
