/** What CloudWatch calls a service and the parts around it. */
export interface ServiceMetrics {
  readonly name: string;
  readonly clusterName: string;
  readonly serviceName: string;
  /** ARN suffixes. */
  readonly targetGroup: string;
  readonly loadBalancer: string;
}

/** A dashboard's body: a row of panels for each service. CloudWatch's grid is 24 wide. */
export function serviceDashboard(services: readonly ServiceMetrics[], region: string): string {
  return JSON.stringify({ widgets: services.flatMap((service, row) => panels(service, region, row * 6)) });
}

function panels(service: ServiceMetrics, region: string, y: number) {
  const ecs = ["ClusterName", service.clusterName, "ServiceName", service.serviceName];
  const targets = ["TargetGroup", service.targetGroup, "LoadBalancer", service.loadBalancer];
  const panel = (column: number, title: string, stat: string, metrics: string[][]) => ({
    type: "metric",
    ...{ x: column * 8, y, width: 8, height: 6 },
    properties: { title: `${service.name}: ${title}`, region, view: "timeSeries", stat, period: 60, metrics },
  });
  return [
    panel(0, "requests and errors", "Sum", [
      ["AWS/ApplicationELB", "RequestCount", ...targets],
      ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", ...targets],
    ]),
    panel(1, "response time, p95 (s)", "p95", [["AWS/ApplicationELB", "TargetResponseTime", ...targets]]),
    panel(2, "CPU and memory (%)", "Average", [
      ["AWS/ECS", "CPUUtilization", ...ecs],
      ["AWS/ECS", "MemoryUtilization", ...ecs],
    ]),
  ];
}
