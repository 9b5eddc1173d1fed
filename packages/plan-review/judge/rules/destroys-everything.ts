import type { Flag, Rule } from "../rule";

export const destroysEverything: Rule = {
  id: "destroys-everything",
  severity: "high",
  why: "A plan that deletes whatever the stack has is a terraform destroy, or a configuration that could not be read.",
  check: ({ plans }) =>
    plans.flatMap(({ stack, changes }): Flag[] => {
      const managed = changes.filter(({ mode, change }) => mode !== "data" && change.actions.join() !== "read");
      const isGone = managed.length > 1 && managed.every(({ change }) => change.actions.join() === "delete");
      return isGone
        ? [{ says: `${stack}: everything in it is destroyed (${managed.length} resources)`, outage: "downtime" }]
        : [];
    }),
};
