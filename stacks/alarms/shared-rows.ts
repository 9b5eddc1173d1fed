import type { AlarmRow } from "./row";
import type { Signal } from "./signals";

export interface SharedRowsProps {
  /** By availability zone. */
  readonly natGatewayIds: Readonly<Record<string, string>>;
  readonly failedNotifications: Readonly<Record<"page" | "ticket", Signal>>;
  readonly undelivered: Signal;
}

const rare = { is: "notBreaching", because: "it is reported only when it happens" } as const;

/** Alarms on what all services share: the way out, and the way to people. */
export function sharedRows({ natGatewayIds, failedNotifications, undelivered }: SharedRowsProps): AlarmRow[] {
  return [
    ...Object.entries(natGatewayIds).map(
      ([zone, NatGatewayId]): AlarmRow => ({
        id: `nat-ports-${zone}`,
        severity: "ticket",
        meaning: `The NAT gateway of ${zone} has no port left: calls to the internet fail.`,
        panel: "delivery",
        unit: "events",
        watch: {
          namespace: "AWS/NATGateway",
          metricName: "ErrorPortAllocation",
          dimensions: { NatGatewayId },
          statistic: "Sum",
        },
        comparison: "above",
        threshold: 0,
        periodMinutes: 5,
        datapoints: [2, 3],
        missingData: rare,
      }),
    ),
    ...Object.entries(failedNotifications).map(
      ([failed, watch]): AlarmRow => ({
        id: `${failed}-mail-fails`,
        // Told by the other topic, as this one fails.
        severity: failed === "page" ? "ticket" : "page",
        meaning: `A ${failed} could not be delivered: somebody was not told.`,
        panel: "delivery",
        unit: "messages",
        watch,
        comparison: "above",
        threshold: 0,
        periodMinutes: 5,
        datapoints: [1, 1],
        missingData: rare,
      }),
    ),
    {
      id: "undelivered",
      severity: "page",
      meaning: "Messages lie in the queue for what nobody received.",
      panel: "delivery",
      unit: "messages",
      watch: undelivered,
      comparison: "above",
      threshold: 0,
      periodMinutes: 5,
      datapoints: [1, 1],
      missingData: { is: "notBreaching", because: "an idle queue reports nothing after six hours" },
    },
  ];
}
