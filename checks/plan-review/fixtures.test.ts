import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../ops/shell/paths";
import { formats, print } from "../../packages/plan-review/print/print";
import type { Verdict } from "../../packages/plan-review/review";
import { fixtures } from "./all";
import { reviewOfPlans } from "./review-of-plans";

test("there are at least 60 deliberate changes, each with an id of its own", () => {
  expect(fixtures.length).toBeGreaterThanOrEqual(60);
  expect(new Set(fixtures.map(({ id }) => id)).size).toBe(fixtures.length);
});

test("a good share of them is harmless, and a good share is not", () => {
  const share = (expected: string) =>
    fixtures.filter((fixture) => fixture.expected === expected).length / fixtures.length;
  for (const expected of ["safe", "look", "dangerous"]) expect(share(expected)).toBeGreaterThan(0.2);
});

test.each(fixtures.flatMap(({ id, edits }) => edits.map((edit) => ({ id, ...edit }))))(
  "$id: its edit of $file fits one place",
  ({ file, from }) => {
    const text = readFileSync(join(root, file), "utf8");
    const places =
      typeof from === "string" ? text.split(from).length - 1 : (text.match(new RegExp(from, "gm")) ?? []).length;
    // Copy replaces the first of several places: for an expression without a flag that is what was meant.
    if (typeof from === "string") expect(places).toBe(1);
    else expect(places).toBeGreaterThanOrEqual(1);
  },
);

test("their committed plans are called what was expected, or more carefully", () => {
  const order: readonly Verdict[] = ["safe", "look", "dangerous"];
  const careless = fixtures.flatMap((fixture) => {
    const verdict = reviewOfPlans(fixture.id)?.verdict ?? "no plan";
    return order.indexOf(verdict as Verdict) >= order.indexOf(fixture.expected) ? [] : [`${fixture.id}: ${verdict}`];
  });
  expect(careless).toEqual([]);
});

test("the password that somebody put into a variable is in no review of it", () => {
  const fixture = fixtures.find(({ id }) => id === "secret-in-variable");
  const review = fixture && reviewOfPlans(fixture.id);
  expect(review?.verdict).toBe("look");
  for (const format of formats) expect(review && print(review, format)).not.toContain("correct-horse");
});
