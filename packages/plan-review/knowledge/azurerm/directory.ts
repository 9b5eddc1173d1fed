import { list } from "../../classify/meaning";
import { after, cutsOff, drains, givesAccess, givesControl, look, weakens } from "../../effects/effect";
import { any, either, fewer, harmless, off, read, toRead, when } from "../arguments";
import type { Service } from "../knowledge";
import { grants, guards, isKnownBy, on as onExisting, worksAs } from "../roles";
import type { Change } from "./shared";

const isForAll = (change: Change) =>
  list(after(change, "conditions")).some((each) => JSON.stringify(each).includes('"All"'));

export const directory: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/azuread/latest/docs",
  types: {
    azuread_conditional_access_policy: {
      ...guards(
        "rule for logging in",
        "Removes a rule for logging in: what it asked for, or refused, is not any more",
        (change) => {
          if (after(change, "state") !== "enabled") return undefined;
          const blocks = JSON.stringify(after(change, "grant_controls") ?? null).includes('"block"');
          if (blocks)
            return cutsOff(
              `Blocks logins${isForAll(change) ? " of everybody" : ""}, administrators included if nobody excludes them`,
              "report only first, and exclude an emergency account",
            );
          return look("Asks more of people who log in");
        },
      ),
      arguments: {
        state: either(
          when(
            ({ before: old, after: now }) => old === "enabled" && now !== "enabled",
            weakens("Switches a rule for logging in off"),
          ),
          any(cutsOff("Switches a rule for logging in on")),
        ),
        ...toRead("conditions grant_controls session_controls"),
        ...harmless("display_name"),
      },
    },
    azuread_application: {
      ...isKnownBy("application", "its id"),
      arguments: {
        ...toRead(
          "api app_role required_resource_access web single_page_application public_client optional_claims sign_in_audience identifier_uris owners group_membership_claims fallback_public_client_enabled feature_tags",
        ),
        ...harmless(
          "display_name description logo_url notes client_id object_id publisher_domain disabled_by_microsoft oauth2_permission_scope_ids app_role_ids application_id",
        ),
      },
    },
    azuread_service_principal: {
      ...worksAs("service principal"),
      arguments: {
        account_enabled: off(cutsOff("Disables this account: what works with it is refused")),
        ...toRead("app_role_assignment_required owners feature_tags"),
        ...harmless("description notes object_id"),
      },
    },
    ...Object.fromEntries(
      [
        "application_password",
        "service_principal_password",
        "application_certificate",
        "service_principal_certificate",
      ].map((type) => [
        `azuread_${type}`,
        { ...grants("password", "who uses this password or certificate is refused"), arguments: {} },
      ]),
    ),
    azuread_application_federated_identity_credential: {
      ...grants("credential", "who logs in by it is refused", givesAccess("Lets somebody outside be this application")),
      arguments: toRead("subject audiences issuer description"),
    },
    azuread_group: {
      ...grants("group", "its members lose what the group may"),
      arguments: {
        members: either(
          fewer(cutsOff("Removes somebody from the group")),
          any(givesAccess("Puts somebody into the group")),
        ),
        owners: read,
        ...toRead("dynamic_membership"),
        ...harmless("display_name description object_id mail proxy_addresses"),
      },
    },
    azuread_group_member: {
      ...grants(
        "group membership",
        "a member leaves the group",
        onExisting(["group_object_id"], givesAccess("Puts somebody into a group")),
      ),
      arguments: {},
    },
    azuread_user: {
      ...grants("user", "deletes this user"),
      arguments: {
        account_enabled: off(cutsOff("Disables this user")),
        password: any(drains("Changes the password")),
        ...harmless("display_name job_title department office_location mobile_phone object_id"),
      },
    },
    azuread_directory_role_assignment: {
      ...grants(
        "administrator's role",
        "somebody is no longer an administrator",
        givesControl("Makes somebody an administrator of the directory"),
      ),
      arguments: {},
    },
    azuread_app_role_assignment: {
      ...grants(
        "role",
        "somebody loses a role in an application",
        givesAccess("Gives somebody a role in an application"),
      ),
      arguments: {},
    },
  },
};
