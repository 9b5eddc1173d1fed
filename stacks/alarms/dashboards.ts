import type { Disabled, Objectives } from "../environments";
import { failuresByRoute } from "./queries";
import { type AlarmRow, panels } from "./row";
import { type ServiceNames, type ServiceSignals, type Signal, signalsOf } from "./signals";

export interface DashboardProps {
  readonly region: string;
  readonly prefix: string;
  readonly objectives: Objectives | Disabled;
}

export interface OverviewProps extends DashboardProps {
  readonly services: readonly ServiceNames[];
  /** ARNs of the alarms that page, to be seen at a glance. */
  readonly pageArns: readonly string[];
  /** Log group of stopped tasks. */
  readonly eventsLogGroup: string;
}

export interface ServiceDashboardProps extends DashboardProps {
  readonly service: ServiceNames;
  readonly rows: readonly AlarmRow[];
}

interface Widget {
  readonly type: "metric" | "alarm" | "log";
  readonly width: number;
  readonly height: number;
  readonly properties: object;
}

/** CloudWatch's grid. */
const columns = 24;

/** Whether users are served, what it costs the budget, and what changed: from left to right, a line for each service. */
export function overview({ region, prefix, objectives, services, pageArns, eventsLogGroup }: OverviewProps): string {
  const reached = services.filter(({ traffic }) => traffic !== undefined);
  return body([
    ...(pageArns.length > 0 ? [alarmWidget("Pages", pageArns)] : []),
    ...reached.flatMap((service) => serviceLine(service, { region, prefix, objectives })),
    logWidget("Stopped tasks, newest first", region, eventsLogGroup, [
      "fields @timestamp, detail.group, detail.stopCode, detail.stoppedReason",
      "sort @timestamp desc",
      "limit 20",
    ]),
  ]);
}

/** Each alarm of a service with the threshold at which it rings, after what its users see. */
export function serviceDashboard({ service, rows, region, prefix, objectives }: ServiceDashboardProps): string {
  const byPanel = panels.flatMap((panel) => rows.filter((row) => row.panel === panel));
  return body([
    ...(service.traffic ? serviceLine(service, { region, prefix, objectives }) : []),
    ...byPanel.map((row) => alarmRowWidget(row, region)),
    ...(service.traffic && !("none" in objectives) ? gatewayLine(service, { region, prefix, objectives }) : []),
  ]);
}

function serviceLine(service: ServiceNames, { region, prefix, objectives }: DashboardProps): Widget[] {
  const signals = signalsOf(service, prefix, objectives);
  const { requests, clientErrors, targetErrors, balancerErrors } = signals;
  const { p50, p95, p99, cpu, memory, running, desired, healthy } = signals;
  const chart = (title: string, unit: string, lines: Readonly<Record<string, Signal>>, more: object = {}) =>
    chartWidget({ title: `${service.name}: ${title}`, region, unit, ...more }, lines);
  return [
    ...("none" in objectives ? [] : [budgetWidget(service.name, signals, region, objectives)]),
    chart("requests", "a minute", { requests, "4xx": clientErrors }),
    chart("errors", "a minute", {
      "5xx of tasks": targetErrors,
      "5xx of the load balancer": balancerErrors,
    }),
    chart(
      "response time",
      "s",
      { p50, p95, p99 },
      "none" in objectives ? {} : { threshold: { value: objectives.latency.seconds, label: "objective" } },
    ),
    chart("CPU and memory", "%", { CPU: cpu, memory }),
    chart("tasks", "", { running, desired, healthy }),
  ];
}

/** What its gateway saw of each request, which no load balancer counts. */
function gatewayLine(service: ServiceNames, { region, prefix, objectives }: DashboardProps): Widget[] {
  const { failures, slow, upstreamFailures } = signalsOf(service, prefix, objectives);
  const lines = {
    failures,
    slow,
    ...(service.calls.length > 0 && { "what it calls gives no answer": upstreamFailures }),
  };
  return [
    chartWidget({ title: `${service.name}: requests that its gateway complains of`, region, unit: "a minute" }, lines),
    {
      ...logWidget(`${service.name}: failures by route`, region, service.logGroupName, [failuresByRoute]),
      width: columns - 4,
    },
  ];
}

/** What is left of 30 days' budget: 100 % when nothing failed, below 0 when the objective is missed. */
function budgetWidget(
  name: string,
  { requests, targetErrors, balancerErrors, unrouted }: ServiceSignals,
  region: string,
  { availabilityPercent }: Objectives,
): Widget {
  const share = (100 - availabilityPercent) / 100;
  const hidden = (id: string, signal: Signal) => metric(signal, { id, visible: false });
  const failed = "(FILL(targets, 0) + FILL(balancer, 0))";
  const asked = "(FILL(requests, 0) + FILL(unrouted, 0))";
  const left = `100 * (1 - ${failed} / (${asked} * ${Number(share.toPrecision(6))}))`;
  return {
    type: "metric",
    width: 4,
    height: 6,
    properties: {
      title: `${name}: error budget left, 30 days`,
      region,
      view: "singleValue",
      start: "-P30D",
      end: "P0D",
      setPeriodToTimeRange: true,
      metrics: [
        [{ expression: left, label: "%", id: "left" }],
        hidden("requests", requests),
        hidden("targets", targetErrors),
        hidden("balancer", balancerErrors),
        hidden("unrouted", unrouted),
      ],
    },
  };
}

function alarmRowWidget(row: AlarmRow, region: string): Widget {
  const { watch, id, unit, threshold, comparison, periodMinutes } = row;
  const metrics =
    "formula" in watch
      ? [
          [{ expression: watch.formula, label: id, id: "value" }],
          ...Object.entries(watch.of).map(([key, signal]) => metric(signal, { id: key, visible: false })),
        ]
      : [metric(watch, { label: id })];
  const options = {
    title: id,
    region,
    unit,
    periodMinutes,
    threshold: { value: threshold, label: `rings ${comparison}`, fill: comparison },
  };
  return metricWidget(options, metrics);
}

function chartWidget(options: MetricWidgetOptions, lines: Readonly<Record<string, Signal>>): Widget {
  return metricWidget(
    options,
    Object.entries(lines).map(([label, signal]) => metric(signal, { label })),
  );
}

interface MetricWidgetOptions {
  readonly title: string;
  readonly region: string;
  readonly unit: string;
  readonly periodMinutes?: number;
  readonly threshold?: { readonly value: number; readonly label: string; readonly fill?: "above" | "below" };
}

function metricWidget(options: MetricWidgetOptions, metrics: readonly unknown[]): Widget {
  const { title, region, unit, periodMinutes = 1, threshold } = options;
  return {
    type: "metric",
    width: 4,
    height: 6,
    properties: {
      ...{ title, region, metrics, view: "timeSeries", period: periodMinutes * 60 },
      yAxis: { left: { label: unit, min: 0, showUnits: false } },
      ...(threshold && { annotations: { horizontal: [{ color: "#d62728", ...threshold }] } }),
    },
  };
}

function metric({ namespace, metricName, dimensions, statistic }: Signal, options: object): unknown[] {
  return [namespace, metricName, ...Object.entries(dimensions).flat(), { stat: statistic, ...options }];
}

function alarmWidget(title: string, alarms: readonly string[]): Widget {
  return { type: "alarm", width: columns, height: 2, properties: { title, alarms } };
}

function logWidget(title: string, region: string, logGroup: string, query: readonly string[]): Widget {
  return {
    type: "log",
    width: columns,
    height: 6,
    properties: { title, region, view: "table", query: `SOURCE '${logGroup}' | ${query.join(" | ")}` },
  };
}

/** Widgets from left to right, in lines. */
function body(widgets: readonly Widget[]): string {
  let [x, y, lineHeight] = [0, 0, 0];
  const placed = widgets.map((widget) => {
    if (x + widget.width > columns) [x, y, lineHeight] = [0, y + lineHeight, 0];
    const position = { x, y };
    x += widget.width;
    lineHeight = Math.max(lineHeight, widget.height);
    return { ...widget, ...position };
  });
  // Otherwise CloudWatch chooses each graph's period by the time range, and a threshold is drawn against another value than its alarm's.
  return JSON.stringify({ periodOverride: "inherit", widgets: placed });
}
