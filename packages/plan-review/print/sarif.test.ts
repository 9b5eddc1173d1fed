import { created, deleted, reviewOf, updated } from "../made-plan.fixture";
import { print } from "./print";

test("SARIF has each finding with its level and its resource", () => {
  const review = reviewOf(
    deleted("aws_db_instance.d"),
    created("acme_thing.a", {}),
    updated("aws_lb.l", { idle_timeout: 60 }, { idle_timeout: 65 }),
  );
  const { version, runs } = JSON.parse(print(review, "sarif"));
  expect(version).toBe("2.1.0");
  expect(runs[0].results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level])).toEqual([
    ["loses-data", "error"],
    ["unknown-type", "warning"],
    ["drains", "warning"],
  ]);
  expect(runs[0].results[0].locations[0].logicalLocations[0].fullyQualifiedName).toBe("aws_db_instance.d");
  expect(runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toContain("loses-data");
});

test("changes that differ in their address alone are one entry", () => {
  const tagged = Array.from({ length: 60 }, (_, index) =>
    updated(`aws_sns_topic.t["${index}"]`, { tags: { env: "p" } }, { tags: { env: "prod" } }),
  );
  const text = print(reviewOf(...tagged, updated("aws_sns_topic.u", { tags: {} }, { tags: { a: "b" } })), "terminal");
  expect(text).toContain("60 × aws_sns_topic are changed in place");
  expect(text.match(/tags\.env: p → prod/g)).toHaveLength(1);
  expect(text).toContain('aws_sns_topic.t["59"]');
  expect(text).toContain("aws_sns_topic.u is changed in place");
});
