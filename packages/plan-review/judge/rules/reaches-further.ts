import type { Rule } from "../rule";
import { changeOf, ways } from "./exposed";

export const reachesFurther: Rule = {
  id: "reaches-further",
  severity: "medium",
  about: "security",
  speaksOf: ways,
  why: "A way is opened that was shut: in from a group or a range, or out to where a break-in would want to go.",
  check: (subject) =>
    subject.reachability
      .newReaches()
      .filter(
        ({ direction, isFromEverybody, isNewFrontDoor }) => direction === "out" || !isFromEverybody || isNewFrontDoor,
      )
      // A new service opens its own ways, and nothing that was there is reached by it.
      .filter(({ by, isNewFrontDoor, isOfSomethingNew, sentence }) => {
        const isItsOwn = isOfSomethingNew && by.change.change.actions.includes("create");
        return isNewFrontDoor || !isItsOwn || /, now also | only$/.test(sentence);
      })
      .map(({ sentence, by }) => ({ ...changeOf(by, subject), says: sentence })),
};
