import { created, deleted, type MadeChange, madePlan, replaced, updated } from "../made-plan.fixture";
import { type Review, reviewPlans } from "../review";

/** The review of a change for which a rule is allowed. */
function allowing(rule: string, ...changes: MadeChange[]): Review {
  const allowances = [{ rule, address: "*", reason: "for the night", expires: "2026-12-31" }];
  return reviewPlans([madePlan({ changes })], { today: "2026-06-01", allowances });
}

const service = "aws_ecs_service.s";
const fewer = updated(service, { desired_count: 4 }, { desired_count: 2 });

test("what an allowed rule speaks about is safe", () => {
  expect(allowing("less-capacity", fewer)).toMatchObject({ verdict: "safe", allowed: [{ rule: "less-capacity" }] });
  expect(allowing("loses-data", deleted("aws_s3_bucket.b"))).toMatchObject({ verdict: "safe" });
  expect(allowing("loses-data", replaced("aws_s3_bucket.b", { bucket: "a" }, { bucket: "b" })).verdict).toBe("safe");
});

test("an allowance hides no other argument of the same change", () => {
  const more = { desired_count: 4, platform_version: "1.4.0" };
  const review = allowing("less-capacity", updated(service, more, { desired_count: 2, platform_version: "1.3.0" }));
  expect(review).toMatchObject({
    verdict: "look",
    because: expect.stringContaining("platform_version: 1.4.0 → 1.3.0"),
    allowed: [{ rule: "less-capacity" }],
  });
  expect(review.changes).toMatchObject([{ findings: [{ rule: "unjudged" }], differences: [{}, {}] }]);
});

test("an allowance hides no argument that only the apply will tell", () => {
  const change = { ...updated(service, { desired_count: 4 }, { desired_count: 2 }), after_unknown: { speed: true } };
  expect(allowing("less-capacity", change)).toMatchObject({
    verdict: "look",
    because: expect.stringContaining("speed will be known after the apply"),
  });
});

test("an allowed policy hides nothing but what is about policies", () => {
  const policy = (Action: string) => JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
  const before = { policy: policy("s3:GetObject"), speed: 1 };
  expect(allowing("policy-opens", updated("aws_iam_policy.p", before, { policy: policy("s3:*") })).verdict).toBe(
    "safe",
  );
  expect(
    allowing("policy-opens", updated("aws_iam_policy.p", before, { policy: policy("s3:*"), speed: 2 })),
  ).toMatchObject({ verdict: "look", because: expect.stringContaining("speed: 1 → 2") });
});

test("an allowed opening hides nothing but who reaches what", () => {
  const ingress = [{ cidr_blocks: ["0.0.0.0/0"], from_port: 22, to_port: 22, protocol: "tcp" }];
  const before = { id: "sg-1", name: "g", ingress: [], speed: 1 };
  expect(allowing("exposed", updated("aws_security_group.g", before, { ingress })).verdict).toBe("safe");
  expect(allowing("exposed", updated("aws_security_group.g", before, { ingress, speed: 2 })).verdict).toBe("look");
});

test("an allowed difference hides no replacement", () => {
  const days = (noncurrent_days: number) => ({
    rule: [{ id: "r", noncurrent_version_expiration: [{ noncurrent_days }] }],
  });
  const change = replaced("aws_s3_bucket_lifecycle_configuration.l", days(30), days(7));
  expect(allowing("forgets-sooner", change)).toMatchObject({
    verdict: "look",
    because: expect.stringContaining("it is deleted and created again"),
  });
});

test("an allowance for what else is new changes nothing", () => {
  expect(allowing("less-capacity", created("aws_sqs_queue.q", {}), fewer).verdict).toBe("safe");
});
