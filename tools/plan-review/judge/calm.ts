/** Arguments that change nothing but words, in any type. */
const words = /^(tags|tags_all|labels|annotations|description|comment|alarm_description)(\.|\[|$)/;

/** Arguments of a type whose change either harms nobody, or is judged by a rule of its own where it does. */
const calm: readonly (readonly [type: RegExp, path: RegExp])[] = [
  [/^aws_cloudwatch_(dashboard|query_definition|log_metric_filter)$/, /./],
  [/^aws_budgets_budget$/, /./],
  [/^aws_cloudwatch_metric_alarm$/, /^(threshold$|metric_query\[[^\]]+\]\.label$)/],
  [/^aws_cloudwatch_log_group$/, /^retention_in_days$/],
  [/^aws_s3_bucket_lifecycle_configuration$/, /^rule.*\.(days|noncurrent_days|days_after_initiation)$/],
  [/^aws_ecr_lifecycle_policy$/, /^policy/],
  [/^aws_appautoscaling_target$/, /^(min|max)_capacity$/],
  [/^aws_appautoscaling_policy$/, /target_value$/],
  [/^aws_ecs_service$/, /^(task_definition|desired_count)$/],
  [/^aws_ecs_task_definition$/, /^(container_definitions|cpu|memory|revision|arn|id|arn_without_revision)/],
  [/^docker_(registry_)?image$/, /^(?!keep_)/],
  [/^(null_resource|terraform_data|random_|time_|local_file)/, /./],
];

export function isCalm(type: string, path: string): boolean {
  return words.test(path) || calm.some(([types, paths]) => types.test(type) && paths.test(path));
}
