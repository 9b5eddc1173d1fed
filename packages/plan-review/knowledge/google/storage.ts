import { exposes, lessCapacity, look, weakens, weakensABit } from "../../effects/effect";
import { any, each, either, fewer, harmless, less, off, on, opens, read, retention, toRead, when } from "../arguments";
import type { Arguments, Service } from "../knowledge";
import { holds, sets } from "../roles";

const bucket: Arguments = {
  public_access_prevention: when(
    ({ before, after: now }) => before === "enforced" && now !== "enforced",
    weakens("Opens the lock against public access to this bucket", "keep it enforced"),
  ),
  uniform_bucket_level_access: off(weakens("Lets access lists open single objects to the public")),
  "versioning.enabled": off(weakens("Suspends versioning: what is overwritten or deleted from now on is lost")),
  versioning: fewer(weakens("Suspends versioning: what is overwritten or deleted from now on is lost")),
  retention_policy: either(fewer(weakens("Lets objects be deleted before their time")), read),
  "soft_delete_policy.retention_duration_seconds": either(
    when(({ after: now }) => now === 0, weakens("Keeps deleted objects no more")),
    retention("deleted objects", { unit: "seconds" }),
  ),
  lifecycle_rule: any({ ...look("Changes when objects are deleted"), kind: "deletes-sooner", outage: "data loss" }),
  force_destroy: on(weakensABit("Lets the next destroy take the objects along")),
  logging: fewer(weakens("Stops recording who reads the bucket")),
  encryption: either(fewer(weakens("Encrypts objects no longer under our key")), read),
  ...toRead(
    "cors website storage_class default_event_based_hold requester_pays autoclass rpo custom_placement_config hierarchical_namespace ip_filter enable_object_retention",
  ),
  ...harmless("self_link url project_number time_created updated project"),
};

export const storage: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/storage_bucket",
  types: {
    google_storage_bucket: { ...holds("bucket", "its objects, where force_destroy is set"), arguments: bucket },
    google_storage_bucket_object: {
      ...holds("object", "what it says"),
      arguments: harmless(
        "content source md5hash crc32c content_type cache_control metadata detect_md5hash media_link output_name self_link storage_class content_disposition content_encoding kms_key_name source_md5hash generation",
      ),
    },
    google_storage_bucket_acl: {
      ...sets("access list"),
      arguments: {
        ...each(
          "predefined_acl default_acl role_entity",
          opens(
            (value) => /publicRead|allUsers|allAuthenticatedUsers/.test(String(value)),
            exposes("Lets everybody read the bucket"),
          ),
        ),
      },
    },
    google_filestore_instance: {
      ...holds("file system", "its files"),
      arguments: {
        file_shares: either(less(lessCapacity("Gives it less disk")), read),
        ...toRead("networks performance_config deletion_protection_enabled"),
        ...harmless("description etag create_time"),
      },
    },
  },
};
