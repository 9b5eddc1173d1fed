import type { Disabled, Objectives } from "../environments";
import type { AlarmRow } from "./row";
import { type ServiceNames, type ServiceSignals, signalsOf } from "./signals";

export interface ServiceRowsProps {
  readonly service: ServiceNames;
  readonly prefix: string;
  readonly objectives: Objectives | Disabled;
  readonly minimumTasks: number;
}

const quiet = { is: "notBreaching", because: "without requests nothing fails" } as const;
const dead = { is: "breaching", because: "a service that does not run reports nothing" } as const;
const rare = { is: "notBreaching", because: "it is reported only when it happens" } as const;

/** Fewer failed, or slow, requests than this prove nothing: one of ten is 10 %. */
const enough = { minute: 5, window: 10 };

/**
 * Budget burned in a long window, while a short one says that it still goes on: the pairs of the SRE Workbook, chapter 5, table 5-8.
 * https://sre.google/workbook/alerting-on-slos/
 */
const burns = [
  { id: "fast", rate: 14.4, minutes: { long: 60, short: 5 } },
  { id: "slow", rate: 6, minutes: { long: 360, short: 30 } },
] as const;

/** The alarms of one service. Where objectives are declined, those that need none. */
export function serviceRows(props: ServiceRowsProps): AlarmRow[] {
  const { service, objectives } = props;
  const rows = [
    ...(service.traffic ? reachedRows(props) : []),
    ...("none" in objectives ? [] : [...taskRows(props), ...(service.traffic ? objectiveRows(props, objectives) : [])]),
  ];
  return rows.map((row) => ({ ...row, service: service.name }));
}

function signalsFor({ service, prefix, objectives }: ServiceRowsProps): ServiceSignals {
  return signalsOf(service, prefix, objectives);
}

function reachedRows(props: ServiceRowsProps): AlarmRow[] {
  const { healthy } = signalsFor(props);
  const { minimumTasks } = props;
  const shared = { panel: "health", unit: "tasks", watch: healthy, comparison: "below", periodMinutes: 1 } as const;
  return [
    {
      ...shared,
      id: "down",
      severity: "none",
      meaning: "No task is healthy, or one zone of the load balancer sees none: nobody is served, or not everybody.",
      threshold: 1,
      datapoints: [2, 2],
      missingData: dead,
    },
    {
      ...shared,
      id: "few-targets",
      severity: "ticket",
      meaning: `Fewer than ${minimumTasks} tasks pass the load balancer's health check: the next loss may be an outage.`,
      threshold: minimumTasks,
      datapoints: [10, 10],
      missingData: dead,
    },
  ];
}

function objectiveRows(props: ServiceRowsProps, objectives: Objectives): AlarmRow[] {
  return [...errorRows(props, objectives), ...latencyRows(props, objectives), ...edgeRows(props)];
}

/** Percent of requests that failed, whoever answered them. */
function errorRows(props: ServiceRowsProps, { availabilityPercent }: Objectives): AlarmRow[] {
  const { requests, targetErrors, balancerErrors, unrouted } = signalsFor(props);
  const budget = 100 - availabilityPercent;
  const failures = "(FILL(targets, 0) + FILL(balancer, 0))";
  const failed = (guard: number) => ({
    formula: `IF(${failures} >= ${guard}, 100 * ${failures} / (FILL(requests, 0) + FILL(unrouted, 0)), 0)`,
    of: { requests, targets: targetErrors, balancer: balancerErrors, unrouted },
  });
  const shared = { panel: "errors", unit: "%", comparison: "above", missingData: quiet } as const;
  return [
    {
      ...shared,
      id: "errors-now",
      severity: "none",
      meaning: "More than one request in ten fails.",
      watch: failed(enough.minute),
      threshold: 10,
      periodMinutes: 1,
      datapoints: [2, 3],
    },
    ...burns.flatMap(({ id, rate, minutes }) =>
      Object.entries(minutes).map(
        ([window, periodMinutes]): AlarmRow => ({
          ...shared,
          id: `errors-${id}-${window}`,
          severity: "none",
          meaning: `In the last ${inWords(periodMinutes)} the error budget was spent ${rate} times as fast as it lasts.`,
          watch: failed(window === "long" ? enough.window : 1),
          threshold: rounded(rate * budget),
          periodMinutes,
          datapoints: [1, 1],
        }),
      ),
    ),
    {
      ...shared,
      id: "error-budget",
      severity: "ticket",
      meaning: "On each of the last three days more of the error budget was spent than a day has.",
      watch: failed(enough.window),
      threshold: rounded(budget),
      periodMinutes: 1440,
      datapoints: [3, 3],
    },
  ];
}

function latencyRows(props: ServiceRowsProps, { latency }: Objectives): AlarmRow[] {
  const { requests, p95, fast } = signalsFor(props);
  const shared = { panel: "latency", comparison: "above", missingData: quiet } as const;
  const slow = "requests * (100 - fast) / 100";
  return [
    {
      ...shared,
      id: "latency-now",
      severity: "none",
      meaning: `More than one request in twenty takes longer than ${latency.seconds} s.`,
      watch: { formula: `IF(${slow} >= ${enough.minute}, p95, 0)`, of: { requests, fast, p95 } },
      unit: "s",
      threshold: latency.seconds,
      periodMinutes: 1,
      datapoints: [2, 3],
    },
    // More than one in twenty is already five times the latency budget: faster burns need no windows of their own.
    {
      ...shared,
      id: "latency-budget",
      severity: "ticket",
      meaning: `On each of the last three days more than ${rounded(100 - latency.percent)} % of requests took longer than ${latency.seconds} s.`,
      watch: { formula: `IF(${slow} >= ${enough.window}, 100 - fast, 0)`, of: { requests, fast } },
      unit: "%",
      threshold: rounded(100 - latency.percent),
      periodMinutes: 1440,
      datapoints: [3, 3],
    },
  ];
}

function edgeRows(props: ServiceRowsProps): AlarmRow[] {
  const { rejected, unhealthy, upstreamFailures } = signalsFor(props);
  const { calls } = props.service;
  const upstream: AlarmRow = {
    id: "upstream",
    severity: "ticket",
    meaning: `It cannot reach what it calls (${calls.join(", ")}), or gets no answer that it can use.`,
    panel: "errors",
    unit: "requests",
    watch: upstreamFailures,
    comparison: "above",
    threshold: 10,
    periodMinutes: 5,
    datapoints: [2, 3],
    missingData: rare,
  };
  return [
    {
      id: "rejected",
      severity: "none",
      meaning: "Its load balancer turns connections away: it has reached its limit.",
      panel: "errors",
      unit: "requests",
      watch: rejected,
      comparison: "above",
      threshold: 0,
      periodMinutes: 1,
      datapoints: [2, 3],
      missingData: rare,
    },
    {
      id: "unhealthy-targets",
      severity: "ticket",
      meaning: "A task fails the load balancer's health check and is not replaced.",
      panel: "health",
      unit: "tasks",
      watch: unhealthy,
      comparison: "above",
      threshold: 0,
      periodMinutes: 1,
      datapoints: [15, 15],
      missingData: { is: "notBreaching", because: "few-targets covers a service without targets" },
    },
    ...(calls.length > 0 ? [upstream] : []),
  ];
}

function taskRows(props: ServiceRowsProps): AlarmRow[] {
  const { cpu, memory, running, desired, crashes, lines, requests } = signalsFor(props);
  const isReached = props.service.traffic !== undefined;
  const saturation = { panel: "saturation", unit: "%", comparison: "above", periodMinutes: 1 } as const;
  const untold = { is: "notBreaching", because: "tasks-missing covers a service without tasks" } as const;
  return [
    {
      ...saturation,
      id: "cpu",
      severity: "ticket",
      meaning: "CPU is at its limit although the autoscaler should have added tasks.",
      watch: cpu,
      threshold: 90,
      datapoints: [15, 15],
      missingData: untold,
    },
    {
      ...saturation,
      id: "memory",
      severity: "ticket",
      meaning: "A task is about to be killed for its memory.",
      watch: memory,
      threshold: 90,
      datapoints: [5, 5],
      missingData: untold,
    },
    {
      id: "tasks-missing",
      severity: "ticket",
      meaning: "Fewer tasks run than are wanted: ECS cannot start them, or they do not stay up.",
      panel: "health",
      unit: "tasks",
      // AWS's recommendation, running tasks below a number, stays OK for a service that reports nothing.
      watch: { formula: "desired - running", of: { desired, running } },
      comparison: "above",
      threshold: 0,
      periodMinutes: 1,
      datapoints: [15, 15],
      missingData: dead,
    },
    {
      id: "crashes",
      severity: "ticket",
      meaning: "Containers end by themselves, again and again.",
      panel: "health",
      unit: "events",
      watch: crashes,
      comparison: "above",
      threshold: 3,
      periodMinutes: 10,
      datapoints: [1, 1],
      missingData: rare,
    },
    {
      id: "silent",
      severity: "ticket",
      meaning: isReached
        ? "It is asked and writes no log line: what happens now cannot be explained later."
        : "It writes no log line: it hangs, or its logs are lost.",
      panel: "health",
      unit: "lines",
      watch: isReached ? { formula: "IF(requests > 0, FILL(lines, 0), 1)", of: { requests, lines } } : lines,
      comparison: "below",
      threshold: 1,
      periodMinutes: 5,
      datapoints: [3, 3],
      missingData: isReached ? quiet : dead,
    },
  ];
}

/** When the parts of a service amount to a page: CloudWatch's rule over the names of alarms. */
export function pageRule(rows: readonly AlarmRow[], nameOf: (row: AlarmRow) => string): string {
  const parts = rows.filter(({ severity }) => severity === "none");
  const rings = (row: AlarmRow) => `ALARM("${nameOf(row)}")`;
  const pairs = parts
    .filter(({ id }) => id.endsWith("-long"))
    .flatMap((long) => {
      const short = parts.find(({ id }) => id === long.id.replace(/-long$/, "-short"));
      return short ? [`(${rings(long)} AND ${rings(short)})`] : [];
    });
  const alone = parts.filter(({ id }) => !/-(long|short)$/.test(id)).map(rings);
  return [...alone, ...pairs].join(" OR ");
}

function inWords(minutes: number): string {
  if (minutes < 60) return `${minutes} minutes`;
  return minutes === 60 ? "hour" : `${minutes / 60} hours`;
}

/** 14.4 times 0.1 is not 1.44 to a computer. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
