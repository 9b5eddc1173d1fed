import { created, deleted, type MadeChange, madePlan, updated } from "../made-plan.fixture";
import { reviewPlans } from "../review";
import { readOwnTypes } from "./own-types";

const configuration = {
  types: {
    acme_ledger: {
      noun: "ledger",
      deleted: "dangerous: Deletes the ledger and its entries",
      arguments: {
        comment: "safe",
        size: "look: Moves the ledger to another machine",
        public: { true: "dangerous: Shows the ledger to everybody", "*": "safe" },
      },
    },
  },
};
const own = readOwnTypes("plan-review.json", JSON.stringify(configuration));
const reviewed = (...changes: MadeChange[]) => reviewPlans([madePlan({ changes })], { today: "2026-01-01", own });

test.each([
  ["a deletion", deleted("acme_ledger.l"), "dangerous"],
  ["an argument that harms nobody", updated("acme_ledger.l", { comment: "a" }, { comment: "b" }), "safe"],
  ["an argument to look at", updated("acme_ledger.l", { size: 1 }, { size: 2 }), "look"],
  ["a value that opens it", updated("acme_ledger.l", { public: false }, { public: true }), "dangerous"],
  ["another value", updated("acme_ledger.l", { public: true }, { public: false }), "safe"],
  ["a value that opens a new one", created("acme_ledger.l", { public: true }), "dangerous"],
  ["a new one", created("acme_ledger.l", { public: false }), "safe"],
  ["an argument that it lacks", updated("acme_ledger.l", { speed: 1 }, { speed: 2 }), "unknown"],
] as const)("a type of one's own: %s", (_, change, verdict) => {
  expect(reviewed(change).verdict).toBe(verdict);
});

test("comes before what a table says", () => {
  const types = { aws_s3_bucket: { deleted: "look: A bucket for tests", arguments: {} } };
  const ours = readOwnTypes("plan-review.json", JSON.stringify({ types }));
  const review = reviewPlans([madePlan({ changes: [deleted("aws_s3_bucket.b")] })], { today: "2026-01-01", own: ours });
  expect(review).toMatchObject({ verdict: "look", because: "A bucket for tests: aws_s3_bucket.b." });
});

test.each([
  ["a verdict that there is not", { deleted: "bad: x" }, /types\.a\.deleted = "bad: x"; allowed: "safe"/],
  ["a verdict without a sentence", { deleted: "dangerous" }, /types\.a\.deleted = "dangerous"; allowed/],
  ["nothing about its deletion", {}, /types\.a lacks deleted/],
])("refuses %s", (_, type, message) => {
  expect(() => readOwnTypes("c.json", JSON.stringify({ types: { a: type } }))).toThrow(message);
});

test.each([[["a"]], [{ a: "dangerous" }], ["a"], [null]])("refuses types %j, which are not by name", (types) => {
  expect(() => readOwnTypes("c.json", JSON.stringify({ types }))).toThrow(/"types" that are not by name/);
});
