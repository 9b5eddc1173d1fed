import { after, cutsOff, drains, givesAccess, look, losesData, weakens, weakensABit } from "../../effects/effect";
import { any, each, either, fewer, harmless, less, off, on, ourKey, read, retention, toRead, when } from "../arguments";
import type { Place, Service } from "../knowledge";
import { guards, holds, on as onExisting, serves, sets } from "../roles";
import { isRecordOfRelease } from "./containers";
import { deniedBy, policy } from "./policies/effects";

const unreadable = "makes what was encrypted with it unreadable once it is gone";
const keep = "move the state (moved block) instead of making a new key";

/** The old value stays as the secret's previous version. */
const secretValue = any(drains("Changes the secret's value: who keeps the old one is refused"));

function parameterValue(place: Place) {
  if (isRecordOfRelease(place, place.subject)) return undefined;
  return place.isLater ? undefined : look(`Changes the parameter: who reads it works otherwise (${place.path})`);
}

export const security: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key",
  types: {
    aws_kms_key: {
      ...holds("key", "access to what it encrypted", keep),
      deleted: losesData(`Deletes this key, and ${unreadable}`, keep),
      replaced: losesData(`Deletes this key, and ${unreadable}`, keep),
      arguments: {
        policy: policy("key"),
        is_enabled: off(cutsOff("Disables this key: what was encrypted with it cannot be read")),
        enable_key_rotation: off(weakensABit("Rotates the key no more")),
        deletion_window_in_days: less(weakensABit("Leaves less time to take its deletion back")),
        rotation_period_in_days: read,
        bypass_policy_lockout_safety_check: on(weakensABit("Lets a policy lock everybody out of the key")),
        ...harmless("description key_id custom_key_store_id xks_key_id"),
      },
    },
    aws_kms_external_key: {
      ...holds("key", "access to what it encrypted", keep),
      arguments: {
        policy: policy("key"),
        enabled: off(cutsOff("Disables this key: what was encrypted with it cannot be read")),
        ...toRead("valid_to"),
        ...harmless("description deletion_window_in_days key_state key_usage expiration_model"),
      },
    },
    aws_kms_key_policy: { ...sets("key's policy"), arguments: { policy: policy("key", ["key_id"]) } },
    aws_kms_alias: {
      ...serves("key's alias", undefined, "what uses the key by it"),
      arguments: {
        target_key_id: any(look("Encrypts with another key from now on; who reads needs both")),
        ...harmless("target_key_arn name_prefix"),
      },
    },
    aws_kms_grant: {
      ...sets("grant of a key"),
      deleted: cutsOff("Removes access: a grant of a key"),
      created: onExisting(["key_id"], givesAccess("Lets somebody use a key")),
      arguments: {},
    },
    aws_secretsmanager_secret: {
      ...holds("secret", "its value", "keep it, or rotate it where it is used first"),
      arguments: {
        policy: policy("resource"),
        kms_key_id: ourKey("the secret"),
        recovery_window_in_days: less(weakensABit("Leaves less time to take a deletion back")),
        replica: any(look("Changes where copies are")),
        ...harmless(
          "description name_prefix force_overwrite_replica_secret rotation_enabled rotation_rules rotation_lambda_arn",
        ),
      },
    },
    aws_secretsmanager_secret_version: {
      ...sets("secret's value"),
      deleted: look("Removes a value of the secret"),
      replaced: drains("Changes the secret's value: who keeps the old one is refused"),
      arguments: {
        ...Object.fromEntries(
          ["secret_string", "secret_binary", "secret_string_wo", "secret_string_wo_version"].map((name) => [
            name,
            secretValue,
          ]),
        ),
        ...toRead("version_stages"),
        ...harmless("version_id has_secret_string_wo"),
      },
    },
    aws_secretsmanager_secret_policy: {
      ...sets("secret's policy"),
      arguments: { policy: policy("resource", ["secret_arn"]), ...toRead("block_public_policy") },
    },
    aws_secretsmanager_secret_rotation: {
      ...sets(
        "rotation",
        onExisting(["secret_id"], (change) =>
          after(change, "rotate_immediately") === false
            ? undefined
            : drains(
                "Rotates the secret at once: who keeps the old value is refused",
                "set rotate_immediately to false",
              ),
        ),
      ),
      deleted: weakensABit("Rotates the secret no more"),
      arguments: {
        ...toRead("rotation_rules rotation_lambda_arn rotate_immediately"),
        ...harmless("rotation_enabled"),
      },
    },
    aws_ssm_parameter: {
      ...holds("parameter", "its value"),
      created: (change) =>
        after(change, "overwrite") === true ? look("May overwrite a value that is there") : undefined,
      arguments: {
        value: parameterValue,
        insecure_value: parameterValue,
        value_wo: parameterValue,
        value_wo_version: parameterValue,
        type: any(look("Stores the value in another form")),
        ...toRead("key_id allowed_pattern data_type tier"),
        ...harmless("version description overwrite has_value_wo"),
      },
    },
    aws_cloudtrail: {
      ...guards("trail", "Stops recording who changes what in the account"),
      arguments: {
        enable_logging: off(weakens("Stops recording who changes what in the account")),
        ...each(
          "is_multi_region_trail include_global_service_events is_organization_trail enable_log_file_validation",
          off(weakens("Records less of who changes what")),
        ),
        kms_key_id: ourKey("the records"),
        ...each(
          "event_selector advanced_event_selector insight_selector",
          fewer(weakens("Records less of who changes what")),
        ),
        ...toRead("s3_bucket_name s3_key_prefix cloud_watch_logs_group_arn cloud_watch_logs_role_arn sns_topic_name"),
        ...harmless("home_region sns_topic_arn"),
      },
    },
    aws_guardduty_detector: {
      ...guards("GuardDuty", "Switches GuardDuty off: attacks are not noticed"),
      arguments: {
        enable: off(weakens("Switches GuardDuty off: attacks are not noticed")),
        datasources: off(weakens("Watches less for attacks")),
        finding_publishing_frequency: read,
        ...harmless("account_id"),
      },
    },
    aws_guardduty_detector_feature: {
      ...guards("part of GuardDuty", "Watches less for attacks"),
      arguments: { status: off(weakens("Watches less for attacks")), additional_configuration: read },
    },
    aws_guardduty_filter: {
      ...sets(
        "filter of findings",
        onExisting(["detector_id"], (change) =>
          after(change, "action") === "ARCHIVE"
            ? weakensABit("Hides findings of GuardDuty before anybody sees them")
            : undefined,
        ),
      ),
      arguments: toRead("action rank finding_criteria description"),
    },
    aws_macie2_findings_filter: {
      ...sets("filter of findings", (change) =>
        after(change, "action") === "ARCHIVE"
          ? weakensABit("Hides findings of Macie before anybody sees them")
          : undefined,
      ),
      arguments: toRead("action position finding_criteria description name"),
    },
    aws_ec2_instance_metadata_defaults: {
      ...sets("default of machines", look("Changes how new machines of the whole account give out their credentials")),
      arguments: {
        http_tokens: when(
          ({ after: now }) => now === "optional",
          weakens("Lets a forged request read machines' credentials (IMDSv1)"),
        ),
        ...toRead("http_endpoint http_put_response_hop_limit instance_metadata_tags"),
      },
    },
    aws_securityhub_account: {
      ...guards("Security Hub", "Switches Security Hub off"),
      arguments: toRead("auto_enable_controls control_finding_generator enable_default_standards"),
    },
    aws_securityhub_standards_subscription: { ...guards("standard", "Checks no more by this standard"), arguments: {} },
    aws_inspector2_enabler: { ...guards("Inspector", "Looks no more for weaknesses"), arguments: {} },
    aws_macie2_account: {
      ...guards("Macie", "Looks no more for exposed data"),
      arguments: { status: off(weakens("Looks no more for exposed data")) },
    },
    aws_accessanalyzer_analyzer: {
      ...guards("analyzer", "Notices no more what is open to others"),
      arguments: toRead("configuration"),
    },
    aws_config_configuration_recorder: {
      ...guards("recorder", "Stops recording changes of the account's resources"),
      arguments: { recording_group: any(look("Records other resources")), ...toRead("role_arn recording_mode") },
    },
    aws_config_configuration_recorder_status: {
      ...guards("recorder", "Stops recording changes of the account's resources"),
      arguments: { is_enabled: off(weakens("Stops recording changes of the account's resources")) },
    },
    aws_config_delivery_channel: {
      ...guards("delivery of records", "Stops recording changes of the account's resources"),
      arguments: toRead("s3_bucket_name s3_key_prefix sns_topic_arn snapshot_delivery_properties s3_kms_key_arn"),
    },
    aws_config_config_rule: {
      ...guards("rule", "Checks no more what this rule checked"),
      arguments: toRead("source scope input_parameters maximum_execution_frequency description evaluation_mode"),
    },
    aws_organizations_policy: {
      ...sets("limit of accounts"),
      deleted: weakens("Deletes a limit of what accounts may do"),
      arguments: { content: policy("limit"), ...harmless("description") },
    },
    aws_organizations_policy_attachment: {
      ...sets("limit of accounts", onExisting(["target_id"], deniedBy)),
      deleted: weakens("Limits accounts no more by this policy"),
      arguments: harmless("skip_destroy"),
    },
    aws_organizations_account: {
      ...holds("account", "all that is in it"),
      arguments: {
        ...toRead("parent_id iam_user_access_to_billing"),
        ...harmless("close_on_deletion status state joined_method joined_timestamp govcloud_id"),
      },
    },
    aws_organizations_organizational_unit: { ...sets("unit of accounts"), arguments: toRead("parent_id") },
    aws_account_alternate_contact: { ...sets("contact"), arguments: toRead("email_address phone_number title name") },
    aws_backup_vault: {
      ...holds("vault", "the backups in it"),
      arguments: { ...toRead("force_destroy"), ...harmless("recovery_points") },
    },
    aws_backup_vault_policy: {
      ...sets("vault's policy"),
      arguments: { policy: policy("resource", ["backup_vault_name"]) },
    },
    aws_backup_vault_lock_configuration: {
      ...sets(
        "vault's lock",
        onExisting(["backup_vault_name"], look("Locks backups: a lock in force cannot be taken back")),
      ),
      deleted: weakens("Lets backups be deleted"),
      arguments: toRead("min_retention_days max_retention_days changeable_for_days"),
    },
    aws_backup_plan: {
      ...guards("backup plan", "Makes no backups any more"),
      arguments: {
        rule: either(
          when(
            ({ path, before, after: now }) =>
              before !== undefined && now === undefined && !/lifecycle|copy_action/.test(path),
            weakens("Makes fewer backups"),
          ),
          (place) =>
            /delete_after$/.test(place.path) ? retention("backups", { isZeroForEver: true })(place) : undefined,
          when(({ path }) => !/delete_after$/.test(path), look("Changes when, or where, backups are made")),
        ),
        ...toRead("advanced_backup_setting scan_setting"),
        ...harmless("version"),
      },
    },
    aws_backup_selection: {
      ...guards("choice of what is backed up", "Makes no backups of these any more"),
      replaced: look("Backs up other resources"),
      arguments: {
        resources: fewer(weakens("Makes no backups of some resources any more")),
        ...toRead("selection_tag condition not_resources iam_role_arn"),
      },
    },
    aws_acmpca_certificate_authority: {
      ...holds("certificate authority", "trust in what it has signed"),
      arguments: {
        enabled: off(cutsOff("Disables the certificate authority")),
        ...toRead("revocation_configuration usage_mode key_storage_security_standard permanent_deletion_time_in_days"),
      },
    },
    aws_cognito_user_pool: {
      ...holds("user pool", "every account in it"),
      arguments: {
        deletion_protection: either(off(weakens("Switches deletion protection off"))),
        "admin_create_user_config.allow_admin_create_user_only": off(weakens("Lets whoever wants sign up")),
        mfa_configuration: either(
          when(({ after: now }) => now === "OFF", weakens("Asks for no second factor any more")),
          when(
            ({ before, after: now }) => before === "ON" && now === "OPTIONAL",
            weakens("Asks for a second factor only of who wants it"),
          ),
          when(({ after: now }) => now === "ON", cutsOff("Refuses users without a second factor")),
        ),
        "password_policy.minimum_length": less(weakens("Accepts weaker passwords")),
        password_policy: any(look("Accepts other passwords")),
        lambda_config: any(look("Runs other code when people log in")),
        ...toRead(
          "admin_create_user_config account_recovery_setting alias_attributes auto_verified_attributes device_configuration email_configuration email_verification_message email_verification_subject sms_authentication_message sms_configuration sms_verification_message software_token_mfa_configuration user_attribute_update_settings user_pool_add_ons verification_message_template username_configuration sign_in_policy user_pool_tier web_authn_configuration email_mfa_configuration schema",
        ),
        ...harmless("creation_date last_modified_date estimated_number_of_users endpoint domain custom_domain"),
      },
    },
    aws_cognito_user_pool_client: {
      ...serves("client", undefined, "logging in to the app"),
      arguments: {
        ...each(
          "callback_urls logout_urls",
          either(
            fewer(look("Refuses to send people back to an address of the app")),
            any({ ...look("Sends people back to one more address after they log in"), kind: "gives-access" }),
          ),
        ),
        ...each(
          "allowed_oauth_flows allowed_oauth_scopes explicit_auth_flows supported_identity_providers",
          either(fewer(drains("Removes a way to log in")), any(givesAccess("Adds a way to log in"))),
        ),
        ...toRead(
          "access_token_validity id_token_validity refresh_token_validity token_validity_units generate_secret prevent_user_existence_errors enable_token_revocation read_attributes write_attributes analytics_configuration allowed_oauth_flows_user_pool_client auth_session_validity default_redirect_uri enable_propagate_additional_user_context_data refresh_token_rotation",
        ),
        ...harmless("client_secret"),
      },
    },
    aws_cognito_user_pool_domain: {
      ...serves("login page", undefined, "logging in"),
      arguments: {
        ...toRead("certificate_arn managed_login_version"),
        ...harmless(
          "cloudfront_distribution cloudfront_distribution_arn cloudfront_distribution_zone_id s3_bucket version aws_account_id",
        ),
      },
    },
    aws_cognito_identity_provider: {
      ...serves("identity provider", undefined, "logging in by it"),
      arguments: toRead("attribute_mapping idp_identifiers provider_details"),
    },
    aws_cognito_identity_pool: {
      ...serves("identity pool", undefined, "access of its users"),
      arguments: {
        allow_unauthenticated_identities: {
          changed: on({ ...weakens("Gives AWS credentials to whoever does not log in"), kind: "exposes" }),
          whenNew: when(({ after: now }) => now === true, {
            ...weakens("Gives AWS credentials to whoever does not log in"),
            kind: "exposes",
          }),
        },
        ...toRead(
          "allow_classic_flow cognito_identity_providers supported_login_providers saml_provider_arns openid_connect_provider_arns",
        ),
      },
    },
    aws_workspaces_workspace: { ...holds("workspace", "its disk"), arguments: toRead("workspace_properties") },
    aws_glacier_vault: {
      ...holds("vault", "its archives"),
      arguments: { access_policy: policy("resource"), ...toRead("notification") },
    },
  },
};
