import { type AnyAlarm, LabError } from "./alarm";
import { alarmOf, nameOfAlarm } from "./alarm-of";
import { compileRule, nameOf } from "./composite-rule";
import type { Dashboard } from "./dashboard";
import type { Json } from "./found";
import { readResources } from "./resources";

/** An alarm that is left out, and why. */
export interface Unreadable {
  readonly name: string;
  readonly address: string;
  readonly reason: string;
}

export interface Reading {
  readonly alarms: readonly AnyAlarm[];
  readonly unreadable: readonly Unreadable[];
}

const alarmTypes = ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"];

/** The CloudWatch alarms of files of any of the formats that `readResources` takes, in any mixture. */
export function readAlarms(files: ReadonlyMap<string, unknown>): Reading {
  const found = readResources(files).filter(({ type }) => alarmTypes.includes(type));
  const alarms: AnyAlarm[] = [];
  const unreadable: Unreadable[] = [];
  for (const each of found) {
    const name = nameOfAlarm(each);
    try {
      const same = alarms.find((other) => other.name === name);
      if (same) throw new LabError(`${same.address} has the same name; in AWS the one overwrites the other`);
      alarms.push(alarmOf(each));
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      unreadable.push({ name, address: each.address, reason: error.message.replace(/\.$/, "") });
    }
  }
  return withoutDangling(alarms, unreadable);
}

/** The alarms, if each can be read. */
export function readEveryAlarm(files: ReadonlyMap<string, unknown>): readonly AnyAlarm[] {
  const { alarms, unreadable } = readAlarms(files);
  const [first] = unreadable;
  if (first) throw new LabError(unreadable.map(({ name, reason }) => `Alarm ${name}: ${reason}.`).join("\n"));
  return alarms;
}

/** The dashboards of the same files. */
export function readDashboards(files: ReadonlyMap<string, unknown>): Dashboard[] {
  const resources = readResources(files);
  // Before they exist, alarms are named by a reference to what makes them.
  const names = new Map(readAlarms(files).alarms.map(({ address, name }) => [`\${${address}.arn}`, name]));
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

/** Leaves out composites that depend on what is not there, or on themselves. */
function withoutDangling(all: readonly AnyAlarm[], unreadable: readonly Unreadable[]): Reading {
  const problem = (alarm: AnyAlarm): string | undefined => {
    if (alarm.kind !== "composite") return undefined;
    const names = new Set(all.map(({ name }) => name));
    const absent = dependenciesOf(alarm).filter((name) => !names.has(name));
    const isSkipped = (name: string) => unreadable.some((each) => each.name === name);
    if (absent.length > 0) {
      const how = absent.every(isSkipped) ? "which cannot be read" : "which no file defines";
      return `it depends on ${absent.join(", ")}, ${how}`;
    }
    const circle = circleFrom(alarm.name, all);
    return circle && `it depends on itself: ${circle.join(", ")}; CloudWatch stops evaluating such alarms`;
  };
  const dangling = all.flatMap((alarm) => {
    const reason = problem(alarm);
    return reason ? [{ name: alarm.name, address: alarm.address, reason }] : [];
  });
  if (dangling.length === 0) return { alarms: all, unreadable };
  const rest = all.filter(({ name }) => !dangling.some((each) => each.name === name));
  return withoutDangling(rest, [...unreadable, ...dangling]);
}

function dependenciesOf(alarm: AnyAlarm): readonly string[] {
  if (alarm.kind !== "composite") return [];
  return [...compileRule(alarm.rule).alarms, ...(alarm.suppressor ? [alarm.suppressor.alarm] : [])];
}

function circleFrom(
  name: string,
  all: readonly AnyAlarm[],
  path: readonly string[] = [],
): readonly string[] | undefined {
  if (name === path[0]) return [...path, name];
  const alarm = all.find((each) => each.name === name);
  if (!alarm || path.includes(name)) return undefined;
  for (const next of dependenciesOf(alarm)) {
    const circle = circleFrom(next, all, [...path, name]);
    if (circle) return circle;
  }
  return undefined;
}
