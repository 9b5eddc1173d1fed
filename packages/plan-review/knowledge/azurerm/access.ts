import {
  after,
  before,
  cutsOff,
  drains,
  givesAccess,
  givesControl,
  look,
  weakens,
  weakensABit,
  words,
} from "../../effects/effect";
import { isAttachedToNew } from "../../effects/targets";
import { any, each, either, fewer, harmless, less, off, read, toRead, when } from "../arguments";
import type { Meaning, Service } from "../knowledge";
import { grants, guards, holds, on as onExisting, sets, worksAs } from "../roles";
import { type Change, publicNetwork, rulesOfNetwork } from "./shared";

/** https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const wideRoles = new Map([
  ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner"],
  ["b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor"],
  ["18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator"],
  ["f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator"],
]);

function roleIn(change: Change, read = after): string {
  const id = words(read(change, "role_definition_id")).split("/").at(-1) ?? "";
  const name = read(change, "role_definition_name");
  return typeof name === "string" && name !== "" ? name : (wideRoles.get(id) ?? `role ${id}`);
}

/** Of the resource group or the subscription. */
const newAssignment: Meaning = (change, subject) => {
  const role = roleIn(change);
  const isWide = [...wideRoles.values()].includes(role);
  if (isWide && !isAttachedToNew(change, ["scope"], subject)) {
    return givesControl(
      `Gives wide access: ${role} of ${words(after(change, "scope"))}`,
      "give a narrower role, or a narrower scope",
    );
  }
  const isNew = isAttachedToNew(change, ["scope"], subject) || isAttachedToNew(change, ["principal_id"], subject);
  return isNew ? undefined : givesAccess(`Gives ${role} of ${words(after(change, "scope"))}`);
};

const lockGone = weakens("Removes a lock: it can be deleted or changed by mistake");

export const access: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/role_assignment",
  types: {
    azurerm_resource_group: { ...holds("resource group", "everything in it"), arguments: harmless("managed_by") },
    azurerm_management_lock: {
      ...guards("lock", "Removes a lock: it can be deleted or changed by mistake"),
      deleted: lockGone,
      arguments: {
        lock_level: either(
          when(({ before: old }) => old === "ReadOnly", weakens("Locks less")),
          read,
        ),
        ...harmless("notes"),
      },
    },
    azurerm_key_vault: {
      ...holds("key vault", "its keys and secrets, once its time to take that back is over"),
      arguments: {
        access_policy: either(
          fewer(cutsOff("Removes access to keys and secrets")),
          any(givesAccess("Gives access to keys and secrets")),
        ),
        network_acls: rulesOfNetwork("key vault"),
        ...publicNetwork,
        purge_protection_enabled: off(weakens("Lets keys and secrets be deleted for good")),
        soft_delete_retention_days: less(weakensABit("Leaves less time to take a deletion back")),
        ...each(
          "enable_rbac_authorization rbac_authorization_enabled",
          any(cutsOff("Decides in another way who gets keys and secrets: who has no role, or no policy, is refused")),
        ),
        ...toRead(
          "enabled_for_deployment enabled_for_disk_encryption enabled_for_template_deployment sku_name tenant_id contact",
        ),
        ...harmless("vault_uri"),
      },
    },
    azurerm_key_vault_access_policy: {
      ...grants(
        "access policy",
        "keys and secrets are refused to somebody",
        onExisting(["key_vault_id"], givesAccess("Gives access to keys and secrets")),
      ),
      arguments: each(
        "secret_permissions key_permissions certificate_permissions storage_permissions",
        either(
          fewer(cutsOff("Removes access to keys and secrets")),
          any(givesAccess("Gives access to keys and secrets")),
        ),
      ),
    },
    azurerm_key_vault_secret: {
      ...holds("secret", "its value"),
      arguments: {
        value: any(drains("Changes the secret's value: who keeps the old one is refused")),
        ...toRead("expiration_date not_before_date content_type value_wo value_wo_version"),
        ...harmless("version versionless_id resource_id resource_versionless_id"),
      },
    },
    azurerm_key_vault_key: {
      ...holds("key", "access to what it encrypted"),
      arguments: {
        ...toRead("key_opts rotation_policy expiration_date not_before_date"),
        ...harmless("version versionless_id e n public_key_openssh public_key_pem resource_id resource_versionless_id"),
      },
    },
    azurerm_key_vault_certificate: {
      ...holds("certificate", "its private key"),
      arguments: toRead("certificate certificate_policy"),
    },
    azurerm_role_assignment: {
      ...grants("role assignment", "a role", newAssignment),
      deleted: (change) => cutsOff(`Removes access: ${roleIn(change, before)} of ${words(before(change, "scope"))}`),
      arguments: toRead("condition description"),
    },
    azurerm_role_definition: {
      ...sets("role"),
      deleted: cutsOff("Deletes a role: who has it is refused"),
      arguments: {
        permissions: either(fewer(cutsOff("Removes a permission")), any(givesAccess("Gives a permission"))),
        ...toRead("assignable_scopes"),
        ...harmless("description name"),
      },
    },
    azurerm_user_assigned_identity: {
      ...worksAs("identity"),
      arguments: harmless("client_id principal_id tenant_id"),
    },
    azurerm_federated_identity_credential: {
      ...grants("credential", "who logs in by it is refused", givesAccess("Lets somebody outside be this identity")),
      arguments: toRead("audience issuer subject"),
    },
    azurerm_policy_assignment: {
      ...guards("policy", "Applies a policy no more"),
      created: look("Applies a policy to what is there"),
      arguments: toRead("parameters enforce"),
    },
    azurerm_security_center_subscription_pricing: {
      ...guards("Defender", "Watches less for attacks"),
      arguments: {
        tier: when(({ after: now }) => now === "Free", weakens("Switches Defender off: attacks are not noticed")),
        ...toRead("subplan extension"),
      },
    },
  },
};
