import type { Difference } from "../classify/differences";
import type { Json } from "../read/plan";

/** Arguments that change nothing but words, in any type. Google's provider writes labels twice more. */
const words = /^(tags|tags_all|(effective_|terraform_)?labels|annotations|description|comment|alarm_description)(\.|$)/;

/** Of these types, labels and annotations say what runs where. */
const chosenByLabels = /(eks|kubernetes|nomad|node_pool)|^(?!aws_|azurerm_|google_)/;

/** Arguments of a type whose change either harms nobody, or is judged by a rule of its own where it does. */
const calm: readonly (readonly [type: RegExp, path: RegExp])[] = [
  [/^aws_cloudwatch_(dashboard|query_definition)$/, /./],
  [/^aws_budgets_budget$/, /./],
  [/^aws_cloudwatch_metric_alarm$/, /^(threshold$|metric_query\[[^\]]+\]\.label$)/],
  [/^aws_cloudwatch_log_group$/, /^retention_in_days$/],
  [/^aws_s3_bucket_lifecycle_configuration$/, /^rule.*\.(days|noncurrent_days|days_after_initiation)$/],
  [/^aws_ecr_lifecycle_policy$/, /^policy/],
  [/^aws_appautoscaling_target$/, /^(min|max)_capacity$/],
  [/^aws_appautoscaling_policy$/, /target_value$/],
  [/^aws_autoscaling_group$/, /^(min_size|max_size|desired_capacity)$/],
  [/^aws_(db_instance|rds_cluster)$/, /^(backup_retention_period|(max_)?allocated_storage)$/],
  [/^aws_ecs_service$/, /^desired_count$/],
  [/^aws_ecs_task_definition$/, /^(container_definitions|cpu|memory|revision|arn|id|arn_without_revision)/],
  [/^docker_(registry_)?image$/, /^(?!keep_)/],
  // A release.
  [
    /^aws_lambda_function$/,
    /^(s3_key|s3_object_version|filename|source_code_hash|code_sha256|last_modified|version|qualified_\w+)$/,
  ],
  [/^(null_resource|terraform_data|random_|time_|local_file)/, /./],
];

/** What only protects, or tells, while it is on. */
const protections =
  /^(sqs_managed_sse_enabled|image_scanning_configuration\.scan_on_push|(access_logs|connection_logs)\.enabled|(enable_)?deletion_protection(_enabled)?|termination_protection|point_in_time_recovery\.enabled|enable_key_rotation)$/;

/** Of which more harms nobody: time to get things back, and room. */
const harmlessMore: readonly (readonly [type: RegExp, path: RegExp])[] = [
  [
    /./,
    /(^|\.)(retention_period|message_retention_seconds|(recovery|deletion)_(window|period)_in_days|lifecycle\.delete_after)$/,
  ],
  [/^aws_lambda_function$/, /^(memory_size|timeout|ephemeral_storage\.size)$/],
  [/^aws_eks_node_group$/, /^scaling_config\.(min|max|desired)_size$/],
  [/^kubernetes_/, /^spec\.replicas$/],
];

export function isCalm(type: string, { path, before, after }: Difference): boolean {
  const isMore = typeof before === "number" && Number(after) > before;
  if (isMore && harmlessMore.some(([types, paths]) => types.test(type) && paths.test(path))) return true;
  if (protections.test(path) && after === true) return true;
  if (/^(enabled_cloudwatch_logs_exports|enabled_cluster_log_types)/.test(path) && before === undefined) return true;
  if (type === "aws_ecs_service" && path === "task_definition") return isNextOf(before, after);
  if (type === "aws_lambda_alias" && path === "function_version") return Number(after) > Number(before);
  if (words.test(path)) return !(chosenByLabels.test(type) && /^(\w*labels|annotations)/.test(path));
  return calm.some(([types, paths]) => types.test(type) && paths.test(path));
}

/** A later revision of the same family, or one that only the apply will tell. */
function isNextOf(before: Json | undefined, after: Json | undefined): boolean {
  if (after === undefined) return true;
  const [, family, revision] = /([^/]+):(\d+)$/.exec(String(before)) ?? [];
  const [, nextFamily, next] = /([^/]+):(\d+)$/.exec(String(after)) ?? [];
  return family === nextFamily && Number(next) > Number(revision);
}
