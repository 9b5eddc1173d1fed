import type { AlarmRow } from "./row";
import { serviceRows } from "./service-rows";
import { sharedRows } from "./shared-rows";
import type { ServiceNames, Signal } from "./signals";

/** The rows of a service that has everything, and of what is shared, as OBSERVABILITY.md lists them. */
export function documentedRows(): AlarmRow[] {
  const service: ServiceNames = {
    ...{ name: "service", clusterName: "cluster", serviceName: "service", logGroupName: "logs", calls: ["backend"] },
    traffic: { targetGroup: "targets", loadBalancer: "balancer" },
  };
  const signal: Signal = {
    ...{ namespace: "AWS/SNS", metricName: "NumberOfNotificationsFailed", dimensions: {}, statistic: "Sum" },
  };
  const objectives = { availabilityPercent: 99.9, latency: { percent: 99, seconds: 1 } };
  return [
    ...serviceRows({ service, prefix: "prefix", objectives, minimumTasks: 2 }),
    ...sharedRows({
      natGatewayIds: { "us-east-1a": "nat" },
      failedNotifications: { page: signal, ticket: signal },
      undelivered: signal,
    }),
  ];
}
