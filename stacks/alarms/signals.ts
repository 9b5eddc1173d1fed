import type { Disabled, Objectives } from "../environments";

/** One metric, as CloudWatch names it. */
export interface Signal {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `Sum`, `p95`, `PR(:1)` … */
  readonly statistic: string;
}

/** What CloudWatch calls a service and the parts around it. */
export interface ServiceNames {
  readonly name: string;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly logGroupName: string;
  /** Names of services that this one calls. */
  readonly calls: readonly string[];
  /** ARN suffixes; undefined for a worker, which nothing reaches. */
  readonly traffic: { readonly targetGroup: string; readonly loadBalancer: string } | undefined;
}

/** Metrics that the stacks themselves make, from log lines and events: see `request-metrics.ts` and `ecs-events.ts`. */
export const ownNamespace = (prefix: string) => `${prefix}/services`;

export type ServiceSignals = ReturnType<typeof signalsOf>;

/** Every signal of a service; those of traffic mean nothing for a worker. Without an objective, an answer within a second is fast. */
export function signalsOf(service: ServiceNames, prefix: string, objectives: Objectives | Disabled) {
  const { targetGroup = "", loadBalancer = "" } = service.traffic ?? {};
  const seconds = "none" in objectives ? 1 : objectives.latency.seconds;
  return {
    ...trafficSignals(targetGroup, loadBalancer, seconds),
    ...taskSignals(service),
    ...logSignals(service, prefix),
  };
}

/** What a load balancer says of a service. It says nothing in a minute without requests. */
function trafficSignals(targetGroup: string, loadBalancer: string, objectiveSeconds: number) {
  const namespace = "AWS/ApplicationELB";
  const ofTargets = { TargetGroup: targetGroup, LoadBalancer: loadBalancer };
  const targets = (metricName: string, statistic: string): Signal => ({
    ...{ namespace, metricName, statistic },
    dimensions: ofTargets,
  });
  const balancer = (metricName: string): Signal => ({
    ...{ namespace, metricName, statistic: "Sum" },
    dimensions: { LoadBalancer: loadBalancer },
  });
  return {
    requests: targets("RequestCount", "Sum"),
    clientErrors: targets("HTTPCode_Target_4XX_Count", "Sum"),
    targetErrors: targets("HTTPCode_Target_5XX_Count", "Sum"),
    p50: targets("TargetResponseTime", "p50"),
    p95: targets("TargetResponseTime", "p95"),
    p99: targets("TargetResponseTime", "p99"),
    /** Percent of requests that were answered within the objective. */
    fast: targets("TargetResponseTime", `PR(:${objectiveSeconds})`),
    // Each zone of the load balancer reports what it sees; this is the zone that sees fewest.
    healthy: targets("HealthyHostCount", "Minimum"),
    unhealthy: targets("UnHealthyHostCount", "Maximum"),
    // What the load balancer answers by itself has no target, so services that share one share these.
    balancerErrors: balancer("HTTPCode_ELB_5XX_Count"),
    /** Of those, the ones for which there was no task to choose. `requests` counts the others, and not these. */
    unrouted: balancer("HTTPCode_ELB_503_Count"),
    rejected: balancer("RejectedConnectionCount"),
  } satisfies Record<string, Signal>;
}

/** What ECS says of a service, running or not. */
function taskSignals({ clusterName, serviceName }: ServiceNames) {
  const dimensions = { ClusterName: clusterName, ServiceName: serviceName };
  const insights = { namespace: "ECS/ContainerInsights", dimensions };
  return {
    cpu: { namespace: "AWS/ECS", metricName: "CPUUtilization", dimensions, statistic: "Average" },
    memory: { namespace: "AWS/ECS", metricName: "MemoryUtilization", dimensions, statistic: "Maximum" },
    running: { ...insights, metricName: "RunningTaskCount", statistic: "Minimum" },
    desired: { ...insights, metricName: "DesiredTaskCount", statistic: "Maximum" },
  } satisfies Record<string, Signal>;
}

/** What a service writes. */
function logSignals({ name, logGroupName }: ServiceNames, prefix: string) {
  const own = (metricName: string): Signal => ({
    namespace: ownNamespace(prefix),
    metricName,
    dimensions: {},
    statistic: "Sum",
  });
  return {
    lines: {
      namespace: "AWS/Logs",
      metricName: "IncomingLogEvents",
      dimensions: { LogGroupName: logGroupName },
      statistic: "Sum",
    },
    failures: own(`${name}-failures`),
    slow: own(`${name}-slow`),
    upstreamFailures: own(`${name}-upstream-failures`),
    crashes: own(`${name}-crashes`),
  } satisfies Record<string, Signal>;
}
