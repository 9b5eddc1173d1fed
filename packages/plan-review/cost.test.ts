import { created, deleted, type MadeChange, madePlan, reviewOf, unchanged, updated } from "./made-plan.fixture";
import { print } from "./print/print";
import { type Review, reviewPlans } from "./review";

/** The line of the review that says what a month costs; undefined where it has none. */
function costLine(review: Review): string | undefined {
  return /Cost: (.*)/.exec(print(review, "terminal"))?.[1];
}

const gateway = created("aws_nat_gateway.n", {});

test("tells what a month costs before and after", () => {
  const review = reviewPlans([madePlan({ changes: [created("aws_nat_gateway.n", {})] })], { today: "2026-01-01" });
  expect(print(review, "terminal")).toContain("Cost: $0.00 → $33 a month (+$33); at maximum scaling $0.00 → $33\n");
});

test("tells what costs whole, also with blanks in a stack's name or a key", () => {
  const plan = madePlan({ changes: [created('aws_nat_gateway.n["zone a"]', {})] }, "my stack.json");
  expect(reviewPlans([plan], { today: "2026-01-01" }).cost.drivers).toMatchObject([
    { stack: "my stack", address: 'aws_nat_gateway.n["zone a"]' },
  ]);
});

test("tells of more tasks what they cost at their limit", () => {
  const service = {
    name: "s",
    task_definition: "arn:t",
    capacity_provider_strategy: [{ capacity_provider: "FARGATE", weight: 1 }],
  };
  const fixed = [
    { address: "aws_ecs_service.s", actions: ["no-op"], before: service, after: service },
    {
      address: "aws_ecs_task_definition.t",
      actions: ["no-op"],
      before: { arn: "arn:t", cpu: "1024", memory: "2048" },
      after: { arn: "arn:t", cpu: "1024", memory: "2048" },
    },
  ];
  const target = { resource_id: "service/c/s", min_capacity: 1, max_capacity: 2 };
  const { cost } = reviewOf(...fixed, updated("aws_appautoscaling_target.t", target, { max_capacity: 4 }));
  expect(cost.after.maximum / cost.before.maximum).toBeCloseTo(2);
  expect(cost.after.typical).toBe(cost.before.typical);
});

test("says how many resources have no price here, and of which types", () => {
  const review = reviewOf(
    gateway,
    created("aws_instance.a", { instance_type: "m5.24xlarge" }),
    created("aws_db_instance.a", { instance_class: "db.r6g.16xlarge" }),
    created("aws_db_instance.b", { instance_class: "db.r6g.16xlarge" }),
  );
  expect(costLine(review)).toBe(
    "$0.00 → $33 a month (+$33); at maximum scaling $0.00 → $33 for 1 resource with a price; 3 more have no price here: 2 aws_db_instance, 1 aws_instance",
  );
  expect(review.cost.unpriced).toEqual([
    { type: "aws_db_instance", count: 2 },
    { type: "aws_instance", count: 1 },
  ]);
});

test("counts what stays and what goes, too, once each", () => {
  const { cost } = reviewOf(
    unchanged("aws_instance.stays", {}),
    deleted("aws_instance.goes"),
    updated("aws_instance.changes", { a: 1 }, { a: 2 }),
  );
  expect(cost.unpriced).toEqual([{ type: "aws_instance", count: 3 }]);
});

test("claims no sum where nothing has a price", () => {
  expect(costLine(reviewOf(created("aws_eks_cluster.c", {})))).toBeUndefined();
});

test("names the five most frequent types, and counts the others", () => {
  const types = ["a", "b", "c", "d", "e", "f", "g"].map((name) => created(`acme_${name}.x`, {}));
  expect(costLine(reviewOf(gateway, ...types, created("acme_g.y", {})))).toContain(
    "8 more have no price here: 2 acme_g, 1 acme_a, 1 acme_b, 1 acme_c, 1 acme_d, 2 others",
  );
});

test("has no line of costs where there is nothing to pay for", () => {
  expect(costLine(reviewOf())).toBeUndefined();
  expect(costLine(reviewOf(created("aws_iam_role.r", {}), created("random_id.r", {})))).toBeUndefined();
});

const onSpot = { capacity_provider: "FARGATE_SPOT", weight: 1 };
const service = { name: "s", task_definition: "arn:t", desired_count: 1 };
const task = unchanged("aws_ecs_task_definition.t", { arn: "arn:t", cpu: "1024", memory: "2048" });

test.each<[string, ...MadeChange[]]>([
  ["a bucket, which is paid by use", created("aws_s3_bucket.b", {})],
  ["a table on demand", created("aws_dynamodb_table.t", { billing_mode: "PAY_PER_REQUEST" })],
  ["a parameter of the standard tier", created("aws_ssm_parameter.p", { tier: "Standard" })],
  ["an endpoint of a gateway", created("aws_vpc_endpoint.e", { vpc_endpoint_type: "Gateway" })],
  ["a rule of a security group", created("aws_security_group_rule.r", {})],
  ["a service on Fargate", created("aws_ecs_service.s", service), task],
  [
    "a service that is there, whose launch type the state has as an empty text",
    unchanged("aws_ecs_service.s", { ...service, launch_type: "", capacity_provider_strategy: [onSpot] }),
    task,
  ],
])("%s is not without a price", (_, ...changes) => expect(reviewOf(...changes).cost.unpriced).toEqual([]));

test.each<[string, ...MadeChange[]]>([
  ["a table with capacity of its own", created("aws_dynamodb_table.t", { billing_mode: "PROVISIONED" })],
  ["a parameter of the advanced tier", created("aws_ssm_parameter.p", { tier: "Advanced" })],
  ["a network load balancer", created("aws_lb.l", { load_balancer_type: "network" })],
  ["an endpoint of a load balancer", created("aws_vpc_endpoint.e", { vpc_endpoint_type: "GatewayLoadBalancer" })],
  ["a service on machines", created("aws_ecs_service.s", { ...service, launch_type: "EC2" }), task],
  [
    "a service on a capacity provider of machines",
    created("aws_ecs_service.s", { ...service, capacity_provider_strategy: [{ capacity_provider: "gpu", weight: 1 }] }),
    task,
  ],
  ["a service whose task is in no plan", created("aws_ecs_service.s", service)],
  ["a type of another provider", created("google_compute_instance.i", {})],
])("the price of %s is not guessed", (_, ...changes) => {
  const review = reviewOf(...changes);
  expect(review.cost.unpriced).toMatchObject([{ count: 1 }]);
  expect(review.cost.after.maximum).toBe(0);
});
