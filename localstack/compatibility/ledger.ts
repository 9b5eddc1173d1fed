import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Level, levels } from "./probe";
import type { ProbeId } from "./probes";

export const ledgerFile = join(__dirname, "ledger.json");

export interface Recorded {
  /** Of MiniStack as it is published. */
  readonly alone: Level;
  /** With our patches, our control plane and our load balancers. */
  readonly ours: Level;
}

/** What was measured last, and written down. */
export interface Ledger {
  readonly ministack: string;
  /** Day of the measurement. */
  readonly measuredOn: string;
  readonly levels: Readonly<Record<ProbeId, Recorded>>;
}

export function readLedger(): Ledger {
  return JSON.parse(readFileSync(ledgerFile, "utf8")) as Ledger;
}

/** The recorded levels of one of the two systems. */
export function recordedLevels(system: keyof Recorded, ledger = readLedger()): ReadonlyMap<ProbeId, Level> {
  return new Map(Object.entries(ledger.levels).map(([id, row]) => [id as ProbeId, row[system]]));
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
  recorded: ReadonlyMap<ProbeId, Level> = recordedLevels("ours"),
): Difference[] {
  return [...measured]
    .map(([id, level]) => ({ id, recorded: recorded.get(id), measured: level }))
    .filter((each) => each.recorded !== each.measured);
}

export const verdicts = ["enforced", "mended by us", "stored, not enforced", "absent", "lost with us"] as const;
export type Verdict = (typeof verdicts)[number];

export function verdictOf({ alone, ours }: Recorded): Verdict {
  const gain = levels.indexOf(ours) - levels.indexOf(alone);
  if (gain > 0) return "mended by us";
  if (gain < 0) return "lost with us";
  return ours === "stored" ? "stored, not enforced" : ours;
}
