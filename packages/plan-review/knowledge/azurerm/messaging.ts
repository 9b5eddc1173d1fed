import { cutsOff, look } from "../../effects/effect";
import { any, harmless, off, read, retention, toRead } from "../arguments";
import type { Service } from "../knowledge";
import { holds, serves } from "../roles";
import { publicNetwork, rulesOfNetwork } from "./shared";

export const messaging: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/servicebus_queue",
  types: {
    azurerm_servicebus_namespace: {
      ...holds("Service Bus", "its messages"),
      arguments: {
        ...publicNetwork,
        network_rule_set: rulesOfNetwork("Service Bus"),
        local_auth_enabled: off(cutsOff("Refuses who comes with a key")),
        ...toRead("sku capacity minimum_tls_version premium_messaging_partitions identity customer_managed_key"),
        ...harmless(
          "endpoint default_primary_connection_string default_primary_key default_secondary_connection_string default_secondary_key",
        ),
      },
    },
    ...Object.fromEntries(
      ["queue", "topic", "subscription"].map((type) => [
        `azurerm_servicebus_${type}`,
        {
          ...holds(type, "its messages"),
          arguments: {
            default_message_ttl: any({
              ...look("Keeps messages for another time: what is older is lost"),
              kind: "deletes-sooner",
              outage: "data loss",
            }),
            status: off(cutsOff("Takes, or gives, no messages any more")),
            dead_lettering_on_message_expiration: off(look("Keeps no longer what nobody has taken")),
            ...toRead(
              "lock_duration max_delivery_count max_size_in_megabytes auto_delete_on_idle forward_to forward_dead_lettered_messages_to batched_operations_enabled duplicate_detection_history_time_window_in_minutes requires_session support_ordering max_message_size_in_kilobytes express_enabled partitioning_enabled",
            ),
            ...harmless("namespace_name resource_group_name requires_duplicate_detection"),
          },
        },
      ]),
    ),
    azurerm_eventhub_namespace: {
      ...holds("Event Hubs", "their events"),
      arguments: {
        ...publicNetwork,
        network_rulesets: rulesOfNetwork("Event Hubs"),
        ...toRead(
          "sku capacity auto_inflate_enabled maximum_throughput_units minimum_tls_version local_authentication_enabled identity",
        ),
        ...harmless(
          "default_primary_connection_string default_primary_key default_secondary_connection_string default_secondary_key",
        ),
      },
    },
    azurerm_eventhub: {
      ...holds("event hub", "its events"),
      arguments: {
        message_retention: retention("events"),
        partition_count: read,
        ...toRead("capture_description status retention_description"),
        ...harmless("partition_ids"),
      },
    },
    azurerm_eventhub_consumer_group: {
      ...serves("consumer group", undefined, "who reads by it"),
      arguments: harmless("user_metadata"),
    },
  },
};
