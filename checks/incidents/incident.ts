import type { Scenario, ServiceName } from "./world";

/** Something that happens to the system, and what its people should hear of it. */
export interface DesignedIncident extends Omit<Scenario, "seed" | "beginsAt"> {
  readonly name: string;
  readonly title: string;
  /** The service at fault: pages must come from it alone. Null where nobody is to be paged. */
  readonly culprit: ServiceName | null;
  /** Alarms that must ring, by their names without the environment; each within `minutes` of the first effect. */
  readonly rings: Readonly<Record<string, number>>;
  /** Whether anything else that tells somebody is a mistake. */
  readonly quiet?: true;
  /** Minutes after the first effect's end within which the page is over. */
  readonly overWithin?: number;
  /** Whether a minute that hurts by chance is no mistake of its author. */
  readonly isNormal?: true;
  /** Minute of the day at which it begins. @default noon */
  readonly beginsAt?: number;
}

/** Two hours of normal traffic come first, so that every window has seen some. */
export const before = 120;
