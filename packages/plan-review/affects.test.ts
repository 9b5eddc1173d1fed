import { deleted, madePlan, updated } from "./made-plan.fixture";
import { print } from "./print/print";
import { reviewPlans } from "./review";

const uses = (address: string, argument: string, target: string) => ({
  address,
  expressions: { [argument]: { references: [`${target}.id`, target] } },
});
const configuration = {
  root_module: {
    resources: [
      uses("aws_subnet.a", "vpc_id", "aws_vpc.main"),
      uses("aws_db_subnet_group.g", "subnet_ids", "aws_subnet.a"),
      uses("aws_db_instance.d", "db_subnet_group_name", "aws_db_subnet_group.g"),
      uses("aws_s3_bucket.other", "bucket", "random_id.r"),
    ],
  },
};
const reviewed = (change: ReturnType<typeof deleted>) =>
  reviewPlans([madePlan({ changes: [change], more: { configuration } })], { today: "2026-01-01" });

test("says what depends on what goes, in the order of a tree", () => {
  const review = reviewed(deleted("aws_vpc.main"));
  expect(review.changes[0]?.affects).toEqual([
    { address: "aws_subnet.a", by: "vpc_id", depth: 1 },
    { address: "aws_db_subnet_group.g", by: "subnet_ids", depth: 2 },
    { address: "aws_db_instance.d", by: "db_subnet_group_name", depth: 3 },
  ]);
  expect(print(review, "terminal")).toContain(
    "also affects: aws_subnet.a (vpc_id), aws_db_subnet_group.g (subnet_ids)",
  );
});

test("says nothing of a change that nobody feels", () => {
  expect(reviewed(updated("aws_vpc.main", { tags: { a: "1" } }, { tags: { a: "2" } })).changes[0]?.affects).toEqual([]);
});

test("ends where resources name each other", () => {
  const resources = [uses("a_b.c", "x", "a_b.d"), uses("a_b.d", "x", "a_b.c")];
  const plan = madePlan({ changes: [deleted("a_b.c")], more: { configuration: { root_module: { resources } } } });
  expect(reviewPlans([plan], { today: "2026-01-01" }).changes[0]?.affects).toHaveLength(1);
});
