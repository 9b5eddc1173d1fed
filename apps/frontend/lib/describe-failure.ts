import type { Failure } from "./backend";

/** One plain sentence for the reader: what happened when the screen asked for the numbers. */
export function describeFailure(failure: Failure): string {
  switch (failure.kind) {
    case "status":
      return `Asked for the portfolio, it returned an error (status ${failure.status}).`;
    case "time-out":
      return `The request timed out: no complete answer came within ${failure.milliseconds / 1000} seconds.`;
    case "unreachable":
      return `No connection could be made (${failure.cause}).`;
    case "invalid":
      return `What it returned cannot be read: ${failure.problem}.`;
  }
}
