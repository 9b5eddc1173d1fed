import type { ClassifiedChange } from "../classify/classify";
import {
  destroysEverything,
  type Effect,
  type Flag,
  outputShown,
  planIncomplete,
  runsCommands,
  type Subject,
} from "../effects/effect";
import { withoutKeys } from "../read/references";

/** What can be said of whole plans, whatever is in them. */
export function ofPlans({ plans }: Subject): Flag[] {
  const effects = plans.flatMap(({ stack, changes, invocations, outputs, ...plan }): Effect[] => {
    const managed = changes.filter(({ mode, change }) => mode !== "data" && change.actions.join() !== "read");
    const isGone = managed.length > 1 && managed.every(({ change }) => change.actions.join() === "delete");
    const deferred = plan.deferred.map(({ change, reason }) => `${change.address} (${reason.replaceAll("_", " ")})`);
    const shown = Object.entries(outputs)
      .filter(([, change]) => change.before_sensitive === true && change.after_sensitive !== true)
      .filter(([, { actions }]) => actions.join() !== "delete");
    return [
      ...(isGone ? [destroysEverything(`Destroys everything in ${stack} (${managed.length} resources)`)] : []),
      ...(plan.isErrored ? [planIncomplete(`Planning ${stack} ended with an error, so changes are missing here`)] : []),
      ...(plan.isComplete && deferred.length === 0
        ? []
        : [
            planIncomplete(
              `Another plan and apply of ${stack} will follow${deferred.length > 0 ? `; deferred: ${deferred.join(", ")}` : ""}`,
            ),
          ]),
      ...plan.failedChecks.map((check) => planIncomplete(`A check of ${stack} fails: ${check}`)),
      ...(invocations.length > 0 ? [runsCommands(`Actions of ${stack} are invoked: ${invocations.join(", ")}`)] : []),
      ...shown.map(([name]) => outputShown(`The output ${name} of ${stack} is no longer sensitive`)),
    ];
  });
  return effects.map((effect) => ({ effect }));
}

export function ofProvisioners({ action, address, stack }: ClassifiedChange, { plans }: Subject): Effect[] {
  if (action !== "create" && action !== "replace") return [];
  const kinds = plans.find((plan) => plan.stack === stack)?.provisioners.get(withoutKeys(address));
  return kinds ? [runsCommands(`Runs commands that no plan shows: ${kinds.join(", ")}`)] : [];
}
