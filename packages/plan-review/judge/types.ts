/**
 * What goes when a resource goes. data: what cannot be made again. serving: what somebody is just using. rebuilt: nothing that anybody notices.
 * settings: how something else behaves, or who may do what; remade: settings that nobody misses for the second in which they are replaced.
 */
export type Kind = "data" | "serving" | "rebuilt" | "remade" | "settings";

/** The first that matches. What no line names is judged by the words in its type, so that types never seen before are not waved through. */
const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/^(null_resource|terraform_data|docker_(registry_)?image|time_\w+|local_file)$/, "rebuilt"],
  [/^aws_(ecs_task_definition|lambda_layer_version)$/, "rebuilt"],
  [/^aws_(ecr_lifecycle_policy|appautoscaling_policy)$/, "remade"],
  [/^aws_backup_(selection|plan)$/, "settings"],
  // The value before stays the secret's previous version.
  [/^aws_secretsmanager_secret_version$/, "settings"],
  [
    /^aws_(s3_bucket|dynamodb_table|db_instance|db_snapshot|rds_\w*cluster\w*|docdb_\w+|neptune_\w+|redshift_cluster|efs_file_system)$/,
    "data",
  ],
  [
    /^aws_(ebs_volume|ebs_snapshot|fsx_\w+|elasticache_(cluster|replication_group)|memorydb_cluster|opensearch_domain|elasticsearch_domain)$/,
    "data",
  ],
  [
    /^aws_(cloudwatch_log_group|kms_key|secretsmanager_secret|ecr_repository|sqs_queue|kinesis_stream|msk_cluster|mq_broker)$/,
    "data",
  ],
  [
    /^aws_(cognito_user_pool|backup_vault|glacier_vault|timestreamwrite_\w+|workspaces_\w+|key_pair|acmpca_\w+)$/,
    "data",
  ],
  [/^(random_password|tls_private_key)$/, "data"],
  [
    /^aws_(ecs_service|ecs_cluster|eks_\w+|instance|autoscaling_group|lambda_function|a?lb|elb|a?lb_listener(_rule)?|a?lb_target_group)$/,
    "serving",
  ],
  [
    /^aws_(launch_template|efs_mount_target|eip_association|volume_attachment|a?lb_target_group_attachment)$/,
    "serving",
  ],
  [
    /^aws_(vpc|subnet|nat_gateway|eip|internet_gateway|egress_only_internet_gateway|route|route_table|route_table_association)$/,
    "serving",
  ],
  [
    /^aws_(security_group|vpc_endpoint|vpc_peering_connection|vpn_\w+|ec2_transit_gateway\w*|network_interface|customer_gateway)$/,
    "serving",
  ],
  [
    /^aws_(route53_zone|route53_record|service_discovery_\w+|cloudfront_distribution|acm_certificate|apigatewayv?2?_\w+|api_gateway_\w+)$/,
    "serving",
  ],
  [
    /^aws_(cognito_user_pool_client|elastic_beanstalk_environment|apprunner_service|lightsail_\w+|globalaccelerator_\w+|kms_alias)$/,
    "serving",
  ],
  // How something behaves, in whatever provider: not the thing itself.
  [
    /_(policy|policies|attachment|association|rule|rules|acl|permission|permissions|binding|member|configuration|config|setting|settings)$/,
    "settings",
  ],
  [
    /_(parameter_group|subnet_group|option_group|notification|versioning|lifecycle\w*|alarm|dashboard|filter|tag|tags|alias|grant|metric)$/,
    "settings",
  ],
  [
    /^aws_(iam|cloudwatch|budgets|sns|s3_bucket|vpc_security_group|wafv2|scheduler|ssm|config|guardduty|securityhub|ecs_cluster_cap)/,
    "settings",
  ],
  [
    /(database|db(_|$)|sql|schema|ledger|bucket|storage|disk|volume|table|vault|key|secret|password|queue|topic|stream|repositor|registry|cache|redis)/,
    "data",
  ],
  [
    // An Azure group goes with all that is in it; a droplet has its disk inside.
    /(resource_group|workspace|droplet|eventhub)/,
    "data",
  ],
  [
    /(mongo|backup|snapshot|file_?system|filestore|persistent|dataset|index|namespace|project|organization|tenant|directory|realm|state)/,
    "data",
  ],
  [
    /(service|server|instance|machine|_vm|daemon_?set|stateful_?set|_pod|manifest|gateway|load_?balancer|listener|backend|route|network|subnet|firewall|dns|record|zone|node)/,
    "serving",
  ],
  [
    /(pool|deployment|function|_app|cluster|endpoint|peering|vpn|certificate|domain|address|_ip|release|job|worker|proxy|ingress|cdn)/,
    "serving",
  ],
];

/** Kubernetes' types end with the version of their API. */
export function withoutVersion(type: string): string {
  return type.replace(/_v\d+$/, "");
}

export function kindOf(type: string): Kind {
  const own = withoutVersion(type);
  return kinds.find(([pattern]) => pattern.test(own))?.[1] ?? "settings";
}
