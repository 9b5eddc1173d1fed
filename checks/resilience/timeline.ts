import type { TrafficReport } from "./traffic";

/** Requests during a drill, with what happened in which second. */
export interface Timeline {
  readonly title: string;
  readonly traffic: TrafficReport;
  readonly marks: readonly { readonly second: number; readonly text: string }[];
}

export function requestsIn(timelines: readonly Timeline[]): number {
  return timelines.reduce((sum, { traffic }) => sum + traffic.requests, 0);
}

export function failedIn(timelines: readonly Timeline[]): number {
  return timelines.reduce((sum, { traffic }) => sum + traffic.failed, 0);
}

/** From a second on: when all is well again, nobody has an excuse. */
export function failedAfter(second: number, timelines: readonly Timeline[]): number {
  const late = timelines.flatMap(({ traffic }) => traffic.seconds.filter((each) => each.second > second));
  return late.reduce((sum, { failed }) => sum + failed, 0);
}

/** Which failures there were, a line for each kind of traffic that had any. */
export function failuresIn(timelines: readonly Timeline[]): string[] {
  return timelines
    .filter(({ traffic }) => traffic.failed > 0)
    .map(({ title, traffic }) => `${title} ${JSON.stringify(traffic.failures)}`);
}
