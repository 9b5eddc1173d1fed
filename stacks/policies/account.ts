import { bucketName } from "../constructs/names";
import type { Policy } from "./policy";

/** Types that AWS cannot tag, of those that the stacks use. Source: the provider's documentation of each. */
const untaggable =
  /^(docker_.*|aws_acm_certificate_validation|aws_appautoscaling_policy|aws_cloudwatch_(dashboard|event_target|query_definition)|aws_cloudwatch_log_.*(?<!group)|aws_ecr_lifecycle_policy|aws_ecs_cluster_capacity_providers|aws_iam_role_policy(_attachment)?|aws_kms_alias|aws_route|aws_route53_record|aws_route_table_association|aws_s3_bucket_.*|aws_sns_topic_(policy|subscription)|aws_sqs_queue_policy|aws_wafv2_web_acl_(association|logging_configuration)|aws_default_.*)$/;

export const accountPolicies: readonly Policy[] = [
  {
    promise: "changes its own account only",
    violations: (stacks, { accountId }) =>
      stacks
        .awsProviders()
        .filter(({ allowed_account_ids }) => String(allowed_account_ids) !== accountId)
        .map(({ allowed_account_ids }) => `provider for ${allowed_account_ids}`),
  },
  {
    promise: "knows nothing of emulators",
    violations: (stacks) =>
      stacks
        .providers()
        .flatMap((provider) =>
          Object.keys(provider).filter((key) => /endpoint|skip_|access_key|secret_key|profile/.test(key)),
        ),
  },
  {
    promise: "keeps each state in the environment's bucket, locked",
    violations: (stacks, environment) =>
      stacks
        .backends()
        .filter(({ bucket, use_lockfile }) => bucket !== bucketName(environment, "state") || use_lockfile !== true)
        .map(({ key }) => key),
  },
  {
    promise: "tags everything that can be tagged with its environment, stack and address",
    violations: (stacks, { name }) => [
      ...stacks
        .all()
        .filter(([address, { tags }]) => !untaggable.test(address.split(".")[0] ?? "") && tags?.Address !== address)
        .map(([address]) => address),
      ...stacks
        .awsProviders()
        .filter(({ default_tags }) => default_tags?.[0]?.tags?.Environment !== name || !default_tags[0].tags.Stack)
        .map(() => "provider without default tags"),
    ],
  },
];
