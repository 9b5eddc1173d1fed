import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { AlarmRow } from "../alarms/row";
import type { Signal } from "../alarms/signals";

export interface ServiceAlarmProps {
  readonly name: string;
  readonly row: AlarmRow;
  readonly playbookUrl: string;
  /** Topics that are told when it rings, and when it is over. */
  readonly topicArns: string[];
}

/** A row of an alarm table as CloudWatch's alarm. 0.10 USD a month for each metric that it reads. */
export class ServiceAlarm extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, { name, row, playbookUrl, topicArns }: ServiceAlarmProps) {
    super(scope, id);
    const { comparison, threshold, datapoints, missingData, meaning } = row;
    this.name = new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: name,
      alarmDescription: `${meaning} What to do: ${playbookUrl}`,
      ...watched(row),
      comparisonOperator: comparison === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
      threshold,
      evaluationPeriods: datapoints[1],
      datapointsToAlarm: datapoints[0],
      treatMissingData: missingData.is,
      alarmActions: topicArns,
      okActions: topicArns,
      // CloudWatch keeps an alarm that a composite names: that has to change first.
      lifecycle: { createBeforeDestroy: true },
    }).alarmName;
  }
}

function watched({ watch, periodMinutes, meaning }: AlarmRow) {
  const period = periodMinutes * 60;
  if (!("formula" in watch)) {
    const { statistic, ...metric } = watch;
    return { ...metric, period, ...(isPlain(statistic) ? { statistic } : { extendedStatistic: statistic }) };
  }
  return {
    metricQuery: [
      { id: "value", expression: watch.formula, label: meaning, returnData: true },
      ...Object.entries(watch.of).map(([id, { statistic, ...metric }]: [string, Signal]) => ({
        id,
        metric: { ...metric, period, stat: statistic },
        returnData: false,
      })),
    ],
  };
}

function isPlain(statistic: string): boolean {
  return ["Sum", "Average", "Minimum", "Maximum", "SampleCount"].includes(statistic);
}
