import type { DesignedIncident } from "./incident";
import type { Scenario } from "./world";

/** Normal days as an incident in which nothing may ring. */
export function usualDay({ minutes, effects, beginsAt }: Scenario): DesignedIncident {
  return {
    ...{ minutes, effects, beginsAt },
    name: `normal-${minutes / 1440}-days`,
    title: "Nothing is wrong",
    culprit: null,
    rings: {},
    quiet: true,
    isNormal: true,
  };
}
