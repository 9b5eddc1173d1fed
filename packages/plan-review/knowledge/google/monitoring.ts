import { look, weakens } from "../../effects/effect";
import { fewer, harmless, off, on, retention, toRead } from "../arguments";
import type { Service } from "../knowledge";
import { alerts, guards, hasNoState, holds, sets } from "../roles";

export const monitoring: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/monitoring_alert_policy",
  types: {
    google_monitoring_alert_policy: {
      ...alerts("alert"),
      arguments: {
        enabled: off(look("Alerts nobody")),
        notification_channels: fewer(look("Alerts fewer people")),
        ...toRead("conditions combiner alert_strategy documentation severity"),
        ...harmless("display_name user_labels creation_record"),
      },
    },
    google_monitoring_dashboard: { ...hasNoState("dashboard"), arguments: harmless("dashboard_json") },
    google_monitoring_notification_channel: {
      ...alerts("way to alert somebody"),
      arguments: {
        enabled: off(look("Alerts nobody by it")),
        ...toRead("labels sensitive_labels type"),
        ...harmless("display_name description user_labels force_delete verification_status"),
      },
    },
    google_monitoring_uptime_check_config: {
      ...alerts("check"),
      arguments: toRead(
        "http_check tcp_check period timeout selected_regions display_name content_matchers monitored_resource",
      ),
    },
    google_logging_metric: {
      ...sets("metric of logs"),
      arguments: toRead(
        "filter metric_descriptor label_extractors value_extractor bucket_options description disabled",
      ),
    },
    google_logging_project_sink: {
      ...guards("sink of logs", "Sends logs no longer to where they are kept"),
      arguments: {
        disabled: on(weakens("Sends logs no longer to where they are kept")),
        ...toRead("destination filter exclusions bigquery_options unique_writer_identity description"),
      },
    },
    google_logging_project_bucket_config: {
      ...holds("log bucket", "its lines"),
      arguments: {
        retention_days: retention("lines"),
        ...toRead("locked description cmek_settings enable_analytics index_configs"),
      },
    },
    google_billing_budget: {
      ...alerts("budget"),
      arguments: harmless("amount budget_filter threshold_rules all_updates_rule display_name"),
    },
  },
};
