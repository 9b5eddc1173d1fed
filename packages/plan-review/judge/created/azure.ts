import type { KnownTypes } from "./known-types";
import { isOneName } from "./names";

export const azureTypes: readonly KnownTypes[] = [
  {
    // They hold nothing yet, and nothing uses them.
    types: `
      azurerm_resource_group azurerm_storage_account azurerm_storage_container azurerm_storage_queue azurerm_storage_share
      azurerm_storage_table azurerm_managed_disk azurerm_snapshot azurerm_key_vault azurerm_key_vault_key
      azurerm_key_vault_secret azurerm_key_vault_certificate azurerm_container_registry azurerm_recovery_services_vault
      azurerm_mssql_server azurerm_mssql_database azurerm_mssql_elasticpool azurerm_postgresql_flexible_server
      azurerm_postgresql_flexible_server_database azurerm_postgresql_server azurerm_postgresql_database
      azurerm_mysql_flexible_server azurerm_mysql_flexible_database azurerm_mariadb_server azurerm_redis_cache
      azurerm_cosmosdb_account azurerm_cosmosdb_sql_database azurerm_cosmosdb_sql_container azurerm_cosmosdb_mongo_database
      azurerm_cosmosdb_mongo_collection azurerm_servicebus_namespace azurerm_servicebus_queue azurerm_servicebus_topic
      azurerm_servicebus_subscription azurerm_eventhub_namespace azurerm_eventhub azurerm_eventhub_consumer_group
      azurerm_log_analytics_workspace azurerm_user_assigned_identity`,
  },
  {
    // New machines, containers and apps run beside those that are there.
    types: `
      azurerm_linux_virtual_machine azurerm_windows_virtual_machine azurerm_virtual_machine
      azurerm_linux_virtual_machine_scale_set azurerm_windows_virtual_machine_scale_set azurerm_orchestrated_virtual_machine_scale_set
      azurerm_availability_set azurerm_proximity_placement_group azurerm_image azurerm_kubernetes_cluster
      azurerm_kubernetes_cluster_node_pool azurerm_container_group azurerm_container_app azurerm_container_app_environment
      azurerm_service_plan azurerm_linux_web_app azurerm_windows_web_app azurerm_linux_function_app
      azurerm_windows_function_app azurerm_logic_app_workflow azurerm_static_web_app`,
  },
  {
    // Networks and doors of their own.
    types: `
      azurerm_virtual_network azurerm_subnet azurerm_network_security_group azurerm_application_security_group
      azurerm_route_table azurerm_public_ip azurerm_public_ip_prefix azurerm_network_interface azurerm_nat_gateway azurerm_lb
      azurerm_application_gateway azurerm_firewall azurerm_firewall_policy azurerm_web_application_firewall_policy
      azurerm_cdn_profile azurerm_cdn_frontdoor_profile azurerm_dns_zone azurerm_private_dns_zone`,
  },
  {
    types: `
      azurerm_dns_a_record azurerm_dns_aaaa_record azurerm_dns_cname_record azurerm_dns_ptr_record azurerm_dns_srv_record
      azurerm_dns_txt_record azurerm_private_dns_a_record azurerm_private_dns_aaaa_record azurerm_private_dns_cname_record
      azurerm_private_dns_ptr_record azurerm_private_dns_srv_record azurerm_private_dns_txt_record`,
    when: isOneName,
  },
  {
    // They watch, record and tell.
    types: `
      azurerm_application_insights azurerm_monitor_action_group azurerm_monitor_metric_alert
      azurerm_monitor_activity_log_alert azurerm_monitor_scheduled_query_rules_alert_v2 azurerm_monitor_diagnostic_setting
      azurerm_portal_dashboard azurerm_consumption_budget_resource_group azurerm_consumption_budget_subscription
      azurerm_network_watcher_flow_log`,
  },
  // Settings of one other resource: on a new one nobody misses how it was.
  { types: "azurerm_network_security_rule", of: ["network_security_group_name"] },
  { types: "azurerm_route", of: ["route_table_name"] },
  {
    types: `
      azurerm_subnet_network_security_group_association azurerm_subnet_route_table_association
      azurerm_subnet_nat_gateway_association`,
    of: ["subnet_id"],
  },
  {
    types: `
      azurerm_network_interface_security_group_association azurerm_network_interface_backend_address_pool_association
      azurerm_network_interface_application_security_group_association`,
    of: ["network_interface_id"],
  },
  { types: "azurerm_nat_gateway_public_ip_association", of: ["nat_gateway_id"] },
  {
    types: "azurerm_virtual_machine_data_disk_attachment azurerm_virtual_machine_extension",
    of: ["virtual_machine_id"],
  },
  {
    types: "azurerm_lb_backend_address_pool azurerm_lb_probe azurerm_lb_rule azurerm_lb_nat_rule",
    of: ["loadbalancer_id"],
  },
  { types: "azurerm_key_vault_access_policy", of: ["key_vault_id"] },
  { types: "azurerm_storage_account_network_rules azurerm_storage_management_policy", of: ["storage_account_id"] },
  { types: "azurerm_mssql_firewall_rule azurerm_mssql_virtual_network_rule", of: ["server_id"] },
  {
    types: "azurerm_postgresql_flexible_server_firewall_rule azurerm_postgresql_flexible_server_configuration",
    of: ["server_id"],
  },
  { types: "azurerm_mysql_flexible_server_firewall_rule", of: ["server_name"] },
  { types: "azurerm_private_dns_zone_virtual_network_link", of: ["virtual_network_id"] },
  { types: "azurerm_role_assignment", of: ["scope"] },
];
