import { eachChange, isGoing, type Rule } from "../rule";
import { kindOf } from "../types";

const what: readonly (readonly [RegExp, string, string])[] = [
  [
    /^aws_s3_bucket$/,
    "the bucket is deleted, with its objects where force_destroy is set",
    "copy what is in it first, or keep the name",
  ],
  [
    /^aws_cloudwatch_log_group$/,
    "the log group is deleted with every line in it",
    "keep the name, or export the lines first",
  ],
  [
    /^aws_kms_key$/,
    "the key is scheduled for deletion: what was encrypted with it cannot be read once it is gone",
    "move the state (moved block) instead of making a new key",
  ],
  [
    /^aws_ecr_repository$/,
    "the repository is deleted with the images that run and those to roll back to",
    "keep the name, or copy the images first",
  ],
  [/^aws_sqs_queue$/, "the queue is deleted with the messages in it", "drain it first"],
  [
    /^(random_password|tls_private_key|aws_secretsmanager_secret)$/,
    "a secret is lost that others may still use",
    "keep it, or rotate it where it is used first",
  ],
];

export const losesData: Rule = {
  id: "loses-data",
  severity: "high",
  why: "What a database, bucket, key or log group holds is gone when it is deleted, and a replacement starts empty.",
  check: eachChange((change) => {
    if (!isGoing(change) || kindOf(change.type) !== "data") return [];
    const [, says, instead] = what.find(([type]) => type.test(change.type)) ?? [];
    return [
      {
        says: says ?? `it may hold data (${change.type}), which is deleted with it`,
        outage: "data loss",
        instead: instead ?? "keep it: prevent_destroy, a moved block, or a backup that was tried",
      },
    ];
  }),
};
