import { type Actions, type AnyAlarm, type CompositeAlarm, LabError } from "./alarm";
import { compileRule, nameOf } from "./composite-rule";
import type { Found, Json } from "./found";
import { metricAlarmOf } from "./metric-alarm";
import { MetricEvaluation } from "./metric-evaluation";
import { SeriesSet } from "./series";
import { hasUnknown, knownAfterApply } from "./unknown";

export function nameOfAlarm({ values, address }: Found): string {
  return values.alarm_name ?? address;
}

/** The alarm of a resource; an error says why it cannot be read. */
export function alarmOf(found: Found): AnyAlarm {
  const common = {
    name: nameOfAlarm(found),
    address: found.address,
    description: found.values.alarm_description ?? "",
    actions: actionsOf(found),
  };
  const isMetric = found.type === "aws_cloudwatch_metric_alarm";
  if (!isMetric) return { ...common, ...compositeAlarmOf(found) };
  const alarm = { ...common, kind: "metric", ...metricAlarmOf(found) } as const;
  // An expression that cannot be computed says so without data, too.
  new MetricEvaluation(alarm, new SeriesSet([])).compared(0);
  return alarm;
}

function compositeAlarmOf(found: Found): Pick<CompositeAlarm, "kind" | "rule" | "suppressor"> {
  const { values, unknown } = found;
  if (typeof values.alarm_rule !== "string") {
    const why = hasUnknown(unknown.alarm_rule)
      ? `alarm_rule is known only after the apply${knownAfterApply(found, "alarm_rule").from}; name alarms by alarm_name instead of arn`
      : "it has no alarm_rule";
    throw new LabError(why);
  }
  compileRule(values.alarm_rule);
  const [suppressor] = [values.actions_suppressor].flat();
  return {
    kind: "composite",
    rule: values.alarm_rule,
    suppressor: suppressor ? suppressorOf(suppressor) : null,
  };
}

function suppressorOf({ alarm, wait_period, extension_period }: Json): CompositeAlarm["suppressor"] {
  if (typeof alarm !== "string")
    throw new LabError("the alarm of its actions_suppressor is known only after the apply");
  return { alarm: nameOf(alarm), waitSeconds: wait_period ?? 0, extensionSeconds: extension_period ?? 0 };
}

function actionsOf(found: Found): Actions {
  const enabled = found.values.actions_enabled !== false;
  const named = (argument: string) => (enabled ? actionsIn(argument, found) : []);
  return {
    ALARM: named("alarm_actions"),
    OK: named("ok_actions"),
    INSUFFICIENT_DATA: named("insufficient_data_actions"),
  };
}

/** How many will be known only after the apply no plan says: they stand as one, with what they come from. */
function actionsIn(argument: string, found: Found): string[] {
  const { values, unknown } = found;
  const known: string[] = [values[argument] ?? []].flat().filter((action: unknown) => typeof action === "string");
  return hasUnknown(unknown[argument]) ? [...known, knownAfterApply(found, argument).text] : known;
}
