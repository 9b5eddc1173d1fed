import type { Stage } from "./stage";
import type { TrafficReport } from "./traffic";

/** Requests during a drill, with what happened in which second. */
export interface Timeline {
  readonly title: string;
  readonly traffic: TrafficReport;
  readonly marks: readonly { readonly second: number; readonly text: string }[];
}

export interface Verdict {
  readonly passed: boolean;
  /** What was seen, in a sentence. */
  readonly evidence: string;
  readonly timelines?: readonly Timeline[];
}

/** One thing that the stacks must survive. */
export interface Drill {
  /** As it is chosen on the command line. */
  readonly id: string;
  readonly title: string;
  readonly run: (stage: Stage) => Promise<Verdict>;
}
