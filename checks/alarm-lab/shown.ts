import { describe } from "../../packages/alarm-lab/describe";
import { readAlarms } from "../../packages/alarm-lab/read";
import { describeUnreadable, describeWarnings } from "../../packages/alarm-lab/report";
import type { SeriesDescription } from "../../packages/alarm-lab/series";
import { simulate } from "../../packages/alarm-lab/simulate";
import { warningsOf } from "../../packages/alarm-lab/warnings";
import { type AwsSeries, assumptionsOf, seriesSetOf } from "./aws-case";
import type { Mistake } from "./examples";

/** What alarm-lab prints to the author of a mistake, from the alarm in Terraform's JSON and the series of the case. */
export function shownTo({ terraform, case: awsCase }: Mistake): string[] {
  const { alarms, unreadable } = readAlarms(new Map([["main.tf.json", terraform]]));
  const assume = assumptionsOf(awsCase);
  const startEpoch = Number(awsCase.assume?.start_epoch ?? 0);
  const timeline = simulate(alarms, seriesSetOf(awsCase, assume), {
    seconds: awsCase.minutes * 60,
    assume,
    startEpoch,
  });
  return [
    ...describeUnreadable(unreadable),
    ...describe(timeline, alarms).split("\n"),
    ...describeWarnings(warningsOf(alarms, awsCase.series.map(named))),
  ];
}

/** Warnings are about names alone. */
function named({ namespace, metric: name, dimensions = {}, unit }: AwsSeries): SeriesDescription {
  return { namespace, name, dimensions, points: [], ...(unit !== undefined && { unit }) };
}
