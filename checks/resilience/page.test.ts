import { isProved, type Outcome, proofPage, type Result } from "./page";

const outcome = (result: Result, more: Partial<Outcome> = {}): Outcome => ({
  ...{ id: "rolling", title: "Every task is replaced", evidence: "0 of 3 requests failed; 2 replaced" },
  ...{ result, seconds: 90, timelines: [], ...more },
});
const pageOf = (outcomes: readonly Outcome[], notRun: readonly string[] = []) =>
  proofPage({
    environment: "staging",
    startedAt: new Date(0),
    outcomes,
    notRun,
    onlyOnAws: ["stored here: ECS, Spot"],
  });

it("is proved when each drill is, but for those that the environment declines", () => {
  expect(isProved([outcome("proved"), outcome("does not apply")])).toBe(true);
  expect(isProved([outcome("proved"), outcome("not proved")])).toBe(false);
  expect(isProved([outcome("proved"), outcome("failed")])).toBe(false);
});

it("says first how it went, and in the end what only AWS can show", async () => {
  expect(await pageOf([outcome("proved")])).toContain("destroyed without a trace: 1 drills.");
  expect(await pageOf([outcome("failed"), outcome("proved")])).toContain("1 of 2 drills failed.");
  expect(await pageOf([outcome("not proved")])).toContain("1 of 1 drills could not be proved here.");
  const partly = await pageOf([outcome("proved")], ["Each route answers"]);
  expect(partly).toContain("1 drills proved; 1 were not run.");
  expect(partly).toMatch(/Drills that were not run[\s\S]*Each route answers/);
  expect(await pageOf([])).toMatch(/What was not proved[\s\S]*stored here: ECS, Spot/);
});

it("is one file, whatever a drill says", async () => {
  const page = await pageOf([outcome("failed", { evidence: "<script>alert(1)</script>" })]);
  expect(page).not.toContain("<script");
  expect(page).not.toMatch(/(src|href)="(?!#)/);
});
