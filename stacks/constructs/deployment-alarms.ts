import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface DeploymentAlarmsProps {
  readonly prefix: string;
  /** ARN suffixes, as CloudWatch names dimensions. */
  readonly targetGroup: string;
  readonly loadBalancer: string;
  /**
   * Answers with a 5xx status in a minute. Raise it for services that answer some by design.
   * @default 10
   */
  readonly errorsPerMinute?: number;
  /**
   * Seconds within which 95 % of requests are answered. Raise it for slow reports.
   * @default 3
   */
  readonly responseSeconds?: number;
}

/**
 * Two alarms that ECS watches while it deploys: a release that starts but answers badly or slowly is rolled back, as one that does not
 * start is. They page nobody, and an alarm that was on before does not count. 0.10 USD a month each.
 */
export class DeploymentAlarms extends Construct {
  readonly names: string[];

  constructor(scope: Construct, id: string, props: DeploymentAlarmsProps) {
    super(scope, id);
    const { prefix, targetGroup, loadBalancer, errorsPerMinute = 10, responseSeconds = 3 } = props;
    const shared = {
      namespace: "AWS/ApplicationELB",
      dimensions: { TargetGroup: targetGroup, LoadBalancer: loadBalancer },
      period: 60,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      // Nobody asks, nothing is wrong.
      treatMissingData: "notBreaching",
    };
    const errors = new CloudwatchMetricAlarm(this, "errors", {
      ...shared,
      alarmName: `${prefix}-deployment-errors`,
      alarmDescription: `More than ${errorsPerMinute} errors a minute: a deployment that is under way is rolled back.`,
      metricName: "HTTPCode_Target_5XX_Count",
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: errorsPerMinute,
    });
    const latency = new CloudwatchMetricAlarm(this, "latency", {
      ...shared,
      alarmName: `${prefix}-deployment-latency`,
      alarmDescription: `1 request in 20 takes longer than ${responseSeconds} s: a deployment that is under way is rolled back.`,
      metricName: "TargetResponseTime",
      extendedStatistic: "p95",
      comparisonOperator: "GreaterThanThreshold",
      threshold: responseSeconds,
    });
    this.names = [errors.alarmName, latency.alarmName];
  }
}
