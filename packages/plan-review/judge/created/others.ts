import { after } from "../rule";
import type { KnownTypes } from "./known-types";
import { isOneName } from "./names";

export const otherTypes: readonly KnownTypes[] = [
  {
    // In the state, or on the machine that runs Terraform.
    types: `
      null_resource terraform_data random_id random_integer random_password random_pet random_shuffle random_string random_uuid
      random_bytes time_sleep time_static time_offset time_rotating tls_private_key tls_cert_request tls_self_signed_cert
      tls_locally_signed_cert local_file local_sensitive_file archive_file docker_image docker_registry_image acme_certificate
      acme_registration`,
  },
  {
    // New workloads run beside those that are there; others have to name what they hold.
    types: `
      kubernetes_namespace kubernetes_config_map kubernetes_secret kubernetes_service_account kubernetes_deployment
      kubernetes_stateful_set kubernetes_daemon_set kubernetes_daemonset kubernetes_job kubernetes_cron_job kubernetes_pod
      kubernetes_persistent_volume_claim kubernetes_persistent_volume kubernetes_role`,
    // There are the settings of the cluster itself: who may log in, how names are found.
    when: (change) => after(change, "metadata", 0, "namespace") !== "kube-system",
  },
  {
    // Inside of the cluster; other types of it open what it chooses to machines or to the internet.
    types: "kubernetes_service",
    when: (change) => [undefined, null, "ClusterIP"].includes(after(change, "spec", 0, "type") as "ClusterIP"),
  },
  {
    // They hold nothing yet, and nothing uses them.
    types: `
      digitalocean_droplet digitalocean_volume digitalocean_database_cluster digitalocean_database_db
      digitalocean_spaces_bucket digitalocean_vpc digitalocean_kubernetes_cluster digitalocean_kubernetes_node_pool
      digitalocean_ssh_key hcloud_server hcloud_volume hcloud_network hcloud_network_subnet hcloud_ssh_key hcloud_placement_group
      oci_core_vcn oci_core_subnet oci_core_instance oci_core_volume oci_objectstorage_bucket oci_identity_compartment
      openstack_compute_instance_v2 openstack_compute_keypair openstack_networking_network openstack_networking_subnet
      openstack_blockstorage_volume github_repository github_team github_issue_label gitlab_project gitlab_group
      cloudflare_r2_bucket snowflake_database snowflake_schema snowflake_table snowflake_warehouse postgresql_database
      mysql_database`,
  },
  {
    // They watch and tell.
    types: `
      datadog_monitor datadog_dashboard datadog_dashboard_json datadog_synthetics_test datadog_service_level_objective
      grafana_dashboard grafana_folder grafana_contact_point newrelic_nrql_alert_condition newrelic_one_dashboard
      newrelic_synthetics_monitor pagerduty_service pagerduty_team`,
  },
  {
    types: "cloudflare_record cloudflare_dns_record digitalocean_record hetznerdns_record openstack_dns_recordset",
    when: isOneName,
  },
  // Settings of one other resource: on a new one nobody misses how it was.
  {
    types: `
      github_branch_default github_branch_protection github_repository_file github_actions_secret github_actions_variable
      github_team_repository github_repository_collaborator github_repository_ruleset`,
    of: ["repository", "repository_id"],
  },
  { types: "gitlab_branch_protection gitlab_project_variable", of: ["project"] },
  { types: "github_team_membership github_team_members", of: ["team_id"] },
];
