import { classify } from "../classify/classify";
import { Secrets } from "../classify/secrets";
import { type MadeChange, madePlan } from "../made-plan.fixture";
import { Reachability } from "./reach/reachability";
import type { Rule } from "./rule";

type Cases = Readonly<Record<string, readonly MadeChange[]>>;

/** The tests of a rule: plans that it flags and plans that it allows, each by its reason. */
export function flagsAndAllows(rule: Rule, { flags, allows }: { readonly flags: Cases; readonly allows: Cases }): void {
  describe(rule.id, () => {
    test.each(Object.entries(flags))("flags %s", (_, changes) =>
      expect(saidOf(rule, changes).length).toBeGreaterThan(0),
    );
    test.each(Object.entries(allows))("allows %s", (_, changes) => expect(saidOf(rule, changes)).toEqual([]));
  });
}

/** What a rule says of a plan. */
export function saidOf(rule: Rule, made: readonly MadeChange[]): string[] {
  const plans = [madePlan({ changes: made })];
  const secrets = Secrets.of(plans);
  const changes = plans.flatMap((plan) => classify(plan, secrets, { constructOf: () => undefined }));
  return rule.check({ plans, changes, reachability: new Reachability(plans, secrets) }).map(({ says }) => says);
}
