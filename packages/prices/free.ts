const accountPart = "IAM costs nothing";
const vpcPart = "part of the VPC, which costs nothing; gateways and endpoints in it do";
const bucketPart = "a setting of its bucket";
const balancerPart = "paid with its load balancer";
const machinePart = "paid with the machines that it describes, starts or joins";
const databasePart = "a setting of its database or cache";
const apiPart = "paid with the requests to its API";
const lookUp = "a look-up";
const local = "on the machine that runs Terraform, or in the state";

/** Types that cost nothing by themselves, and why. */
export const free: Readonly<Record<string, string>> = {
  ...each(
    accountPart,
    `aws_iam_access_key aws_iam_account_alias aws_iam_account_password_policy aws_iam_group aws_iam_group_membership
    aws_iam_group_policy aws_iam_group_policy_attachment aws_iam_instance_profile aws_iam_openid_connect_provider
    aws_iam_policy aws_iam_policy_attachment aws_iam_role aws_iam_role_policies_exclusive aws_iam_role_policy
    aws_iam_role_policy_attachment aws_iam_role_policy_attachments_exclusive aws_iam_saml_provider
    aws_iam_server_certificate aws_iam_service_linked_role aws_iam_user aws_iam_user_group_membership
    aws_iam_user_login_profile aws_iam_user_policy aws_iam_user_policy_attachment aws_iam_user_ssh_key`,
  ),
  ...each(
    vpcPart,
    `aws_default_network_acl aws_default_route_table aws_default_security_group aws_default_subnet aws_default_vpc
    aws_ec2_managed_prefix_list aws_ec2_managed_prefix_list_entry aws_egress_only_internet_gateway
    aws_main_route_table_association aws_network_acl aws_network_acl_association aws_network_acl_rule
    aws_network_interface aws_network_interface_attachment aws_network_interface_sg_attachment aws_route aws_route_table
    aws_route_table_association aws_security_group aws_security_group_rule aws_subnet aws_vpc aws_vpc_dhcp_options
    aws_vpc_dhcp_options_association aws_vpc_endpoint_policy aws_vpc_endpoint_route_table_association
    aws_vpc_ipv4_cidr_block_association aws_vpc_security_group_egress_rule aws_vpc_security_group_ingress_rule`,
  ),
  ...each(
    bucketPart,
    `aws_s3_account_public_access_block aws_s3_bucket_acl aws_s3_bucket_cors_configuration
    aws_s3_bucket_lifecycle_configuration aws_s3_bucket_logging aws_s3_bucket_notification
    aws_s3_bucket_object_lock_configuration aws_s3_bucket_ownership_controls aws_s3_bucket_policy
    aws_s3_bucket_public_access_block aws_s3_bucket_server_side_encryption_configuration aws_s3_bucket_versioning
    aws_s3_bucket_website_configuration`,
  ),
  ...each(
    balancerPart,
    `aws_alb_listener aws_alb_listener_rule aws_alb_target_group aws_alb_target_group_attachment aws_lb_listener
    aws_lb_listener_certificate aws_lb_listener_rule aws_lb_target_group aws_lb_target_group_attachment`,
  ),
  ...each(
    machinePart,
    `aws_autoscaling_attachment aws_autoscaling_group_tag aws_autoscaling_lifecycle_hook aws_autoscaling_notification
    aws_autoscaling_schedule aws_ecs_capacity_provider aws_eip_association aws_key_pair aws_launch_configuration
    aws_launch_template aws_placement_group aws_volume_attachment`,
  ),
  ...each(
    databasePart,
    `aws_db_option_group aws_db_parameter_group aws_db_subnet_group aws_docdb_cluster_parameter_group
    aws_docdb_subnet_group aws_elasticache_parameter_group aws_elasticache_subnet_group aws_neptune_subnet_group
    aws_rds_cluster_parameter_group aws_redshift_parameter_group aws_redshift_subnet_group`,
  ),
  ...each(
    apiPart,
    `aws_api_gateway_authorizer aws_api_gateway_deployment aws_api_gateway_integration
    aws_api_gateway_integration_response aws_api_gateway_method aws_api_gateway_method_response aws_api_gateway_model
    aws_api_gateway_resource aws_apigatewayv2_authorizer aws_apigatewayv2_integration aws_apigatewayv2_route
    aws_apigatewayv2_stage`,
  ),
  aws_acm_certificate: "public certificates cost nothing with AWS's own load balancers",
  aws_acm_certificate_validation: "waits",
  aws_appautoscaling_scheduled_action: "a setting of its target",
  aws_appautoscaling_target: "paid with its policies' alarms",
  aws_backup_plan: "paid with the vault that keeps the backups",
  aws_backup_selection: "paid with the vault that keeps the backups",
  aws_budgets_budget: "a budget that only sends mail costs nothing",
  aws_cloudwatch_event_rule: "events of AWS's own services cost nothing",
  aws_cloudwatch_event_target: "paid with what it calls",
  aws_cloudwatch_log_resource_policy: "a permission",
  aws_cloudwatch_log_stream: "paid with its log group",
  aws_cloudwatch_log_subscription_filter: "paid with what takes the lines",
  aws_cloudwatch_query_definition: "paid when somebody runs it: 0.005 USD for each GB that it reads",
  aws_ecr_lifecycle_policy: "a setting of its repository",
  aws_ecr_repository_policy: "a setting of its repository",
  aws_ecs_cluster_capacity_providers: "a setting of its cluster",
  aws_ecs_task_definition: "paid with the service that runs it",
  aws_efs_access_point: "paid with its file system",
  aws_efs_file_system_policy: "a setting of its file system",
  aws_efs_mount_target: "paid with its file system",
  aws_eks_access_entry: "a permission",
  aws_eks_access_policy_association: "a permission",
  aws_eks_pod_identity_association: "a permission",
  aws_flow_log: "paid with its log group",
  aws_internet_gateway: "what leaves is paid with what sends it",
  aws_kms_alias: "paid with its key",
  aws_kms_grant: "paid with its key",
  aws_kms_key_policy: "paid with its key",
  aws_lambda_alias: "paid with its function",
  aws_lambda_permission: "a permission",
  aws_route53_record: "paid with its zone",
  aws_secretsmanager_secret_policy: "a setting of its secret",
  aws_secretsmanager_secret_version: "paid with its secret",
  aws_sns_topic: "the first million messages a month cost nothing; mails are paid with their subscription",
  aws_sns_topic_policy: "a setting of its topic",
  aws_sqs_queue: "the first million requests a month cost nothing, and this one holds what failed",
  aws_sqs_queue_policy: "a setting of its queue",
  aws_wafv2_web_acl_association: "paid with its web ACL",
  aws_wafv2_web_acl_logging_configuration: "paid with its log group",
  docker_registry_image: "paid with its repository",
  ...each(
    local,
    `docker_image local_file local_sensitive_file null_resource random_bytes random_id random_integer random_password
    random_pet random_shuffle random_string random_uuid terraform_data time_offset time_rotating time_sleep time_static
    tls_cert_request tls_private_key tls_self_signed_cert`,
  ),
  ...each(
    lookUp,
    "data.aws_caller_identity data.aws_kms_alias data.aws_region data.aws_route53_zone data.terraform_remote_state",
  ),
};

function each(why: string, types: string): Record<string, string> {
  return Object.fromEntries(types.split(/\s+/).map((type) => [type, why]));
}
