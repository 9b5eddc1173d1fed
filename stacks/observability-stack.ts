import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { ComputeStack } from "./compute-stack";
import { keepStateInBucket, project, useAccount } from "./constructs/account";
import { type ServiceMetrics, serviceDashboard } from "./constructs/service-dashboard";
import type { Environment } from "./environments";

export interface ObservabilityStackProps {
  readonly environment: Environment;
  readonly compute: ComputeStack;
}

/** A topic that mails alarms, an alarm for each service, and one dashboard. An alarm costs 0.10 USD a month; the first three dashboards are free. */
export class ObservabilityStack extends TerraformStack {
  constructor(scope: Construct, id: string, { environment, compute }: ObservabilityStackProps) {
    super(scope, id);
    useAccount(this, environment);
    keepStateInBucket(this, environment);
    const prefix = `${project}-${environment.name}`;
    const services = [...compute.services].map(
      ([name, { fargate, loadBalancer }]): ServiceMetrics => ({
        name,
        clusterName: compute.clusterName,
        serviceName: fargate.serviceName,
        targetGroup: fargate.targetGroupArnSuffix,
        loadBalancer: loadBalancer.arnSuffix,
      }),
    );

    const topic = new SnsTopic(this, "alarms", { name: `${prefix}-alarms` });
    new SnsTopicSubscription(this, "mail", {
      topicArn: topic.arn,
      protocol: "email",
      endpoint: environment.alarmEmail,
    });
    for (const service of services) this.alarmOnFewTargets(service, prefix, environment.tasks.minimum, topic.arn);
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName: prefix,
      dashboardBody: serviceDashboard(services, environment.region),
    });
  }

  /** Missing data is trouble here: a load balancer without targets reports nothing. */
  private alarmOnFewTargets(service: ServiceMetrics, prefix: string, minimumTasks: number, topicArn: string): void {
    new CloudwatchMetricAlarm(this, `${service.name}-healthy-targets`, {
      alarmName: `${prefix}-${service.name}-healthy-targets`,
      alarmDescription: `Fewer than ${minimumTasks} tasks of ${service.name} pass the load balancer's health check. Look first at the service's events.`,
      namespace: "AWS/ApplicationELB",
      metricName: "HealthyHostCount",
      dimensions: { TargetGroup: service.targetGroup, LoadBalancer: service.loadBalancer },
      statistic: "Minimum",
      period: 60,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      comparisonOperator: "LessThanThreshold",
      threshold: minimumTasks,
      treatMissingData: "breaching",
      alarmActions: [topicArn],
      okActions: [topicArn],
    });
  }
}
