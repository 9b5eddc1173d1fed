import { type ClassifiedChange, isComputed } from "../../classify/classify";
import { hasUnknown } from "../../classify/meaning";
import { isObject } from "../../read/plan";
import { isCreated } from "../reach/resources";
import type { Subject } from "../rule";
import { withoutVersion } from "../types";
import { targetsOf } from "./attached";

/** What something is whose type ends so. */
const attaching = [
  // Who may do what, or belongs to whom.
  /(authorization|permissions?|principal|member|memberships?|binding|grants?|grant_\w+|assignments?|administrator|admin_roles)$/,
  /(collaborator|team_repository|user_in_group|identity_provider|backend_role|assume_role_policy|access_(entry|list|policy))$/,
  /(api_key|deploy_key|budget_action|network_policy|network_rules|network_security_rule|security_policy(_rule)?)$/,
  // What is put on something.
  /(association|attachment|addon|notification|event_source_mapping|event_invoke_config|secret_version|ownership_controls)$/,
  /(capacity_providers|lifecycle_hook|redrive_allow_policy|_route|_subscription|_configuration|_settings?|appconfig_deployment)$/,
  /(active_receipt_rule_set|_integration|_mapping|_method|route_propagation|_taint|resource_quota|_env|_labels|_annotations|_data)$/,
  /(metadata_item|page_rule|zone_settings_override)$/,
  // How all of an account behaves.
  /(block_public_access\w*|_defaults?|_options|serial_console_access|account_\w*policy)$/,
  // What keeps findings and alerts from people.
  /(_exemption|_exclusion|_suppression|muting\w*|mute_\w+|maintenance_window|_downtime\w*)$/,
  /^aws_(guardduty|securityhub|macie2|inspector2|accessanalyzer)_\w*(filter|rule|control\w*|feature|set)$/,
];

/** New ones that change nothing of what they are attached to, or that have rows and rules of their own. */
const harmless = [
  /^aws_(lb_target_group_attachment|lb_listener_certificate|acm_certificate_validation|flow_log|cloudwatch_log_subscription_filter)$/,
  /^aws_s3_bucket_(public_access_block|server_side_encryption_configuration|metric|analytics_configuration|lifecycle_configuration|replication_configuration)$/,
  /^aws_s3_account_public_access_block$|^aws_(iam(?!_account)|route|vpc_security_group|wafv2|eip|network_acl|default)(_\w+)?$/,
  /^aws_(snapshot_create_volume_permission|ami_launch_permission|main_route_table_association|eks_access_policy_association)$/,
  /^aws_(organizations_policy_attachment|vpc_dhcp_options|vpc_dhcp_options_association|config_configuration_recorder\w*)$/,
];

/** Arguments that name what it is put on, or whom it is given to. */
const naming =
  /(^|_)(ids?|arns?|identifier|bucket|repository|zone|cluster(_name)?|function_name|resource|scope|table_name|server)$/;
/** Arguments that only say with which key, in which account, or as what. */
const besides = /^(kms_|statement_id|account_id|owner_id|instance_arn|principal|role_arn|id$|arn$)/;

/** Something new that no row knows, and that by the words in its type is how something that was there behaves, or who gets at it. */
export function isSetOnWhatExists(change: ClassifiedChange, subject: Subject): boolean {
  const type = withoutVersion(change.type);
  if (!attaching.some((each) => each.test(type)) || harmless.some((each) => each.test(type))) return false;
  const { after, after_unknown: later } = change.source.change;
  const names = isObject(after) ? Object.keys(after) : [];
  if (namesWhatExists(change, subject)) return true;
  const isOfSomethingNew = names.flatMap((name) => targetsOf(change, name, subject)).some(isCreated);
  // Nobody knows yet what something new is called.
  const isLater = isObject(later) && Object.keys(later).some((name) => hasUnknown(later[name]) && !isComputed(name));
  return !isOfSomethingNew && !isLater;
}

/** Whether it names something that is not created with it. */
function namesWhatExists(change: ClassifiedChange, subject: Subject): boolean {
  const values = change.source.change.after;
  if (!isObject(values)) return false;
  return Object.entries(values).some(([name, value]) => {
    const isNamed = [value].flat().some((each) => typeof each === "string" && each !== "");
    return isNamed && naming.test(name) && !besides.test(name) && !targetsOf(change, name, subject).some(isCreated);
  });
}
