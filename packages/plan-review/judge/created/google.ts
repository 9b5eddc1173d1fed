import { after } from "../rule";
import type { KnownTypes } from "./known-types";
import { isOneName } from "./names";

export const googleTypes: readonly KnownTypes[] = [
  {
    // They hold nothing yet, and nothing uses them.
    types: `
      google_storage_bucket google_bigquery_dataset google_bigquery_table google_sql_database_instance google_sql_database
      google_spanner_instance google_spanner_database google_bigtable_instance google_bigtable_table google_firestore_database
      google_filestore_instance google_redis_instance google_memcache_instance google_alloydb_cluster google_alloydb_instance
      google_pubsub_topic google_pubsub_subscription google_pubsub_schema google_cloud_tasks_queue google_compute_disk
      google_compute_image google_compute_snapshot google_secret_manager_secret google_kms_key_ring google_kms_crypto_key
      google_artifact_registry_repository google_sourcerepo_repository google_service_account google_project google_folder
      google_project_service google_tags_tag_key google_tags_tag_value`,
  },
  {
    // New machines, containers and functions run beside those that are there.
    types: `
      google_compute_instance google_compute_instance_template google_compute_region_instance_template
      google_compute_instance_group_manager google_compute_region_instance_group_manager google_container_cluster
      google_container_node_pool google_cloud_run_service google_cloud_run_v2_service google_cloud_run_v2_job
      google_cloudfunctions_function google_cloudfunctions2_function google_workflows_workflow google_dataflow_job
      google_dataproc_cluster google_composer_environment`,
  },
  {
    // Networks and doors of their own.
    types: `
      google_compute_network google_compute_subnetwork google_compute_address google_compute_global_address
      google_compute_router google_compute_health_check google_compute_region_health_check google_compute_backend_service
      google_compute_region_backend_service google_compute_backend_bucket google_compute_network_endpoint_group
      google_compute_region_network_endpoint_group google_compute_url_map google_compute_region_url_map
      google_compute_target_http_proxy google_compute_target_https_proxy google_compute_ssl_certificate
      google_compute_managed_ssl_certificate google_compute_ssl_policy google_compute_security_policy
      google_vpc_access_connector google_certificate_manager_certificate`,
  },
  { types: "google_dns_managed_zone", when: (change) => after(change, "visibility") !== "private" },
  { types: "google_dns_record_set", when: isOneName },
  {
    // They watch, count and tell.
    types: `
      google_monitoring_alert_policy google_monitoring_dashboard google_monitoring_notification_channel
      google_monitoring_uptime_check_config google_monitoring_slo google_monitoring_custom_service google_logging_metric
      google_billing_budget`,
  },
  // Settings of one other resource: on a new one nobody misses how it was.
  {
    types: "google_storage_bucket_iam_member google_storage_bucket_iam_binding google_storage_bucket_object",
    of: ["bucket"],
  },
  { types: "google_secret_manager_secret_version", of: ["secret"] },
  { types: "google_secret_manager_secret_iam_member google_secret_manager_secret_iam_binding", of: ["secret_id"] },
  { types: "google_pubsub_topic_iam_member google_pubsub_topic_iam_binding", of: ["topic"] },
  { types: "google_pubsub_subscription_iam_member google_pubsub_subscription_iam_binding", of: ["subscription"] },
  { types: "google_kms_crypto_key_iam_member google_kms_crypto_key_iam_binding", of: ["crypto_key_id"] },
  { types: "google_service_account_iam_member google_service_account_iam_binding", of: ["service_account_id"] },
  { types: "google_sql_user google_sql_ssl_cert", of: ["instance"] },
  { types: "google_compute_firewall google_compute_route", of: ["network"] },
  { types: "google_compute_router_nat google_compute_router_interface google_compute_router_peer", of: ["router"] },
  { types: "google_compute_global_forwarding_rule google_compute_forwarding_rule", of: ["target", "backend_service"] },
  { types: "google_compute_attached_disk", of: ["instance"] },
];
