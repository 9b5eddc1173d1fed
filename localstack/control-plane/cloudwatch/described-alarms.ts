import {
  type CloudWatchClient,
  type CompositeAlarm as DescribedComposite,
  type MetricAlarm as DescribedMetricAlarm,
  paginateDescribeAlarms,
} from "@aws-sdk/client-cloudwatch";
import type { AnyAlarm, State } from "../../../packages/alarm-lab/alarm";
import { alarmOf } from "../../../packages/alarm-lab/alarm-of";
import { fromAws } from "../../../packages/alarm-lab/aws-json";

export interface Described {
  readonly metricAlarms: readonly DescribedMetricAlarm[];
  readonly compositeAlarms: readonly DescribedComposite[];
}

export async function describeAlarms(client: CloudWatchClient): Promise<Described> {
  const metricAlarms: DescribedMetricAlarm[] = [];
  const compositeAlarms: DescribedComposite[] = [];
  const AlarmTypes = ["MetricAlarm" as const, "CompositeAlarm" as const];
  for await (const page of paginateDescribeAlarms({ client, pageSize: 100 }, { AlarmTypes })) {
    metricAlarms.push(...(page.MetricAlarms ?? []));
    compositeAlarms.push(...(page.CompositeAlarms ?? []));
  }
  return { metricAlarms, compositeAlarms };
}

/** The alarm lab's alarm of one that the API describes; an error for what the lab does not evaluate. */
export function asAlarm(described: DescribedMetricAlarm | DescribedComposite): AnyAlarm {
  return alarmOf(fromAws(described.AlarmArn ?? "", described));
}

export function stateOf({ StateValue }: DescribedMetricAlarm | DescribedComposite): State {
  return (StateValue ?? "INSUFFICIENT_DATA") as State;
}
