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

// biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON, whose shape is checked field by field
type Json = Record<string, any>;

interface Found {
  readonly address: string;
  readonly type: string;
  readonly values: Json;
  readonly unknown: Json;
}

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

function readResources(files: ReadonlyMap<string, unknown>): Found[] {
  const contents = [...files].map(([name, content]) => [name, asObject(name, content)] as const);
  const stacks = contents.filter(([, content]) => content.terraform && !content.format_version);
  const resolve = resolver(new Map(stacks.map(([, content]) => [stackName(content), content])));
  return contents.flatMap(([name, content]) =>
    content.format_version ? plannedResources(name, content) : synthesized(content, resolve),
  );
}

function asObject(name: string, content: unknown): Json {
  const known =
    content !== null && typeof content === "object" && ("format_version" in content || "resource" in content);
  if (known) return content as Json;
  throw new LabError(`${name} is neither a plan (terraform show -json) nor a synthesized stack (cdk.tf.json).`);
}

function stackName(content: Json): string {
  return content["//"]?.metadata?.stackName ?? "";
}

function plannedResources(name: string, plan: Json): Found[] {
  if (!plan.planned_values)
    throw new LabError(`${name} has no planned_values: make it with terraform show -json <plan>.`);
  const unknown = new Map<string, Json>(
    (plan.resource_changes ?? []).map(({ address, change }: Json) => [address, change?.after_unknown ?? {}]),
  );
  const walk = (module: Json): Found[] => [
    ...(module.resources ?? []).map(({ address, type, values }: Json) => ({
      address,
      type,
      values: values ?? {},
      unknown: unknown.get(address) ?? {},
    })),
    ...(module.child_modules ?? []).flatMap(walk),
  ];
  return walk(plan.planned_values.root_module ?? {});
}

function synthesized(stack: Json, resolve: (text: string) => string): Found[] {
  const resolved = JSON.parse(resolve(JSON.stringify(stack.resource ?? {}))) as Json;
  return Object.entries(resolved).flatMap(([type, byName]) =>
    Object.entries(byName as Json).map(([name, values]) => ({ address: `${type}.${name}`, type, values, unknown: {} })),
  );
}

const reference = /\$\{([A-Za-z0-9_.-]+)\}/g;

/** Replaces `${…}` by what it stands for, where a stack says so literally; what AWS will decide stays a reference. */
function resolver(stacks: ReadonlyMap<string, Json>): (text: string) => string {
  const lookUp = (path: string): string | undefined => {
    const remote = /^data\.terraform_remote_state\.(.+)\.outputs\.(.+)$/.exec(path);
    if (remote) {
      const [, source = "", output = ""] = remote;
      const stack = [...stacks].find(([name]) => source.endsWith(name))?.[1];
      const value = stack?.output?.[output]?.value;
      return typeof value === "string" ? value : undefined;
    }
    const [type = "", name = "", attribute = ""] = path.split(".");
    const values = [...stacks.values()].map((stack) => stack.resource?.[type]?.[name]?.[attribute]);
    return values.find((value) => typeof value === "string");
  };
  const resolve = (text: string, depth = 0): string =>
    text.replace(reference, (whole, path: string) => {
      const value = depth < 10 ? lookUp(path) : undefined;
      // It goes into a JSON string.
      return value === undefined ? whole : resolve(JSON.stringify(value).slice(1, -1), depth + 1);
    });
  return resolve;
}

function asAlarm(found: Found): AnyAlarm[] {
  if (found.type === "aws_cloudwatch_metric_alarm") return [metricAlarm(found)];
  if (found.type === "aws_cloudwatch_composite_alarm") return [compositeAlarm(found)];
  return [];
}

function metricAlarm({ address, values, unknown }: Found): MetricAlarm {
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
    actions: actionsOf(values),
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

function compositeAlarm({ address, values }: Found): AnyAlarm {
  const name = values.alarm_name ?? address;
  const suppressor = Array.isArray(values.actions_suppressor)
    ? values.actions_suppressor[0]
    : values.actions_suppressor;
  return {
    kind: "composite",
    name,
    address,
    description: values.alarm_description ?? "",
    actions: actionsOf(values),
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

function actionsOf(values: Json): Actions {
  const enabled = values.actions_enabled !== false;
  return {
    ALARM: enabled ? (values.alarm_actions ?? []) : [],
    OK: enabled ? (values.ok_actions ?? []) : [],
    INSUFFICIENT_DATA: enabled ? (values.insufficient_data_actions ?? []) : [],
  };
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
