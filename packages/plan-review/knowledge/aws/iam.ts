import { list } from "../../classify/meaning";
import { after, cutsOff, givesAccess, look, weakens, words } from "../../effects/effect";
import { isOfDeleted } from "../../effects/targets";
import { any, each, either, fewer, further, gone, harmless, less, off, on, read, toRead } from "../arguments";
import type { Meaning, Service } from "../knowledge";
import { grants, guards, isKnownBy, on as onExisting, sets } from "../roles";
import { attachedPolicies, policy } from "./policies/effects";

/** Nobody misses what is taken from somebody who goes as well. */
function unlessGone(from: readonly string[], lost: string, instead?: string): Meaning {
  return (change, subject) => (isOfDeleted(change, from, subject) ? undefined : cutsOff(lost, instead));
}

const policyGone = "Removes access: detaches a policy from what works with it";

const boundary = gone(
  weakens("Removes the permissions boundary: nothing limits any more what can be given to it", "name another boundary"),
);

const onTo = ["role", "user", "group"];

function ownPolicy(noun: string, owner: string) {
  return {
    ...grants(noun, `removes a policy of this ${owner}`),
    deleted: unlessGone([owner], `Removes access: deletes a policy of this ${owner}`),
    arguments: { policy: policy("identity", [owner]), ...harmless("name_prefix") },
  };
}

function attachment(owner: string, type: string) {
  return {
    ...grants("policy attachment", `detaches a policy from this ${owner}`),
    deleted: unlessGone([owner], policyGone, "attach what it needs instead first"),
    arguments: { policy_arn: attachedPolicies([owner], type) },
  };
}

const takesOver: Meaning = onExisting(["role_name", "user_name", "group_name", "policy_arn"], (change) => {
  const isEmpty = ["policy_arns", "policy_names"].every((name) => list(after(change, name)).length === 0);
  const isExclusive = after(change, "policy_arn") === undefined;
  return isEmpty && isExclusive
    ? cutsOff("Removes every policy", "name those that it needs")
    : cutsOff("Removes every policy, or attachment, that is not named here");
});

export const iam: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role",
  types: {
    aws_iam_role: {
      ...isKnownBy("role", "its ARN", "keep the name, or move what uses it first"),
      deleted: cutsOff("Deletes this role: what works with it is refused"),
      arguments: {
        assume_role_policy: policy("trust"),
        inline_policy: policy("identity"),
        managed_policy_arns: attachedPolicies(),
        permissions_boundary: boundary,
        max_session_duration: less(look("Ends sessions sooner")),
        force_detach_policies: read,
        ...harmless("description create_date unique_id role_last_used name_prefix"),
      },
    },
    aws_iam_policy: {
      ...grants("policy", "deletes a policy"),
      arguments: {
        policy: policy("identity"),
        ...harmless("description attachment_count policy_id name_prefix delay_after_policy_creation_in_ms"),
      },
    },
    aws_iam_role_policy: ownPolicy("policy", "role"),
    aws_iam_user_policy: ownPolicy("policy", "user"),
    aws_iam_group_policy: ownPolicy("policy", "group"),
    aws_iam_role_policy_attachment: attachment("role", "aws_iam_role"),
    aws_iam_user_policy_attachment: attachment("user", "aws_iam_user"),
    aws_iam_group_policy_attachment: attachment("group", "aws_iam_group"),
    aws_iam_policy_attachment: {
      ...grants("policy attachment", "detaches a policy", takesOver),
      arguments: {
        ...each(
          "users roles groups",
          either(fewer(cutsOff("Removes access: detaches a policy")), further(givesAccess("Attaches a policy"))),
        ),
        policy_arn: attachedPolicies(),
      },
    },
    ...Object.fromEntries(
      onTo.flatMap((owner) =>
        ["policies", "policy_attachments"].map((what) => [
          `aws_iam_${owner}_${what}_exclusive`,
          {
            ...sets("complete list of policies", takesOver),
            arguments: { policy_names: read, policy_arns: attachedPolicies() },
          },
        ]),
      ),
    ),
    aws_iam_user: {
      ...grants("user", "deletes this user with its keys"),
      arguments: { permissions_boundary: boundary, force_destroy: read, ...harmless("path unique_id") },
    },
    aws_iam_group: { ...grants("group", "deletes this group"), arguments: harmless("path unique_id") },
    aws_iam_group_membership: {
      ...grants("group membership", "members leave the group", onExisting(["group"], memberOf)),
      arguments: {
        users: either(
          fewer(cutsOff("Removes access: a member leaves the group")),
          any(givesAccess("Adds a member to the group")),
        ),
      },
    },
    aws_iam_user_group_membership: {
      ...grants("group membership", "the user leaves groups", onExisting(["groups"], memberOf)),
      arguments: {
        groups: either(
          fewer(cutsOff("Removes access: the user leaves a group")),
          any(givesAccess("Adds the user to a group")),
        ),
      },
    },
    aws_iam_access_key: {
      ...grants(
        "access key",
        "deletes this key: who uses it is refused",
        onExisting(["user"], givesAccess("Makes one more key by which to be this user")),
      ),
      arguments: {
        status: off(cutsOff("Disables this key: who uses it is refused")),
        ...harmless(
          "secret ses_smtp_password_v4 create_date encrypted_secret encrypted_ses_smtp_password_v4 key_fingerprint pgp_key",
        ),
      },
    },
    aws_iam_user_login_profile: {
      ...grants(
        "password",
        "the user cannot log in",
        onExisting(["user"], givesAccess("Makes a password by which to be this user")),
      ),
      arguments: toRead("password_reset_required password_length"),
    },
    aws_iam_user_ssh_key: {
      ...grants(
        "SSH key",
        "who uses this key is refused",
        onExisting(["username"], givesAccess("Makes one more key by which to be this user")),
      ),
      arguments: { status: off(cutsOff("Disables this key")), ...toRead("public_key encoding") },
    },
    aws_iam_service_specific_credential: {
      ...grants(
        "credential",
        "who uses it is refused",
        onExisting(["user_name"], givesAccess("Makes one more password by which to be this user")),
      ),
      arguments: { status: off(cutsOff("Disables this credential")) },
    },
    aws_iam_instance_profile: {
      ...grants("instance profile", "machines lose their role"),
      arguments: { role: any(look("Gives machines another role")), ...harmless("create_date unique_id name_prefix") },
    },
    aws_iam_openid_connect_provider: {
      ...grants("identity provider", "who logs in by this provider is refused"),
      arguments: {
        client_id_list: either(
          fewer(cutsOff("Refuses tokens of an audience")),
          any(givesAccess("Accepts tokens of another audience")),
        ),
        thumbprint_list: read,
      },
    },
    aws_iam_saml_provider: {
      ...grants("identity provider", "who logs in by this provider is refused"),
      arguments: { saml_metadata_document: any(look("Changes how people log in")), ...harmless("valid_until") },
    },
    aws_iam_service_linked_role: {
      ...grants("service's role", "the service stops working for us"),
      arguments: harmless("description create_date unique_id"),
    },
    aws_iam_account_alias: { ...sets("name of the account"), arguments: toRead("account_alias") },
    aws_iam_account_password_policy: {
      ...guards(
        "password policy",
        "Removes the rules for passwords: weak ones are accepted",
        look("Applies to every user at once: passwords that are too old or too short must be changed"),
      ),
      arguments: {
        ...each("minimum_password_length password_reuse_prevention", less(weakens("Accepts weaker passwords"))),
        ...each(
          "require_lowercase_characters require_numbers require_symbols require_uppercase_characters",
          off(weakens("Accepts weaker passwords")),
        ),
        hard_expiry: on(cutsOff("Locks users out whose password is too old")),
        max_password_age: read,
        ...toRead("allow_users_to_change_password expire_passwords"),
      },
    },
    aws_rolesanywhere_profile: {
      ...grants("profile", "machines outside of AWS are refused"),
      arguments: {
        enabled: off(cutsOff("Refuses machines outside of AWS")),
        managed_policy_arns: attachedPolicies(),
        ...toRead("role_arns session_policy duration_seconds"),
      },
    },
    aws_rolesanywhere_trust_anchor: {
      ...grants("trust anchor", "machines outside of AWS are refused"),
      arguments: {
        enabled: off(cutsOff("Refuses machines outside of AWS")),
        ...toRead("source notification_settings"),
      },
    },
    aws_ssoadmin_permission_set: {
      ...grants("permission set", "people lose this access"),
      arguments: { ...toRead("session_duration relay_state"), ...harmless("description created_date") },
    },
    aws_ssoadmin_managed_policy_attachment: {
      ...grants("policy attachment", "people lose this access"),
      arguments: { managed_policy_arn: attachedPolicies(["permission_set_arn"]) },
    },
    aws_ssoadmin_permission_set_inline_policy: {
      ...grants("policy", "people lose this access"),
      arguments: { inline_policy: policy("identity", ["permission_set_arn"]) },
    },
    aws_ssoadmin_account_assignment: {
      ...grants(
        "account assignment",
        "somebody loses access to an account",
        givesAccess("Lets somebody into an account"),
      ),
      arguments: {},
    },
  },
};

function memberOf(change: Parameters<typeof after>[0]) {
  const users = list(after(change, "users")).concat(after(change, "user") ?? []);
  return givesAccess(`Lets ${users.map(words).join(", ")} do what the group may`);
}
