import { isNothing } from "../../classify/meaning";
import { after } from "../rule";
import type { KnownTypes } from "./known-types";
import { isOneName } from "./names";

export const awsTypes: readonly KnownTypes[] = [
  {
    // They hold nothing yet, and nothing uses them.
    types: `
      aws_s3_bucket aws_s3_access_point aws_dynamodb_table aws_efs_file_system aws_efs_access_point aws_efs_mount_target
      aws_fsx_lustre_file_system aws_fsx_windows_file_system aws_ebs_volume aws_ebs_snapshot aws_ecr_repository aws_backup_vault
      aws_db_instance aws_db_snapshot aws_db_snapshot_copy aws_db_cluster_snapshot aws_rds_cluster aws_rds_cluster_instance
      aws_rds_global_cluster aws_docdb_cluster aws_docdb_cluster_instance aws_neptune_cluster aws_neptune_cluster_instance
      aws_elasticache_cluster aws_elasticache_replication_group aws_elasticache_serverless_cache aws_memorydb_cluster
      aws_redshift_cluster aws_redshiftserverless_namespace aws_redshiftserverless_workgroup aws_opensearch_domain
      aws_elasticsearch_domain aws_sqs_queue aws_sns_topic aws_kinesis_stream aws_kinesis_firehose_delivery_stream
      aws_msk_cluster aws_mq_broker aws_timestreamwrite_database aws_timestreamwrite_table aws_glue_catalog_database
      aws_secretsmanager_secret aws_kms_key aws_kms_external_key aws_kms_replica_key aws_kms_alias aws_key_pair`,
  },
  {
    // Groups of parameters, subnets and templates: others have to name them first.
    types: `
      aws_db_subnet_group aws_db_parameter_group aws_db_option_group aws_rds_cluster_parameter_group aws_docdb_subnet_group
      aws_docdb_cluster_parameter_group aws_neptune_subnet_group aws_elasticache_subnet_group aws_elasticache_parameter_group
      aws_memorydb_subnet_group aws_memorydb_parameter_group aws_redshift_subnet_group aws_redshift_parameter_group
      aws_msk_configuration aws_launch_template aws_launch_configuration aws_placement_group aws_lambda_layer_version
      aws_ssm_document aws_ec2_managed_prefix_list aws_resourcegroups_group aws_lb_trust_store`,
  },
  {
    // New machines, tasks and functions run beside those that are there.
    types: `
      aws_instance aws_spot_instance_request aws_autoscaling_group aws_ecs_cluster aws_ecs_service aws_ecs_task_definition
      aws_ecs_capacity_provider aws_eks_cluster aws_eks_node_group aws_eks_fargate_profile aws_lambda_function aws_lambda_alias
      aws_apprunner_service aws_batch_compute_environment aws_batch_job_queue aws_batch_job_definition aws_sfn_state_machine
      aws_sfn_activity aws_codebuild_project aws_elastic_beanstalk_application aws_cloudwatch_event_bus
      aws_cloudwatch_event_archive aws_cloudwatch_event_rule`,
  },
  {
    // Networks and doors of their own; reachability is followed, and rows judge routes, records and endpoints.
    types: `
      aws_vpc aws_subnet aws_internet_gateway aws_egress_only_internet_gateway aws_nat_gateway aws_eip aws_eip_association
      aws_route_table aws_route aws_route_table_association aws_main_route_table_association aws_network_interface
      aws_network_acl aws_network_acl_rule aws_network_acl_association aws_vpc_dhcp_options aws_vpc_dhcp_options_association
      aws_vpc_peering_connection aws_vpc_ipv4_cidr_block_association aws_customer_gateway aws_vpn_gateway
      aws_ec2_transit_gateway aws_ec2_transit_gateway_vpc_attachment aws_security_group aws_security_group_rule
      aws_vpc_security_group_ingress_rule aws_vpc_security_group_egress_rule aws_default_security_group
      aws_default_network_acl aws_default_route_table
      aws_lb aws_alb aws_elb aws_lb_listener aws_alb_listener aws_lb_listener_rule aws_alb_listener_rule aws_lb_target_group
      aws_alb_target_group aws_lb_target_group_attachment aws_alb_target_group_attachment aws_lb_listener_certificate
      aws_acm_certificate aws_acm_certificate_validation aws_route53_zone aws_route53_health_check
      aws_service_discovery_http_namespace aws_service_discovery_private_dns_namespace aws_service_discovery_service
      aws_cloudfront_distribution aws_cloudfront_origin_access_control aws_cloudfront_origin_access_identity
      aws_cloudfront_cache_policy aws_cloudfront_origin_request_policy aws_cloudfront_response_headers_policy
      aws_cloudfront_function aws_cloudfront_public_key aws_cloudfront_key_group aws_api_gateway_rest_api
      aws_api_gateway_domain_name aws_api_gateway_vpc_link aws_apigatewayv2_api aws_apigatewayv2_domain_name
      aws_apigatewayv2_vpc_link`,
  },
  { types: "aws_route53_record", when: isOneName },
  { types: "aws_vpc_endpoint", when: (change) => isNothing(after(change, "policy")) },
  {
    types: "aws_s3_bucket_versioning",
    when: (change) => after(change, "versioning_configuration", 0, "status") === "Enabled",
  },
  {
    // Who may do what: policies are read, and rows judge what they are attached to.
    types: `
      aws_iam_role aws_iam_policy aws_iam_user aws_iam_group aws_iam_instance_profile aws_iam_role_policy aws_iam_user_policy
      aws_iam_group_policy aws_iam_role_policy_attachment aws_iam_user_policy_attachment aws_iam_group_policy_attachment
      aws_iam_policy_attachment aws_iam_role_policies_exclusive aws_iam_role_policy_attachments_exclusive
      aws_iam_user_policies_exclusive aws_iam_user_policy_attachments_exclusive aws_iam_group_policies_exclusive
      aws_iam_group_policy_attachments_exclusive aws_iam_access_key aws_iam_user_login_profile aws_iam_user_ssh_key
      aws_iam_service_specific_credential aws_iam_user_group_membership aws_iam_group_membership
      aws_iam_openid_connect_provider aws_iam_saml_provider aws_iam_server_certificate aws_iam_service_linked_role
      aws_eks_access_policy_association aws_ami_launch_permission aws_snapshot_create_volume_permission
      aws_organizations_policy aws_organizations_policy_attachment aws_cognito_user_pool aws_cognito_identity_pool`,
  },
  {
    // They watch, record, count and tell.
    types: `
      aws_cloudwatch_metric_alarm aws_cloudwatch_composite_alarm aws_cloudwatch_dashboard aws_cloudwatch_log_group
      aws_cloudwatch_log_stream aws_cloudwatch_log_metric_filter aws_cloudwatch_log_subscription_filter
      aws_cloudwatch_query_definition aws_flow_log aws_cloudtrail aws_guardduty_detector aws_config_configuration_recorder
      aws_config_configuration_recorder_status aws_config_delivery_channel aws_accessanalyzer_analyzer
      aws_wafv2_web_acl_logging_configuration aws_route53_query_log aws_synthetics_canary aws_xray_group
      aws_budgets_budget aws_ce_anomaly_monitor aws_ce_anomaly_subscription aws_s3_bucket_metric
      aws_s3_bucket_analytics_configuration aws_s3_bucket_inventory`,
  },
  {
    // They only protect: copies, versions, and filters that nothing uses yet.
    types: `
      aws_backup_plan aws_backup_selection aws_efs_backup_policy
      aws_wafv2_web_acl aws_wafv2_web_acl_association aws_wafv2_ip_set aws_wafv2_regex_pattern_set aws_wafv2_rule_group`,
  },
  {
    // Rows name what they overwrite, rotate, delete, stop or lock; otherwise they leave what exists alone.
    types: `
      aws_ssm_parameter aws_secretsmanager_secret_rotation aws_ecr_lifecycle_policy aws_appautoscaling_scheduled_action
      aws_autoscaling_schedule aws_ec2_instance_state aws_backup_vault_lock_configuration aws_glacier_vault_lock
      aws_s3_bucket_object_lock_configuration aws_s3_bucket_replication_configuration aws_ebs_encryption_by_default`,
  },
];

/** Settings of one other resource: on a new one nobody misses how it was. */
export const awsSettings: readonly KnownTypes[] = [
  {
    types: `
      aws_s3_bucket_versioning aws_s3_bucket_public_access_block aws_s3_bucket_server_side_encryption_configuration aws_s3_bucket_ownership_controls
      aws_s3_bucket_policy aws_s3_bucket_acl aws_s3_bucket_lifecycle_configuration aws_s3_bucket_notification
      aws_s3_bucket_cors_configuration aws_s3_bucket_logging aws_s3_bucket_website_configuration aws_s3_object
      aws_s3_bucket_intelligent_tiering_configuration aws_s3_bucket_accelerate_configuration`,
    of: ["bucket"],
  },
  { types: "aws_vpc_endpoint aws_vpc_endpoint_policy", of: ["vpc_id", "vpc_endpoint_id"] },
  { types: "aws_kms_grant aws_kms_key_policy", of: ["key_id"] },
  { types: "aws_secretsmanager_secret_version", of: ["secret_id"] },
  { types: "aws_secretsmanager_secret_policy", of: ["secret_arn"] },
  { types: "aws_ecr_repository_policy", of: ["repository"] },
  { types: "aws_efs_file_system_policy", of: ["file_system_id"] },
  { types: "aws_sqs_queue_policy aws_sqs_queue_redrive_policy aws_sqs_queue_redrive_allow_policy", of: ["queue_url"] },
  { types: "aws_sns_topic_policy", of: ["arn"] },
  { types: "aws_sns_topic_subscription", of: ["topic_arn"] },
  { types: "aws_cloudwatch_event_target", of: ["rule"] },
  {
    types: `
      aws_lambda_permission aws_lambda_function_url aws_lambda_function_event_invoke_config
      aws_lambda_provisioned_concurrency_config`,
    of: ["function_name"],
  },
  // A queue or a stream that has a consumer gives another one a share.
  { types: "aws_lambda_event_source_mapping", of: ["event_source_arn"] },
  { types: "aws_appautoscaling_target aws_appautoscaling_policy", of: ["resource_id"] },
  {
    types: "aws_autoscaling_policy aws_autoscaling_lifecycle_hook aws_autoscaling_attachment",
    of: ["autoscaling_group_name"],
  },
  { types: "aws_volume_attachment aws_network_interface_attachment", of: ["instance_id", "instance"] },
  { types: "aws_ecs_cluster_capacity_providers", of: ["cluster_name"] },
  {
    types: "aws_eks_addon aws_eks_access_entry aws_eks_pod_identity_association aws_eks_identity_provider_config",
    of: ["cluster_name"],
  },
  {
    types: `
      aws_api_gateway_resource aws_api_gateway_method aws_api_gateway_method_response aws_api_gateway_method_settings
      aws_api_gateway_integration aws_api_gateway_integration_response aws_api_gateway_deployment aws_api_gateway_stage
      aws_api_gateway_authorizer aws_api_gateway_model aws_api_gateway_gateway_response aws_api_gateway_rest_api_policy`,
    of: ["rest_api_id"],
  },
  {
    types: `
      aws_apigatewayv2_route aws_apigatewayv2_integration aws_apigatewayv2_stage aws_apigatewayv2_deployment
      aws_apigatewayv2_authorizer`,
    of: ["api_id"],
  },
  {
    types:
      "aws_cognito_user_pool_client aws_cognito_user_pool_domain aws_cognito_resource_server aws_cognito_user_group",
    of: ["user_pool_id"],
  },
];
