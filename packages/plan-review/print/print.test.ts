import { created, deleted, madePlan, replaced, resourceChange, reviewOf, updated } from "../made-plan.fixture";
import { reviewPlans } from "../review";
import { asMarkdown, githubLimit } from "./markdown";
import { print } from "./print";

const many = (count: number) =>
  reviewOf(
    deleted("aws_s3_bucket.precious"),
    ...Array.from({ length: count }, (_, index) =>
      updated(
        `acme_thing.t${index}`,
        { note: `old ${index}`, long: "x".repeat(200) },
        { note: `new ${index}`, long: "y".repeat(200) },
      ),
    ),
    ...Array.from({ length: count }, (_, index) => created(`acme_thing.n${index}`, {})),
  );

test("the verdict comes first, then why, then counts", () => {
  const [title, , alert, sentence, , counts] = asMarkdown(reviewOf(deleted("aws_s3_bucket.precious"))).split("\n");
  expect([title, alert]).toEqual(["## Dangerous", "> [!CAUTION]"]);
  expect(sentence).toContain("Deletes this bucket and its objects");
  expect(counts).toBe("- web: 1 to destroy");
});

test("says what is replaced, why, and from which construct it came", () => {
  const text = print(
    reviewOf(replaced("aws_ecs_service.backend-service_97A8D48A", {}, {}, { paths: [["capacity_provider_strategy"]] })),
    "terminal",
  );
  expect(text).toContain(
    "backend-service (aws_ecs_service) is replaced, the old one deleted first because of capacity_provider_strategy",
  );
  expect(text).toContain("Instead: set force_new_deployment");
});

test.each([1, 20, 200, 3000])(
  "a comment on %i changes is no longer than GitHub takes, and says what was cut",
  (count) => {
    const text = print(many(count), "markdown");
    expect(text.length).toBeLessThanOrEqual(githubLimit);
    expect(/Cut to fit 65536 characters: .+The full review has them/.test(text)).toBe(count >= 200);
  },
);

test.each([
  ["an address", deleted(`aws_db_instance.d["${"k&".repeat(40_000)}"]`)],
  [
    "a command",
    updated(
      "aws_ecs_task_definition.t",
      { container_definitions: JSON.stringify([{ name: "a", command: ["x"] }]) },
      { container_definitions: JSON.stringify([{ name: "a", command: ["*".repeat(70_000)] }]) },
    ),
  ],
])("a comment on %s that is longer than GitHub takes still fits", (_, change) => {
  for (const limit of [2000, githubLimit]) {
    const text = asMarkdown(reviewOf(change), limit);
    expect(text.length).toBeLessThanOrEqual(limit);
    expect(text).toMatch(/^## (Dangerous|Look)/);
  }
});

const everySection = (count: number) => {
  const each = <T>(make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
  const task = (image: string) => ({ container_definitions: JSON.stringify([{ name: "a", image }]) });
  const changes = [
    ...each((index) => deleted(`aws_db_instance.d${index}`)),
    ...each((index) => updated(`acme_thing.d${index}`, { id: "x" }, { id: "y" })),
    ...each((index) => updated(`acme_thing.t${index}`, { tags: { a: "x" } }, { tags: { a: "y" } })),
    ...each((index) => replaced(`aws_ecr_lifecycle_policy.r${index}`, { tags: { a: "x" } }, { tags: { a: "y" } })),
    ...each((index) => updated(`aws_lb.p${index}`, { deletion_protection: true }, { deletion_protection: false })),
    ...each((index) => updated(`aws_ecs_task_definition.t${index}`, task("r/a:1"), task(`r/a:2${index}`))),
    ...each((index) => created(`aws_lb.n${index}`, {})),
  ];
  const more = {
    format_version: "1.9",
    output_changes: Object.fromEntries(each((index) => [`o${index}`, { actions: ["create"] }])),
    resource_drift: each((index) => resourceChange(updated(`acme_drift.d${index}`, { a: 1 }, { a: 2 }))),
    checks: each((index) => ({ status: "fail", address: { to_display: `c${index}` } })),
  };
  const allowances = [{ rule: "loses-data", address: "aws_db_instance.d1*", reason: "r", expires: "2027-01-01" }];
  return reviewPlans([madePlan({ changes, more })], { today: "2026-01-01", allowances });
};

test.each([3, 30, 300])("a comment fits when all of its sections are cut, of %i entries each", (count) => {
  const review = everySection(count);
  for (const limit of [2000, 2500, 3000, 5000, 10_000])
    expect(asMarkdown(review, limit).length).toBeLessThanOrEqual(limit);
});

test("of more stacks than fit, those that do are counted, and the others are told as a number", () => {
  const changes = [created("aws_nat_gateway.n", {})];
  const plans = Array.from({ length: 400 }, (_, index) =>
    madePlan({ changes }, `a-stack-with-a-long-name-${index}.json`),
  );
  const text = asMarkdown(reviewPlans(plans, { today: "2026-01-01" }), 5000);
  expect(text.length).toBeLessThanOrEqual(5000);
  expect(text).toMatch(/- and 3\d\d more stacks\n- Cost: /);
});

test("what is least important is cut first", () => {
  const text = asMarkdown(many(200), 5000);
  expect(text.length).toBeLessThanOrEqual(5000);
  expect(text).toContain("precious");
  expect(text).not.toContain("acme\\_thing.n1 ");
});

test("the full review has everything", () => {
  expect(print(many(3000), "html")).toContain("acme_thing.n2999");
  expect(asMarkdown(many(3000))).toContain("new 2999");
});

test("JSON is the review as data", () => {
  expect(JSON.parse(print(reviewOf(deleted("aws_s3_bucket.b")), "json"))).toMatchObject({
    verdict: "dangerous",
    counts: { delete: 1 },
  });
});
