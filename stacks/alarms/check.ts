import { type AlarmRow, nameOf, playbookOf } from "./row";
import type { Signal } from "./signals";

/** What the stacks' own parts emit, by namespace; `own` is for metrics that log lines and events are counted into. */
const emitted: Readonly<Record<string, readonly string[]>> = {
  "AWS/ApplicationELB": [
    "RequestCount",
    "HTTPCode_Target_4XX_Count",
    "HTTPCode_Target_5XX_Count",
    "HTTPCode_ELB_5XX_Count",
    "HTTPCode_ELB_503_Count",
    "RejectedConnectionCount",
    "TargetResponseTime",
    "HealthyHostCount",
    "UnHealthyHostCount",
  ],
  "AWS/ECS": ["CPUUtilization", "MemoryUtilization"],
  "ECS/ContainerInsights": ["RunningTaskCount", "DesiredTaskCount"],
  "AWS/Logs": ["IncomingLogEvents"],
  "AWS/NATGateway": ["ErrorPortAllocation"],
  "AWS/SNS": ["NumberOfNotificationsFailed"],
  "AWS/SQS": ["ApproximateNumberOfMessagesVisible"],
};

export interface RowChecks {
  /** Namespace and names of the metrics that filters make. */
  readonly own: { readonly namespace: string; readonly names: readonly string[] };
  /** Headings of OBSERVABILITY.md. */
  readonly playbooks: readonly string[];
}

/** Stops the synthesis with every row that could never ring, or would ring without a word, and says what is allowed. */
export function checkRows(rows: readonly AlarmRow[], checks: RowChecks): void {
  const problems = rows.flatMap((row) =>
    rowProblems(row, checks).map((problem) => `alarms: ${nameOf(row)}: ${problem}`),
  );
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

function rowProblems(row: AlarmRow, { own, playbooks }: RowChecks): string[] {
  const { threshold, unit, watch, datapoints, periodMinutes } = row;
  const signals = "formula" in watch ? Object.values(watch.of) : [watch];
  const playbook = playbookOf(row);
  const longest = periodMinutes >= 60 ? 7 * 1440 : 1440;
  return [
    ...(unit === "%" && (threshold < 0 || threshold > 100) ? [`threshold = ${threshold} %; allowed: 0 to 100`] : []),
    ...(datapoints[0] > datapoints[1] ? [`datapoints = ${datapoints.join(" of ")}; allowed: M of N, M at most N`] : []),
    ...(periodMinutes * datapoints[1] > longest
      ? [`looks back ${periodMinutes * datapoints[1]} minutes; allowed: ${longest}`]
      : []),
    ...(signals.length > 10 ? [`reads ${signals.length} metrics; allowed: 10`] : []),
    ...signals.flatMap((signal) => signalProblems(signal, own)),
    ...(playbooks.includes(playbook)
      ? []
      : [`playbook = ${playbook}; allowed: a heading of OBSERVABILITY.md: ${playbooks.join(", ")}`]),
  ];
}

function signalProblems({ namespace, metricName }: Signal, own: RowChecks["own"]): string[] {
  const names = namespace === own.namespace ? own.names : emitted[namespace];
  if (!names) return [`namespace = ${namespace}; allowed: ${[...Object.keys(emitted), own.namespace].join(", ")}`];
  return names.includes(metricName)
    ? []
    : [`metric = ${metricName}; the stacks emit in ${namespace}: ${names.join(", ")}`];
}
