import { look, weakens } from "../../effects/effect";
import { each, either, fewer, harmless, less, off, read, retention, toRead } from "../arguments";
import type { Service } from "../knowledge";
import { alerts, guards, hasNoState, holds } from "../roles";

export const monitoring: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/log_analytics_workspace",
  types: {
    azurerm_log_analytics_workspace: {
      ...holds("log workspace", "every line in it"),
      arguments: {
        retention_in_days: retention("lines"),
        daily_quota_gb: less(look("Records less a day")),
        ...toRead(
          "internet_ingestion_enabled internet_query_enabled sku local_authentication_disabled identity reservation_capacity_in_gb_per_day cmk_for_query_forced allow_resource_only_permissions",
        ),
        ...harmless("primary_shared_key secondary_shared_key workspace_id"),
      },
    },
    azurerm_application_insights: {
      ...holds("telemetry", "what was recorded"),
      arguments: {
        retention_in_days: retention("records"),
        ...toRead(
          "sampling_percentage daily_data_cap_in_gb workspace_id disable_ip_masking local_authentication_disabled internet_ingestion_enabled internet_query_enabled",
        ),
        ...harmless("app_id connection_string instrumentation_key daily_data_cap_notifications_disabled"),
      },
    },
    ...Object.fromEntries(
      [
        "metric_alert",
        "activity_log_alert",
        "scheduled_query_rules_alert_v2",
        "scheduled_query_rules_alert",
        "smart_detector_alert_rule",
      ].map((type) => [
        `azurerm_monitor_${type}`,
        {
          ...alerts("alert"),
          arguments: {
            enabled: off({ ...look("Alerts nobody"), kind: "alerts-less" }),
            action: fewer({ ...look("Alerts fewer people"), kind: "alerts-less" }),
            ...toRead(
              "criteria dynamic_criteria frequency window_size severity scopes auto_mitigate evaluation_frequency window_duration target_resource_type",
            ),
            ...harmless("description display_name"),
          },
        },
      ]),
    ),
    azurerm_monitor_action_group: {
      ...alerts("group of people"),
      arguments: {
        enabled: off({ ...look("Alerts nobody"), kind: "alerts-less" }),
        ...each(
          "email_receiver sms_receiver webhook_receiver voice_receiver azure_app_push_receiver itsm_receiver logic_app_receiver azure_function_receiver arm_role_receiver event_hub_receiver",
          either(fewer({ ...look("Alerts fewer people"), kind: "alerts-less" }), read),
        ),
        ...harmless("short_name location"),
      },
    },
    azurerm_monitor_diagnostic_setting: {
      ...guards("record", "Stops recording what happens"),
      arguments: {
        ...each("enabled_log log metric enabled_metric", fewer(weakens("Records less of what happens"))),
        ...toRead("log_analytics_workspace_id storage_account_id eventhub_name log_analytics_destination_type"),
      },
    },
    azurerm_monitor_log_profile: {
      ...guards("record", "Stops recording who changes what"),
      arguments: { retention_policy: read, ...toRead("categories locations storage_account_id servicebus_rule_id") },
    },
    azurerm_network_watcher_flow_log: {
      ...guards("flow log", "Stops recording who talks to whom"),
      arguments: {
        enabled: off(weakens("Stops recording who talks to whom")),
        retention_policy: read,
        ...toRead("traffic_analytics version"),
      },
    },
    ...Object.fromEntries(
      ["resource_group", "subscription", "management_group"].map((scope) => [
        `azurerm_consumption_budget_${scope}`,
        { ...alerts("budget"), arguments: harmless("amount notification time_grain time_period filter etag") },
      ]),
    ),
    azurerm_portal_dashboard: { ...hasNoState("dashboard"), arguments: harmless("dashboard_properties") },
  },
};
