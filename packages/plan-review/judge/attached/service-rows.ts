import type { ClassifiedChange } from "../../classify/classify";
import { isEmpty, list } from "../../classify/meaning";
import { at, type Plan } from "../../read/plan";
import { changedPolicies, inWordsOf } from "../policies/changed-policies";
import { type Grant, namesEverybody } from "../policies/policy";
import { after } from "../rule";
import { isWithout, policyTargets, type Row } from "./attached";
import { newDenials } from "./denials";

/** New things by which what was there serves otherwise, or not at all. The first that fits counts. */
export const serviceRows: readonly Row[] = [
  {
    type: /^aws_s3_bucket_lifecycle_configuration$/,
    to: ["bucket"],
    when: isExpiring,
    severity: "medium",
    says: "objects that are there expire from now on",
    outage: "data loss",
  },
  {
    type: /^aws_ecr_lifecycle_policy$/,
    to: ["repository"],
    severity: "medium",
    says: "images that are there are deleted from now on",
    outage: "data loss",
  },
  {
    type: /^aws_iam_(role|user|group)_(policy|policy_attachment)$|^aws_organizations_policy_attachment$/,
    to: ["role", "user", "group", "target_id"],
    severity: "high",
    says: newDenials,
    outage: "downtime",
    instead: "deny some actions, or put it on one that nobody uses first",
  },
  {
    type: /^aws_organizations_policy_attachment$/,
    to: ["target_id"],
    severity: "medium",
    says: "a policy limits from now on what its accounts may do",
  },
  {
    type: /^aws_iam_(role|user|group)_(policies|policy_attachments)_exclusive$/,
    to: ["role_name", "user_name", "group_name"],
    when: (change) => isWithout(change, "policy_arns", "policy_names"),
    severity: "high",
    says: "every policy that it has is taken away",
    outage: "downtime",
    instead: "name those that it needs",
  },
  {
    type: /^aws_iam_policy_attachment$|^aws_iam_(role|user|group)_(policies|policy_attachments)_exclusive$/,
    to: ["role_name", "user_name", "group_name", "policy_arn"],
    severity: "medium",
    says: "whatever is attached and not named here is taken away",
  },
  {
    type: /_policy$/,
    to: policyTargets,
    severity: "medium",
    says: (change, { plans }) => denial(change, plans),
    outage: "downtime",
  },
  {
    type: /^aws_(appautoscaling_scheduled_action|autoscaling_schedule)$/,
    to: ["resource_id", "autoscaling_group_name"],
    when: isScalingToNothing,
    severity: "high",
    says: "by this schedule nothing runs any more",
    outage: "downtime",
    instead: "keep one running, unless nobody needs it then",
  },
  {
    type: /^aws_(appautoscaling_scheduled_action|autoscaling_schedule)$/,
    to: ["resource_id", "autoscaling_group_name"],
    severity: "medium",
    says: "by this schedule another number runs, whatever the load",
  },
  {
    type: /^aws_ec2_instance_state$/,
    to: ["instance_id"],
    when: (change) => after(change, "state") === "stopped",
    severity: "high",
    says: "the machine is stopped",
    outage: "downtime",
    instead: "remove the machine if that is meant",
  },
  {
    type: /^aws_secretsmanager_secret_rotation$/,
    to: ["secret_id"],
    when: (change) => after(change, "rotate_immediately") !== false,
    severity: "medium",
    says: "the secret is rotated at once: who keeps the old value is refused",
    outage: "connections drain",
    instead: "set rotate_immediately to false",
  },
  {
    type: /^aws_(backup_vault_lock_configuration|glacier_vault_lock|s3_bucket_object_lock_configuration)$/,
    to: ["backup_vault_name", "vault_name", "bucket"],
    severity: "medium",
    says: "what it keeps cannot be deleted before its time, and a lock in force cannot be taken back",
  },
  {
    type: /^aws_ssm_parameter$/,
    to: [],
    when: (change) => after(change, "overwrite") === true,
    severity: "medium",
    says: "it may overwrite a value that is there",
  },
  {
    type: /^aws_ebs_encryption_by_default$/,
    to: [],
    when: (change) => after(change, "enabled") === false,
    severity: "medium",
    says: "new disks are not encrypted by themselves",
  },
];

function isExpiring(change: ClassifiedChange): boolean {
  const rules = list(after(change, "rule"));
  return rules.some(
    (rule) =>
      at(rule, "status") !== "Disabled" &&
      (!isEmpty(at(rule, "expiration")) || !isEmpty(at(rule, "noncurrent_version_expiration"))),
  );
}

function denial(change: ClassifiedChange, plans: readonly Plan[]): string | undefined {
  const denied = changedPolicies(change, plans).map((policy) =>
    inWordsOf(policy, (grants) => grants.denied.filter(isForAll)),
  );
  const [first] = denied.filter((each) => each !== undefined);
  return first === undefined ? undefined : `denied to everybody: ${first}`;
}

/** That nobody comes without TLS is what most policies say. */
function isForAll(grant: Grant): boolean {
  return namesEverybody(grant) && !/SecureTransport|TlsVersion/i.test(grant.condition);
}

function isScalingToNothing(change: ClassifiedChange): boolean {
  const most = after(change, "scalable_target_action", 0, "max_capacity") ?? after(change, "max_size");
  return Number(most ?? -1) === 0 || after(change, "desired_capacity") === 0;
}
