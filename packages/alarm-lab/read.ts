import {
  type Actions,
  type AnyAlarm,
  type Comparison,
  comparisons,
  LabError,
  type MetricAlarm,
  type MissingData,
  type Query,
} from "./alarm";
import { compileRule, nameOf } from "./composite-rule";
import type { Dashboard } from "./dashboard";
import { compile, idsOf } from "./metric-math";
import { type Found, type Json, readResources } from "./resources";

/**
 * The CloudWatch alarms of files: plans (`terraform show -json`) and synthesized stacks (`cdk.tf.json`), in any mixture. References of
 * synthesized stacks to each other are followed as far as they lead to something that is written there.
 */
export function readAlarms(files: ReadonlyMap<string, unknown>): AnyAlarm[] {
  const alarms = readResources(files).flatMap(asAlarm);
  checkNames(alarms);
  return alarms;
}

/** The dashboards of the same files. */
export function readDashboards(files: ReadonlyMap<string, unknown>): Dashboard[] {
  const resources = readResources(files);
  // Before they exist, alarms are named by a reference to what makes them.
  const names = new Map(resources.flatMap(asAlarm).map(({ address, name }) => [`\${${address}.arn}`, name]));
  const byName = (widget: Json): Json => {
    const alarms = widget.properties?.alarms?.map((arn: string) => names.get(arn) ?? nameOf(arn));
    return alarms ? { ...widget, properties: { ...widget.properties, alarms } } : widget;
  };
  return resources
    .filter(({ type }) => type === "aws_cloudwatch_dashboard")
    .map(({ values }) => ({
      name: values.dashboard_name,
      widgets: JSON.parse(values.dashboard_body).widgets.map(byName),
    }));
}

function asAlarm(found: Found): AnyAlarm[] {
  if (found.type === "aws_cloudwatch_metric_alarm") return [metricAlarm(found)];
  if (found.type === "aws_cloudwatch_composite_alarm") return [compositeAlarm(found)];
  return [];
}

function metricAlarm(found: Found): MetricAlarm {
  const { address, values, unknown } = found;
  const name = values.alarm_name ?? address;
  const fail = (problem: string): never => {
    throw new LabError(`Alarm ${name}: ${problem}`);
  };
  if (hasUnknown(unknown.dimensions) || hasUnknown(unknown.metric_query)) {
    fail("its dimensions are not known before apply; take a plan that was made after the first apply, or cdk.tf.json.");
  }
  const comparison = values.comparison_operator as string;
  if (!(comparison in comparisons)) {
    fail(`comparison_operator is ${comparison}; the lab knows ${Object.keys(comparisons).join(", ")}.`);
  }
  if (typeof values.threshold !== "number") fail("it has no threshold; anomaly detection is beyond the lab.");
  const { queries, compared } = queriesOf(values, fail);
  const periodMinutes = periodOf(queries, fail);
  const evaluationPeriods = Number(values.evaluation_periods);
  const datapointsToAlarm = Number(values.datapoints_to_alarm ?? evaluationPeriods);
  if (datapointsToAlarm > evaluationPeriods) {
    fail(`datapoints_to_alarm is ${datapointsToAlarm}, more than the ${evaluationPeriods} evaluation_periods.`);
  }
  const window = periodMinutes * evaluationPeriods;
  const longest = periodMinutes >= 60 ? 7 * 24 * 60 : 24 * 60;
  if (window > longest) fail(`it looks back ${window} minutes; CloudWatch allows ${longest} for this period.`);
  return {
    kind: "metric",
    name,
    address,
    description: values.alarm_description ?? "",
    actions: actionsOf(found),
    queries,
    compared,
    periodMinutes,
    evaluationPeriods,
    datapointsToAlarm,
    comparison: comparison as Comparison,
    threshold: values.threshold,
    treatMissingData: (values.treat_missing_data ?? "missing") as MissingData,
  };
}

type Fail = (problem: string) => never;

function queriesOf(values: Json, fail: Fail): { queries: Map<string, Query>; compared: string } {
  if (values.metric_name) return { queries: new Map([["m", { metric: metricRead(values, values) }]]), compared: "m" };
  const list: Json[] = values.metric_query ?? [];
  const queries = new Map<string, Query>();
  for (const query of list) {
    const metric = Array.isArray(query.metric) ? query.metric[0] : query.metric;
    queries.set(query.id, metric ? { metric: metricRead(metric, metric) } : { expression: query.expression });
  }
  const returned = list.filter(({ return_data }) => return_data === true).map(({ id }) => id as string);
  if (returned.length !== 1) fail(`exactly one metric_query returns data, here ${returned.length} do.`);
  const metrics = [...queries.values()].filter((query) => "metric" in query).length;
  if (metrics > 10) fail(`metric math takes 10 metrics, here are ${metrics}.`);
  for (const query of queries.values()) if ("expression" in query) checkExpression(query.expression, queries, fail);
  return { queries, compared: returned[0] as string };
}

function checkExpression(expression: string, queries: ReadonlyMap<string, Query>, fail: Fail): void {
  try {
    compile(expression);
  } catch (error) {
    fail((error as Error).message);
  }
  const absent = idsOf(expression).filter((id) => !queries.has(id));
  if (absent.length > 0)
    fail(`"${expression}" reads ${absent.join(", ")}; there are ${[...queries.keys()].join(", ")}.`);
}

function metricRead(
  { namespace, metric_name, dimensions }: Json,
  { period, statistic, extended_statistic, stat }: Json,
) {
  return {
    namespace,
    name: metric_name,
    dimensions: dimensions ?? {},
    periodMinutes: Number(period) / 60,
    statistic: stat ?? statistic ?? extended_statistic,
  };
}

function periodOf(queries: ReadonlyMap<string, Query>, fail: Fail): number {
  const periods = new Set(
    [...queries.values()].flatMap((query) => ("metric" in query ? query.metric.periodMinutes : [])),
  );
  const [period, ...others] = periods;
  if (period === undefined || others.length > 0)
    return fail(`its metrics have ${periods.size} periods; they must have the same.`);
  if (!Number.isInteger(period)) fail(`its period is ${period * 60} s; the lab steps by the minute.`);
  return period;
}

function compositeAlarm(found: Found): AnyAlarm {
  const { address, values } = found;
  const name = values.alarm_name ?? address;
  const suppressor = Array.isArray(values.actions_suppressor)
    ? values.actions_suppressor[0]
    : values.actions_suppressor;
  return {
    kind: "composite",
    name,
    address,
    description: values.alarm_description ?? "",
    actions: actionsOf(found),
    rule: values.alarm_rule,
    suppressor: suppressor
      ? {
          alarm: nameOf(suppressor.alarm),
          waitMinutes: suppressor.wait_period / 60,
          extensionMinutes: suppressor.extension_period / 60,
        }
      : null,
  };
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
function actionsIn(argument: string, { values, unknown, references }: Found): string[] {
  const known: string[] = (values[argument] ?? []).filter((action: unknown) => typeof action === "string");
  if (!hasUnknown(unknown[argument])) return known;
  const all = references[argument] ?? [];
  // Terraform lists `aws_sns_topic.page[0].arn`, and then `aws_sns_topic.page[0]` and `aws_sns_topic.page`.
  const isPart = (each: string) => all.some((other) => each.startsWith(`${other}.`) || each.startsWith(`${other}[`));
  const from = [...new Set(all)].filter((each) => !isPart(each) && !each.startsWith("("));
  return [...known, `(${["known after apply", ...(from.length > 0 ? [`from ${from.join(", ")}`] : [])].join(", ")})`];
}

/** A rule that names an alarm which does not exist is an alarm that never rings. */
function checkNames(alarms: readonly AnyAlarm[]): void {
  const names = new Set(alarms.map(({ name }) => name));
  for (const alarm of alarms) {
    if (alarm.kind !== "composite") continue;
    const used = [...rulesAlarms(alarm.name, alarm.rule), ...(alarm.suppressor ? [alarm.suppressor.alarm] : [])];
    const absent = used.filter((name) => !names.has(name));
    if (absent.length > 0)
      throw new LabError(`Alarm ${alarm.name} depends on ${absent.join(", ")}, which no file defines.`);
  }
}

function rulesAlarms(name: string, rule: string): readonly string[] {
  try {
    return compileRule(rule).alarms;
  } catch (error) {
    throw new LabError(`Alarm ${name}: ${(error as Error).message}`);
  }
}

function hasUnknown(value: unknown): boolean {
  if (value === true) return true;
  return value !== null && typeof value === "object" && Object.values(value).some(hasUnknown);
}
