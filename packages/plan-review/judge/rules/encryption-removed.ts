import { after, before, differencesAt, eachChange, type Flag, type Rule, stays, unknownAfter, words } from "../rule";

const switches =
  /(^|\.)(encrypted|storage_encrypted|at_rest_encryption_enabled|transit_encryption_enabled|encryption_enabled|enable_encryption|sqs_managed_sse_enabled|(server_side_encryption|encrypt_at_rest)\.enabled)$/;
const keys =
  /(^|\.)(kms_key_id|kms_master_key_id|kms_key_arn|kms_key|key_arn|customer_managed_key\w*|disk_encryption_set_id)$/;

/** Of listeners, brokers and distributions: also where both ways are open. */
const plain: readonly (readonly [path: RegExp, was: RegExp, is: RegExp])[] = [
  [/^protocol$/, /^(HTTPS|TLS)$/, /^(HTTP|TCP)$/],
  [/^parameter\[(rds\.force_ssl|require_secure_transport|require_ssl)\]/, /^(1|on|true)$/i, /^(0|off|false)$/i],
  [/(^|\.)client_broker$/, /^TLS$/, /PLAINTEXT$/],
  [/(^|\.)viewer_protocol_policy$/, /^(https-only|redirect-to-https)$/, /^allow-all$/],
];

export const encryptionRemoved: Rule = {
  id: "encryption-removed",
  severity: "high",
  about: "security",
  why: "What is written from now on is not encrypted, or no longer under a key of ours that can be withdrawn.",
  check: eachChange((change): Omit<Flag, "change">[] => {
    if (change.action === "delete" && change.type === "aws_s3_bucket_server_side_encryption_configuration") {
      return [{ says: "the bucket's encryption is removed" }];
    }
    if (!stays(change)) return [];
    const isOff = change.differences.some(
      (each) => switches.test(each.path) && each.before === true && each.after !== true,
    );
    if (isOff) return [{ says: "encryption is switched off" }];
    // S3's own key takes over, which another rule tells.
    if (change.type === "aws_s3_bucket_server_side_encryption_configuration") return [];
    const isPlain = plain.some(([path, was, is]) =>
      differencesAt(change, path).some((each) => was.test(words(each.before)) && is.test(words(each.after))),
    );
    if (isPlain) return [{ says: "traffic that had to be encrypted need not be any more" }];
    const gone = change.differences.filter((each) => keys.test(each.path) && each.before !== undefined && !each.after);
    return gone.length > 0 && !unknownAfter(change, gone[0]?.path ?? "")
      ? [{ says: `encryption under our key is removed (${gone[0]?.path})` }]
      : [];
  }),
};

export const encryptionWeakened: Rule = {
  id: "encryption-weakened",
  severity: "medium",
  about: "security",
  why: "Still encrypted, but with another key, or one that cannot be withdrawn.",
  check: eachChange((change): Omit<Flag, "change">[] => {
    if (!stays(change)) return [];
    const path = ["rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"] as const;
    const [was, is] = [before(change, ...path), after(change, ...path)];
    if (change.type === "aws_s3_bucket_server_side_encryption_configuration" && was !== is && typeof was === "string") {
      return [
        {
          says: `objects are encrypted by ${String(is)} from now on, no longer by ${was}`,
          instead: "keep the key: who loses it is shut out, with S3's own key nobody is",
        },
      ];
    }
    const other = change.differences.find(
      (each) => keys.test(each.path) && each.before !== undefined && each.after !== undefined,
    );
    return other
      ? [{ says: `another key encrypts from now on (${other.path}); who reads needs both for a while` }]
      : [];
  }),
};
