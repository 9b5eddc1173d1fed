import type { Signal } from "./signals";

/** What people see of a service: a dashboard's panels. */
export const panels = ["errors", "latency", "health", "saturation", "delivery"] as const;
export type Panel = (typeof panels)[number];

/** An alarm, as data: what it watches, when it rings, whom it tells, and what to do then. */
export interface AlarmRow {
  /** Last part of the alarm's name. */
  readonly id: string;
  /** The service it speaks of; undefined for what all share. */
  readonly service?: string;
  /** `none` notifies nobody by itself: a composite alarm of its service pages, once for all of its children. */
  readonly severity: "none" | "ticket" | "page";
  /** What is wrong, as the mail says it. */
  readonly meaning: string;
  readonly panel: Panel;
  readonly unit: "%" | "s" | "tasks" | "requests" | "events" | "messages" | "lines";
  /** One signal, or a formula over several by their keys: CloudWatch's metric math. */
  readonly watch: Signal | { readonly formula: string; readonly of: Readonly<Record<string, Signal>> };
  readonly comparison: "above" | "below";
  readonly threshold: number;
  readonly periodMinutes: number;
  /** M of N. */
  readonly datapoints: readonly [breaching: number, evaluated: number];
  /** How a missing datapoint counts, in the words of CloudWatch, and why. */
  readonly missingData: { readonly is: "breaching" | "notBreaching"; readonly because: string };
}

/** The alarm's name, without its environment. */
export function nameOf({ service, id }: AlarmRow): string {
  return service ? `${service}-${id}` : id;
}

/** The heading in OBSERVABILITY.md that says what to do: one for both windows of a burn rate, and for all zones. */
export function playbookOf({ id }: AlarmRow): string {
  return id.replace(/-(long|short)$/, "").replace(/^nat-ports-.*/, "nat-ports");
}
