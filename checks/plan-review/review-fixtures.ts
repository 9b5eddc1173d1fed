import { Command } from "commander";
import { type Check, report } from "../../ops/report/report";
import type { Review, Verdict } from "../../packages/plan-review/review";
import { runProof } from "../run-proof";
import { fixtures } from "./all";
import type { Fixture } from "./fixture";
import { reviewOfPlans } from "./review-of-plans";

const verdicts: readonly Verdict[] = ["safe", "look", "unknown", "dangerous"];
/** Percent of the harmless changes that may be called dangerous. */
const falseAlarmsAllowed = 5;

interface Result {
  readonly fixture: Fixture;
  /** Undefined where no plan was made. */
  readonly review: Review | undefined;
}

runProof(
  new Command("plan-review")
    .description(
      "Compares the verdicts on the committed plans of deliberate changes with the expected ones. Writes reports/plan-review.json.",
    )
    .action(async () => {
      const startedAt = new Date();
      const results = fixtures.map((fixture) => ({ fixture, review: reviewOfPlans(fixture.id) }));
      const passed = await report("plan-review", startedAt, [
        ...results.map(fixtureCheck),
        ...confusion(results),
        ...scores(results),
      ]);
      if (!passed) process.exitCode = 1;
    }),
);

/** A verdict that is too careful is told, and does not fail: but too careful about harmless changes, or not careful enough, does. */
function fixtureCheck({ fixture, review }: Result): Check {
  const { id, title, expected, because } = fixture;
  const told = review?.verdict;
  return check(
    id,
    title,
    told !== undefined && verdicts.indexOf(told) >= verdicts.indexOf(expected),
    told ?? "no plan was made",
    expected,
    told === expected ? because : `${because}; said: ${review?.because ?? "nothing"}`,
  );
}

function confusion(results: readonly Result[]): Check[] {
  return verdicts.map((expected) => {
    const of = results.filter(({ fixture, review }) => fixture.expected === expected && review);
    const counts = verdicts.map((told) => `${of.filter(({ review }) => review?.verdict === told).length} ${told}`);
    return check(`expected-${expected}`, `expected ${expected}, and called`, true, counts.join(", "), "none: counts");
  });
}

function scores(results: readonly Result[]): Check[] {
  const named = (some: readonly Result[]) => some.map(({ fixture }) => fixture.id).join(", ");
  const reviewed = results.filter(({ review }) => review);
  const waved = reviewed.filter(
    ({ fixture, review }) => fixture.expected === "dangerous" && review?.verdict === "safe",
  );
  const harmless = reviewed.filter(({ fixture }) => fixture.expected === "safe");
  const alarms = harmless.filter(({ review }) => review?.verdict === "dangerous");
  const percent = Math.round((1000 * alarms.length) / Math.max(1, harmless.length)) / 10;
  const exact = reviewed.filter(({ fixture, review }) => fixture.expected === review?.verdict);
  return [
    check("plans", "deliberate changes with a real plan", reviewed.length >= 60, reviewed.length, "at least 60"),
    check(
      "dangerous-called-safe",
      "dangerous changes called safe",
      waved.length === 0,
      waved.length,
      "0",
      named(waved),
    ),
    check(
      "harmless-called-dangerous",
      "harmless changes called dangerous",
      percent <= falseAlarmsAllowed,
      `${percent} %`,
      `at most ${falseAlarmsAllowed} %`,
      named(alarms),
    ),
    check(
      "exact",
      "called exactly as expected",
      true,
      `${exact.length} of ${reviewed.length}`,
      "none: for comparison",
      named(reviewed.filter((result) => !exact.includes(result))),
    ),
  ];
}

function check(
  id: string,
  title: string,
  passed: boolean,
  value: number | string,
  target: string,
  evidence = "",
): Check {
  return { id, title, passed, value, unit: "", target, evidence };
}
