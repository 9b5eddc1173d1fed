import { isEmpty, list } from "../../classify/meaning";
import {
  after,
  cutsOff,
  deletesSooner,
  exposes,
  givesAccess,
  look,
  losesData,
  weakens,
  weakensABit,
} from "../../effects/effect";
import { at } from "../../read/plan";
import { any, each, either, further, harmless, off, on, opens, read, retention, toRead, when } from "../arguments";
import type { Arguments, Service } from "../knowledge";
import { guards, hasNoState, holds, on as onExisting, sets } from "../roles";
import { policy } from "./policies/effects";

const publicAcl = opens(
  (value) => /^(public-read|authenticated-read)/.test(String(value)),
  exposes("Lets everybody read the bucket", "name who needs it"),
);

const publicGrant = opens(
  (value, { path }) => /uri$/.test(path) && /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/.test(String(value)),
  exposes("Lets everybody use the bucket", "name who needs it"),
);

const object: Arguments =
  harmless(`etag source_hash content content_base64 source version_id content_type cache_control metadata acl
  storage_class content_disposition content_encoding content_language checksum_crc32 checksum_crc32c checksum_sha1 checksum_sha256
  checksum_crc64nvme checksum_algorithm kms_key_id server_side_encryption bucket_key_enabled website_redirect force_destroy`);

const publicAccessBlock: Arguments = {
  ...each("block_public_acls block_public_policy ignore_public_acls restrict_public_buckets", {
    changed: off(weakens("Opens the lock against public buckets", "keep it, and name who needs access")),
    whenNew: when(({ after: now }) => now === false, weakens("Leaves the lock against public buckets open")),
  }),
  ...harmless("skip_destroy"),
};

function expires(change: Parameters<typeof after>[0]): boolean {
  return list(after(change, "rule")).some(
    (rule) =>
      at(rule, "status") !== "Disabled" &&
      (!isEmpty(at(rule, "expiration")) || !isEmpty(at(rule, "noncurrent_version_expiration"))),
  );
}

/** Without a prefix or tags, a rule is for every object. https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-filters.html */
function expiresAll(change: Parameters<typeof after>[0]): boolean {
  return list(after(change, "rule")).some(
    (rule) =>
      at(rule, "status") !== "Disabled" &&
      !isEmpty(at(rule, "expiration")) &&
      isEmpty(at(rule, "filter", 0)) &&
      isEmpty(at(rule, "prefix")),
  );
}

function destinationsOf(change: Parameters<typeof after>[0]): string {
  return list(after(change, "rule"))
    .map((rule) => at(rule, "destination", 0))
    .map((to) => [at(to, "bucket"), at(to, "account")].filter((each) => typeof each === "string" && each !== ""))
    .map(([bucket = "a new bucket", account]) => `${bucket}${account === undefined ? "" : ` of account ${account}`}`)
    .join(", ");
}

const expiring = onExisting(["bucket"], (change) => {
  if (expiresAll(change))
    return losesData("Deletes every object of the bucket when it is old enough, those that are there included");
  return expires(change) ? deletesSooner("Deletes objects that are there when they are old enough") : undefined;
});

export const s3: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket",
  types: {
    aws_s3_bucket: {
      ...holds("bucket", "its objects, where force_destroy is set", "copy what is in it first, or keep the name"),
      arguments: {
        force_destroy: on(weakensABit("Lets the next destroy take the objects along")),
        acl: publicAcl,
        grant: publicGrant,
        policy: policy("resource"),
        versioning: off(weakens("Suspends versioning: what is overwritten or deleted from now on is lost")),
        logging: off(weakens("Stops recording who reads the bucket")),
        server_side_encryption_configuration: read,
        lifecycle_rule: read,
        website: either(further(exposes("Publishes the bucket as a web site")), read),
        ...toRead(
          "cors_rule replication_configuration object_lock_configuration object_lock_enabled acceleration_status request_payer",
        ),
        ...harmless(
          "bucket_domain_name bucket_regional_domain_name hosted_zone_id bucket_prefix website_endpoint website_domain bucket_region bucket_namespace",
        ),
      },
    },
    aws_s3_directory_bucket: { ...holds("bucket", "its objects"), arguments: {} },
    aws_s3_bucket_policy: {
      ...sets("bucket policy"),
      deleted: cutsOff("Removes the bucket's policy: who had access by it is refused, and what it denied is allowed"),
      arguments: { policy: policy("resource", ["bucket"]) },
    },
    aws_s3_bucket_acl: {
      ...sets("access list"),
      arguments: { acl: publicAcl, access_control_policy: publicGrant, ...harmless("expected_bucket_owner") },
    },
    aws_s3_bucket_public_access_block: {
      ...guards("lock against public buckets", "Removes the lock against public buckets"),
      arguments: publicAccessBlock,
    },
    aws_s3_account_public_access_block: {
      ...guards("lock against public buckets", "Removes the account's lock against public buckets"),
      arguments: publicAccessBlock,
    },
    aws_s3_bucket_versioning: {
      ...guards("versioning", "Suspends versioning: what is overwritten or deleted from now on is lost"),
      arguments: {
        versioning_configuration: either(
          when(
            ({ path, after: now }) => /status$/.test(path) && now !== "Enabled",
            weakens(
              "Suspends versioning: what is overwritten or deleted from now on is lost",
              "let old versions expire instead",
            ),
          ),
          when(
            ({ path, after: now }) => /mfa_delete$/.test(path) && now !== "Enabled",
            weakens("Switches MFA for deletion off"),
          ),
        ),
        mfa: read,
      },
    },
    aws_s3_bucket_server_side_encryption_configuration: {
      ...guards("encryption", "Removes the bucket's own encryption"),
      arguments: {
        rule: either(
          when(
            ({ path, before, after: now }) =>
              /kms_master_key_id$/.test(path) && before !== undefined && now === undefined,
            look("Encrypts objects no longer under our key"),
          ),
          when(
            ({ path }) => /sse_algorithm$/.test(path),
            look("Encrypts objects in another way from now on", "keep the key: who loses it is shut out"),
          ),
          read,
        ),
      },
    },
    aws_s3_bucket_lifecycle_configuration: {
      ...sets("lifecycle rules", expiring),
      arguments: {
        rule: either(
          when(
            ({ path, before, after: now }) => /(filter|prefix)/.test(path) && before !== undefined && now === undefined,
            losesData("Deletes more objects: a rule loses its filter"),
          ),
          when(
            ({ path, before, after: now }) => /transition.*days$/.test(path) && Number(now) < Number(before),
            look("Moves objects sooner to a class from which reading may take hours and cost more"),
          ),
          (place) =>
            /(expiration.*days|noncurrent_days)$/.test(place.path)
              ? retention("objects", { isZeroForEver: true })(place)
              : undefined,
          when(
            ({ path }) => !/(days|\.id)$|abort_incomplete/.test(path),
            look("Changes which objects are deleted or moved"),
          ),
        ),
        ...harmless("transition_default_minimum_object_size expected_bucket_owner"),
      },
    },
    aws_s3_bucket_ownership_controls: {
      ...sets("object ownership"),
      arguments: { rule: any(look("Changes who owns objects: access lists begin or cease to count")) },
    },
    aws_s3_bucket_logging: {
      ...guards("access log", "Stops recording who reads the bucket"),
      arguments: toRead("target_bucket target_prefix target_object_key_format target_grant"),
    },
    aws_s3_bucket_replication_configuration: {
      ...sets(
        "replication",
        onExisting(["bucket"], (change) => givesAccess(`Copies the bucket's objects to ${destinationsOf(change)}`)),
      ),
      deleted: weakens("Stops copying objects to the other bucket"),
      arguments: toRead("rule role token"),
    },
    aws_s3_bucket_object_lock_configuration: {
      ...sets(
        "object lock",
        onExisting(["bucket"], look("Locks objects: what it keeps cannot be deleted before its time")),
      ),
      deleted: weakens("Removes the lock that keeps objects from being deleted"),
      arguments: { rule: either(retention("locks"), read) },
    },
    aws_s3_bucket_website_configuration: {
      ...sets(
        "web site",
        onExisting(["bucket"], look("Publishes a bucket as a web site, as far as its policy allows")),
      ),
      arguments: toRead("index_document error_document routing_rule routing_rules redirect_all_requests_to"),
    },
    aws_s3_bucket_notification: {
      ...sets("notifications", onExisting(["bucket"], look("Replaces the bucket's notifications by these"))),
      deleted: look("Stops calling what waits for new objects"),
      arguments: toRead("queue topic lambda_function eventbridge"),
    },
    aws_s3_bucket_cors_configuration: { ...sets("CORS rules"), arguments: toRead("cors_rule") },
    aws_s3_bucket_accelerate_configuration: { ...sets("transfer acceleration"), arguments: toRead("status") },
    aws_s3_bucket_request_payment_configuration: { ...sets("request payment"), arguments: toRead("payer") },
    aws_s3_bucket_intelligent_tiering_configuration: { ...sets("tiering"), arguments: toRead("status filter tiering") },
    aws_s3_bucket_metric: { ...hasNoState("metric"), arguments: harmless("filter") },
    aws_s3_bucket_inventory: {
      ...hasNoState("inventory"),
      arguments: toRead("destination enabled included_object_versions optional_fields schedule filter"),
    },
    aws_s3_bucket_analytics_configuration: {
      ...hasNoState("analysis"),
      arguments: toRead("filter storage_class_analysis"),
    },
    aws_s3_bucket_metadata_configuration: { ...sets("metadata tables"), arguments: toRead("metadata_configuration") },
    aws_s3_object: { ...holds("object", "what it says"), arguments: object },
    aws_s3_bucket_object: { ...holds("object", "what it says"), arguments: object },
    aws_s3tables_table_bucket: {
      ...holds("table bucket"),
      arguments: toRead("encryption_configuration maintenance_configuration force_destroy"),
    },
    aws_s3tables_table_bucket_policy: {
      ...sets("policy"),
      arguments: { resource_policy: policy("resource", ["table_bucket_arn"]) },
    },
    aws_s3tables_table: { ...holds("table"), arguments: toRead("maintenance_configuration encryption_configuration") },
    aws_s3tables_table_policy: { ...sets("policy"), arguments: { resource_policy: policy("resource", ["name"]) } },
    aws_s3vectors_vector_bucket: {
      ...holds("vector bucket"),
      arguments: toRead("encryption_configuration force_destroy"),
    },
    aws_s3vectors_vector_bucket_policy: {
      ...sets("policy"),
      arguments: { policy: policy("resource", ["vector_bucket_arn"]) },
    },
    aws_s3vectors_index: { ...holds("vector index"), arguments: {} },
  },
};
