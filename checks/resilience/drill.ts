import type { ProbeId } from "../../localstack/compatibility/probes";
import type { Environment } from "../../stacks/environments";
import type { DeployedEnvironment } from "./deployed-environment";
import type { Timeline } from "./timeline";

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
  /** What the emulated AWS must do for it, not only remember. */
  readonly needs: readonly ProbeId[];
  /** Why there is nothing to prove in this environment. */
  readonly declined?: (environment: Environment) => string | undefined;
  readonly run: (deployed: DeployedEnvironment) => Promise<Verdict>;
}
