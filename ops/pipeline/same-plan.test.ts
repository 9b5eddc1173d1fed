import { type MadeChange, planText, reviewOf, updated } from "../../packages/plan-review/made-plan.fixture";
import { readPlan } from "../../packages/plan-review/read/read";
import { reviewPlans } from "../../packages/plan-review/review";
import { unreviewed } from "./same-plan";

const service = updated("aws_ecs_service.backend", { desired_count: 2 }, { desired_count: 3 });
const topic = updated("aws_sns_topic.pages", { display_name: "a" }, { display_name: "b" });
const secret = (before: string, after: string): MadeChange => ({
  ...updated("aws_ssm_parameter.token", { value: before }, { value: after }),
  before_sensitive: { value: true },
  after_sensitive: { value: true },
});

test("the same changes are the same plan, in whatever order", () => {
  expect(unreviewed(reviewOf(service, topic), reviewOf(topic, service))).toEqual([]);
});

test("names a change that nobody saw", () => {
  expect(unreviewed(reviewOf(service), reviewOf(service, topic))).toEqual([
    "not reviewed: update aws_sns_topic.pages in web (display_name: a → b)",
  ]);
});

test("names a change that became another, and the one that people saw", () => {
  const now = updated("aws_ecs_service.backend", { desired_count: 2 }, { desired_count: 0 });
  expect(unreviewed(reviewOf(service), reviewOf(now))).toEqual([
    "not reviewed: update aws_ecs_service.backend in web (desired_count: 2 → 0)",
    "reviewed, but no longer planned: update aws_ecs_service.backend in web (desired_count: 2 → 3)",
  ]);
});

test("a replacement is not the update that people saw", () => {
  const now = { ...service, actions: ["delete", "create"], replace_paths: [["desired_count"]] };
  expect(unreviewed(reviewOf(service), reviewOf(now))).toHaveLength(2);
});

test("a plan without changes applies nothing, so it needs no review", () => {
  expect(unreviewed(reviewOf(service), reviewOf())).toEqual([]);
});

test("a secret has another number when more plans are reviewed together, and the change is the same", () => {
  const read = (...changes: MadeChange[]) => readPlan("web.plan.json", planText({ changes }));
  const first = readPlan("first.plan.json", planText({ changes: [secret("first-old", "first-new")] }));
  const together = reviewPlans([first, read(secret("old-value", "new-value"))], { today: "2026-01-01" });
  const seen = { ...together, changes: together.changes.filter(({ stack }) => stack === "web") };
  expect(JSON.stringify(seen.changes)).toContain("(sensitive #3)");
  expect(unreviewed(seen, reviewOf(secret("old-value", "new-value")))).toEqual([]);
});

test("a secret that changes is not one that stays", () => {
  const more = { before: { value: "old-value", type: "a" }, after: { value: "old-value", type: "b" } };
  const stays: MadeChange = { ...secret("old-value", "old-value"), ...more };
  const changes: MadeChange = { ...stays, after: { value: "new-value", type: "b" } };
  expect(unreviewed(reviewOf(stays), reviewOf(changes))).toHaveLength(2);
});

describe("an output", () => {
  const outputs = (actions: Record<string, string>) => {
    const change = (action: string) => ({ actions: [action], before: "a", after: "b", after_unknown: false });
    const output_changes = Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, change(action)]));
    const plan = readPlan("web.plan.json", planText({ more: { output_changes } }));
    return reviewPlans([plan], { today: "2026-01-01" });
  };

  test("that nobody saw changing is named, also where nothing else changes", () => {
    expect(unreviewed(outputs({ address: "update" }), outputs({ address: "update", services: "update" }))).toEqual([
      "not reviewed: output web: services (update)",
    ]);
  });

  test("that changes otherwise than people saw is named both ways", () => {
    expect(unreviewed(outputs({ address: "update" }), outputs({ address: "delete" }))).toEqual([
      "not reviewed: output web: address (delete)",
      "reviewed, but no longer planned: output web: address (update)",
    ]);
  });

  test("that was seen changing may change", () => {
    expect(unreviewed(outputs({ address: "update" }), outputs({ address: "update" }))).toEqual([]);
    expect(unreviewed(outputs({ address: "update" }), outputs({}))).toEqual([]);
  });
});
