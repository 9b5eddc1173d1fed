/** A resource's arguments and attributes as Terraform's plan has them; what is not known yet is absent. */
// biome-ignore lint/suspicious/noExplicitAny: the shape differs for each resource type
export type Values = Readonly<Record<string, any>>;

type IdFromArn = (arn: string) => string | undefined;

const part =
  (pattern: RegExp): IdFromArn =>
  (arn) =>
    pattern.exec(arn)?.[1];
const whole =
  (pattern: RegExp): IdFromArn =>
  (arn) =>
    pattern.test(arn) ? arn : undefined;

/**
 * What `terraform import` asks for, from the ARN by which the tagging API knows a resource. Undefined for what is not of the type: a task
 * inherits the tags of its service. The forms are those of the section "Import" of each type in the AWS provider's documentation.
 */
export const idsFromArns: Readonly<Record<string, IdFromArn>> = {
  aws_acm_certificate: whole(/:certificate\//),
  aws_cloudwatch_composite_alarm: part(/:alarm:(.+)/),
  aws_cloudwatch_event_rule: part(/:rule\/(.+)/),
  aws_cloudwatch_log_group: part(/:log-group:([^:]+)/),
  aws_cloudwatch_metric_alarm: part(/:alarm:(.+)/),
  aws_default_security_group: part(/:security-group\/(.+)/),
  aws_ecr_repository: part(/:repository\/(.+)/),
  aws_ecs_cluster: part(/:cluster\/(.+)/),
  aws_ecs_service: part(/:service\/(.+)/),
  aws_ecs_task_definition: whole(/:task-definition\//),
  aws_eip: part(/:elastic-ip\/(.+)/),
  aws_flow_log: part(/:vpc-flow-log\/(.+)/),
  aws_internet_gateway: part(/:internet-gateway\/(.+)/),
  aws_kms_key: part(/:key\/(.+)/),
  aws_lb: whole(/:loadbalancer\//),
  aws_lb_listener: whole(/:listener\//),
  aws_lb_listener_rule: whole(/:listener-rule\//),
  aws_lb_target_group: whole(/:targetgroup\//),
  aws_nat_gateway: part(/:natgateway\/(.+)/),
  aws_route53_zone: part(/:hostedzone\/(.+)/),
  aws_route_table: part(/:route-table\/(.+)/),
  aws_s3_bucket: part(/^arn:[^:]+:s3:::(.+)/),
  aws_security_group: part(/:security-group\/(.+)/),
  aws_sns_topic: whole(/:sns:/),
  aws_subnet: part(/:subnet\/(.+)/),
  aws_vpc: part(/:vpc\/(.+)/),
  aws_vpc_endpoint: part(/:vpc-endpoint\/(.+)/),
  aws_vpc_security_group_egress_rule: part(/:security-group-rule\/(.+)/),
  aws_vpc_security_group_ingress_rule: part(/:security-group-rule\/(.+)/),
  aws_wafv2_web_acl: (arn) => arn.replace(/^.*:regional\/webacl\/([^/]+)\/([^/]+)$/, "$2/$1/REGIONAL"),
};

/** For what the tagging API does not list: the id, from values that the plan knows. Undefined while it does not know them. */
export const idsFromValues: Readonly<Record<string, (values: Values, accountId: string) => string | undefined>> = {
  aws_appautoscaling_target: ({ service_namespace, resource_id, scalable_dimension }) =>
    joined("/", service_namespace, resource_id, scalable_dimension),
  aws_budgets_budget: ({ name }, accountId) => joined(":", accountId, name),
  aws_iam_openid_connect_provider: ({ url }, accountId) =>
    joined(":", `arn:aws:iam:`, accountId, url?.replace("https://", "oidc-provider/")),
  aws_iam_policy: ({ name }, accountId) => joined("/", `arn:aws:iam::${accountId}:policy`, name),
  aws_iam_role: ({ name }) => name,
  aws_kms_alias: ({ name }) => name,
  aws_route: ({ route_table_id, destination_cidr_block }) => joined("_", route_table_id, destination_cidr_block),
  aws_route53_record: ({ zone_id, name, type }) => joined("_", zone_id, name, type),
  aws_route_table_association: ({ subnet_id, route_table_id }) => joined("/", subnet_id, route_table_id),
};

/**
 * What a deploy may write once more over what is there, and nothing is lost or doubled; but for a saved query, which then stands there
 * twice, and a release, which is recorded once more.
 */
export const writtenAgain: ReadonlySet<string> = new Set([
  "aws_acm_certificate_validation",
  "aws_appautoscaling_policy",
  "aws_cloudwatch_dashboard",
  "aws_cloudwatch_event_target",
  "aws_cloudwatch_log_metric_filter",
  "aws_cloudwatch_log_resource_policy",
  "aws_cloudwatch_query_definition",
  "aws_ecr_lifecycle_policy",
  "aws_ecs_cluster_capacity_providers",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
  "aws_sqs_queue",
  "aws_sqs_queue_policy",
  "aws_ssm_parameter",
  "aws_wafv2_web_acl_association",
  "aws_wafv2_web_acl_logging_configuration",
  "docker_image",
  "docker_registry_image",
]);

function joined(separator: string, ...parts: (string | null | undefined)[]): string | undefined {
  return parts.every(Boolean) ? parts.join(separator) : undefined;
}
