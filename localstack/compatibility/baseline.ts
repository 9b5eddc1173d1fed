import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Level, levels } from "./probe";
import type { ProbeId } from "./probes";

export const baselineFile = join(__dirname, "baseline.json");

export interface Recorded {
  /** Of MiniStack as it is published. */
  readonly upstream: Level;
  /** With our patches, our control plane and our load balancers. */
  readonly patched: Level;
}

/** What was measured last, and written down. */
export interface Baseline {
  readonly ministack: string;
  /** Day of the measurement. */
  readonly measuredOn: string;
  readonly levels: Readonly<Record<ProbeId, Recorded>>;
}

export function readBaseline(): Baseline {
  return JSON.parse(readFileSync(baselineFile, "utf8")) as Baseline;
}

/** The recorded levels of one of the two systems. */
export function recordedLevels(system: keyof Recorded, baseline = readBaseline()): ReadonlyMap<ProbeId, Level> {
  return new Map(Object.entries(baseline.levels).map(([id, row]) => [id as ProbeId, row[system]]));
}

export interface Difference {
  readonly id: ProbeId;
  /** Undefined, where one of the two does not know the probe. */
  readonly recorded: Level | undefined;
  readonly measured: Level | undefined;
}

/** What was measured otherwise than it is recorded. Of probes that were not run nothing is said. */
export function differences(
  measured: ReadonlyMap<ProbeId, Level>,
  recorded: ReadonlyMap<ProbeId, Level> = recordedLevels("patched"),
): Difference[] {
  return [...measured]
    .map(([id, level]) => ({ id, recorded: recorded.get(id), measured: level }))
    .filter((each) => each.recorded !== each.measured);
}

export const verdicts = [
  "enforced",
  "patched here",
  "stored, not enforced",
  "absent",
  "lost with our patches",
] as const;
export type Verdict = (typeof verdicts)[number];

export function verdictOf({ upstream, patched }: Recorded): Verdict {
  const gain = levels.indexOf(patched) - levels.indexOf(upstream);
  if (gain > 0) return "patched here";
  if (gain < 0) return "lost with our patches";
  return patched === "stored" ? "stored, not enforced" : patched;
}
