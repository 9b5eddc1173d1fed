import { harmless, read, toRead } from "../arguments";
import type { Service } from "../knowledge";
import { holds, serves, sets } from "../roles";

export const messaging: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/pubsub_topic",
  types: {
    google_pubsub_topic: {
      ...serves("topic", undefined, "what is sent to it"),
      arguments: {
        message_retention_duration: read,
        kms_key_name: read,
        ...toRead("message_storage_policy schema_settings ingestion_data_source_settings message_transforms"),
        ...harmless("project"),
      },
    },
    google_pubsub_subscription: {
      ...holds("subscription", "the messages that nobody has taken yet"),
      arguments: {
        ...toRead(
          "ack_deadline_seconds push_config dead_letter_policy retry_policy expiration_policy message_retention_duration retain_acked_messages enable_exactly_once_delivery bigquery_config cloud_storage_config message_transforms",
        ),
        ...harmless("project topic"),
      },
    },
    google_pubsub_schema: { ...sets("schema"), arguments: toRead("definition") },
    google_cloud_scheduler_job: {
      ...serves("schedule", undefined, "what it starts"),
      arguments: toRead(
        "schedule http_target pubsub_target paused time_zone retry_config attempt_deadline description app_engine_http_target",
      ),
    },
    google_cloud_tasks_queue: {
      ...holds("queue", "its tasks"),
      arguments: toRead("rate_limits retry_config stackdriver_logging_config desired_state"),
    },
  },
};
