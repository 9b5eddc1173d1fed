import { after, cutsOff, drains, givesAccess, look } from "../../effects/effect";
import { at } from "../../read/plan";
import { any, each, either, fewer, harmless, off, on, read, toRead } from "../arguments";
import type { Meaning, Service } from "../knowledge";
import { guards, holds, on as onExisting, serves, sets, worksAs } from "../roles";
import { iamOf } from "./iam";

const orgPolicy: Meaning = cutsOff(
  "Refuses, in everything under it, what this policy does not allow",
  "try it on one project first",
);

function iamAll() {
  return Object.assign(
    {},
    ...(
      [
        ["google_project", ["project"]],
        ["google_folder", ["folder"]],
        ["google_organization", ["org_id"]],
        ["google_storage_bucket", ["bucket"]],
        ["google_pubsub_topic", ["topic"]],
        ["google_pubsub_subscription", ["subscription"]],
        ["google_secret_manager_secret", ["secret_id"]],
        ["google_kms_crypto_key", ["crypto_key_id"]],
        ["google_kms_key_ring", ["key_ring_id"]],
        ["google_service_account", ["service_account_id"]],
        ["google_cloud_run_service", ["service"]],
        ["google_cloud_run_v2_service", ["name"]],
        ["google_bigquery_dataset", ["dataset_id"]],
        ["google_spanner_instance", ["instance"]],
        ["google_spanner_database", ["database"]],
        ["google_compute_instance", ["instance_name"]],
        ["google_artifact_registry_repository", ["repository"]],
        ["google_cloudfunctions_function", ["cloud_function"]],
      ] as const
    ).map(([kind, on]) => iamOf(kind, on)),
  );
}

export const access: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_iam",
  types: {
    google_secret_manager_secret: {
      ...holds("secret", "its value"),
      arguments: {
        ...toRead(
          "rotation topics ttl expire_time version_aliases replication version_destroy_ttl deletion_protection",
        ),
        ...harmless("annotations create_time project"),
      },
    },
    google_secret_manager_secret_version: {
      ...holds("version of a secret", "its value"),
      replacedNewFirst: drains("Changes the secret's value"),
      arguments: {
        enabled: off(cutsOff("Disables this value of the secret")),
        ...toRead("deletion_policy secret_data"),
      },
    },
    google_kms_key_ring: { ...sets("key ring"), arguments: {} },
    google_kms_crypto_key: {
      ...holds("key", "access to what it encrypted: its versions are destroyed"),
      arguments: {
        rotation_period: read,
        ...toRead("version_template destroy_scheduled_duration"),
        ...harmless("primary"),
      },
    },
    google_service_account: {
      ...worksAs("service account"),
      deleted: cutsOff("Deletes this service account: what works with it is refused"),
      arguments: {
        disabled: on(cutsOff("Disables this service account: what works with it is refused")),
        ...harmless("display_name description email member unique_id create_ignore_already_exists project"),
      },
    },
    google_service_account_key: {
      ...serves("key", undefined, "who uses it"),
      created: onExisting(["service_account_id"], givesAccess("Makes one more key by which to be this account")),
      arguments: {},
    },
    google_project: {
      ...holds("project", "all that is in it"),
      arguments: {
        billing_account: either(fewer(cutsOff("Removes the billing account: everything in the project stops")), read),
        ...toRead("folder_id org_id auto_create_network deletion_policy"),
        ...harmless("name number"),
      },
    },
    google_folder: {
      ...holds("folder", "all that is in it"),
      arguments: { ...toRead("parent deletion_protection"), ...harmless("display_name create_time lifecycle_state") },
    },
    google_project_service: {
      ...serves("API of the project", "set disable_on_destroy to false", "everything that uses it"),
      deleted: (change) =>
        after(change, "disable_on_destroy") === false || at(change.source.change.before, "disable_on_destroy") === false
          ? look("Forgets that the API is enabled: it stays so")
          : cutsOff("Disables an API: everything that uses it stops", "set disable_on_destroy to false"),
      arguments: harmless(
        "disable_on_destroy disable_dependent_services check_if_service_has_usage_on_destroy project",
      ),
    },
    ...Object.fromEntries(
      [
        "google_organization_policy",
        "google_folder_organization_policy",
        "google_project_organization_policy",
        "google_org_policy_policy",
      ].map((type) => [
        type,
        {
          ...guards("organization policy", "Removes a limit of what projects may do"),
          created: orgPolicy,
          arguments: each(
            "boolean_policy list_policy spec restore_policy dry_run_spec version",
            any(look("Changes what projects may do")),
          ),
        },
      ]),
    ),
    google_project_iam_custom_role: {
      ...sets("role"),
      deleted: cutsOff("Deletes a role: who has it is refused"),
      arguments: {
        permissions: either(fewer(cutsOff("Removes a permission")), any(givesAccess("Gives a permission"))),
        ...toRead("stage"),
        ...harmless("title description"),
      },
    },
    google_organization_iam_custom_role: {
      ...sets("role"),
      deleted: cutsOff("Deletes a role: who has it is refused"),
      arguments: {
        permissions: either(fewer(cutsOff("Removes a permission")), any(givesAccess("Gives a permission"))),
        ...toRead("stage"),
        ...harmless("title description"),
      },
    },
    google_access_context_manager_service_perimeter: {
      ...guards("perimeter", "Removes the perimeter: data can leave"),
      created: cutsOff("Refuses who reaches these services from outside of the perimeter", "try it as a dry run first"),
      arguments: toRead("status spec title use_explicit_dry_run_spec description"),
    },
    google_access_context_manager_access_policy: {
      ...guards("access policy", "Removes the access policy"),
      arguments: toRead("title scopes"),
    },
    ...iamAll(),
  },
};
