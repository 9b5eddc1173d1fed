import {
  created,
  deleted,
  type MadeChange,
  madePlan,
  replaced,
  reviewOf,
  rulesOf,
  updated,
} from "../made-plan.fixture";
import type { Json } from "../read/plan";
import { reviewPlans } from "../review";
import { flagsAndAllows, saidOf } from "./flags-and-allows.fixture";

const repository = "1.dkr.ecr.us-east-1.amazonaws.com/staging";
const app = {
  name: "app",
  image: `${repository}/backend:abc`,
  user: "1000:1000",
  readonlyRootFilesystem: true,
  environment: [{ name: "URL", value: "http://a" }],
};
const task = (after: object): MadeChange =>
  replaced(
    "aws_ecs_task_definition.t",
    { container_definitions: JSON.stringify([app]) },
    { container_definitions: JSON.stringify([{ ...app, ...after }]) },
  );
const newTask = (container: object, volume: Json = []) =>
  created("aws_ecs_task_definition.n", {
    container_definitions: JSON.stringify([{ name: "a", ...container }]),
    volume,
  });
const release = task({ image: `${repository}/backend:def` });

test("an image alone is one line", () => {
  expect(saidOf([release])).toEqual(["deploy backend abc → def"]);
  expect(reviewOf(release)).toMatchObject({ verdict: "safe", because: "deploy backend abc → def." });
});

test.each([
  [`${repository}/backend@sha256:0123456789abcdef`, "0123456789abcdef"],
  [`${repository}/backend:def@sha256:0123456789abcdef`, "0123456789abcdef"],
])("an image %s is deployed as %s", (image, version) => {
  expect(saidOf([task({ image })])).toEqual([`deploy backend abc → ${version}`]);
});

flagsAndAllows("gives-access", {
  flags: {
    "the same name in another registry": [task({ image: "docker.io/freebuilds/backend:def" })],
    "another repository": [task({ image: "1.dkr.ecr.us-east-1.amazonaws.com/dev/backend:abc" })],
    "a name without a registry": [task({ image: "nginx:1.27" })],
    "a registry at another port": [task({ image: "localhost:5000/backend" })],
  },
  allows: { "another version": [release] },
});

test("an image from elsewhere: the sentence names both places in full", () => {
  expect(saidOf([task({ image: "localhost:5000/backend:def" })])).toEqual([
    `Runs an image from elsewhere: localhost:5000/backend:def instead of ${repository}/backend:abc`,
  ]);
});

flagsAndAllows("changes", {
  flags: {
    "a variable that changes": [task({ environment: [{ name: "URL", value: "http://b" }] })],
    "an added variable by which certificates are no longer checked": [
      task({ environment: [...app.environment, { name: "NODE_TLS_REJECT_UNAUTHORIZED", value: "0" }] }),
    ],
    "an added variable by which requests go another way": [
      task({ environment: [...app.environment, { name: "https_proxy", value: "http://p" }] }),
    ],
    "a variable that goes": [task({ environment: [] })],
    "an image that is whatever was pushed last": [task({ image: `${repository}/backend:latest` })],
    "another command": [task({ command: ["sh"] })],
    "containers that only the apply will tell": [
      { ...release, after: {}, after_unknown: { container_definitions: true } },
    ],
  },
  allows: {
    "a variable that is added": [task({ environment: [...app.environment, { name: "LOG_LEVEL", value: "info" }] })],
    "an image": [release],
  },
});

flagsAndAllows("weakens", {
  flags: {
    "a root user": [task({ user: "0:0" })],
    "a writable root": [task({ readonlyRootFilesystem: false })],
    "a privileged container": [task({ privileged: true })],
    "a privileged container of a new task": [newTask({ privileged: true })],
    "Docker of the machine in a new task": [newTask({}, [{ name: "s", host_path: "/var/run/docker.sock" }])],
  },
  allows: {
    "an image": [release],
    "a new task that may do what tasks usually may": [newTask({ user: "0", readonlyRootFilesystem: false })],
    "a new task with a folder of the machine": [newTask({}, [{ name: "s", host_path: "/srv/data" }])],
  },
});

test("of what is equally bad, the verdict names what is about security", () => {
  const environment = [
    { name: "URL", value: "http://b" },
    { name: "DB_PASSWORD", value: "x" },
  ];
  expect(reviewOf(task({ environment })).because).toContain("Holds a secret in plain text: the variable DB_PASSWORD");
});

flagsAndAllows("weakens", {
  flags: {
    "a password in a variable": [task({ environment: [...app.environment, { name: "DB_PASSWORD", value: "x" }] })],
  },
  allows: {
    "a password that Secrets Manager has": [task({ secrets: [{ name: "DB_PASSWORD", valueFrom: "arn" }] })],
    "a variable with an innocent name": [
      task({ environment: [...app.environment, { name: "TOKEN_LIFETIME_SECONDS", value: "60" }] }),
    ],
  },
});

const tracking = (target_value: number) => ({ target_tracking_scaling_policy_configuration: [{ target_value }] });

flagsAndAllows("less-capacity", {
  flags: {
    "fewer machines of a cluster": [
      updated("aws_eks_node_group.g", { scaling_config: [{ min_size: 3 }] }, { scaling_config: [{ min_size: 1 }] }),
    ],
    "fewer copies of a deployment": [
      updated("kubernetes_deployment_v1.d", { spec: [{ replicas: 3 }] }, { spec: [{ replicas: 1 }] }),
    ],
    "fewer tasks at least": [updated("aws_appautoscaling_target.t", { min_capacity: 2 }, { min_capacity: 1 })],
    "a smaller task": [replaced("aws_ecs_task_definition.t", { cpu: "512" }, { cpu: "256" })],
    "scaling out later": [updated("aws_appautoscaling_policy.p", tracking(60), tracking(90))],
  },
  allows: {
    "more tasks": [updated("aws_appautoscaling_target.t", { max_capacity: 2 }, { max_capacity: 4 })],
    "a larger task": [replaced("aws_ecs_task_definition.t", { cpu: "512" }, { cpu: "1024" })],
  },
});

const imageRules = (...selections: object[]) => ({
  policy: JSON.stringify({ rules: selections.map((selection, index) => ({ rulePriority: index + 1, selection })) }),
});
const images = (count: number) => imageRules({ countNumber: count });
flagsAndAllows("deletes-sooner", {
  flags: {
    "backups that are kept for less long": [
      updated(
        "aws_backup_plan.b",
        { rule: [{ lifecycle: [{ delete_after: 35 }] }] },
        { rule: [{ lifecycle: [{ delete_after: 7 }] }] },
      ),
    ],
    "a stream that is kept for less long": [
      updated("aws_kinesis_stream.s", { retention_period: 168 }, { retention_period: 24 }),
    ],
    "logs kept for less long": [
      updated("aws_cloudwatch_log_group.l", { retention_in_days: 30 }, { retention_in_days: 7 }),
    ],
    "logs that were kept for ever": [
      updated("aws_cloudwatch_log_group.l", { retention_in_days: 0 }, { retention_in_days: 365 }),
    ],
    "old versions kept for less long": [
      updated(
        "aws_s3_bucket_lifecycle_configuration.b",
        { rule: [{ id: "a", noncurrent_version_expiration: [{ noncurrent_days: 90 }] }] },
        { rule: [{ id: "a", noncurrent_version_expiration: [{ noncurrent_days: 7 }] }] },
      ),
    ],
    "fewer images to roll back to": [replaced("aws_ecr_lifecycle_policy.p", images(20), images(2))],
    "images with a tag, too": [
      updated(
        "aws_ecr_lifecycle_policy.p",
        imageRules({ tagStatus: "untagged", countNumber: 5 }),
        imageRules({ tagStatus: "any", countNumber: 5 }),
      ),
    ],
    "days instead of a number of images": [
      updated(
        "aws_ecr_lifecycle_policy.p",
        imageRules({ countType: "imageCountMoreThan", countNumber: 5 }),
        imageRules({ countType: "sinceImagePushed", countNumber: 7 }),
      ),
    ],
    "rules of images that apply in another order": [
      updated(
        "aws_ecr_lifecycle_policy.p",
        imageRules({ tagStatus: "untagged", countNumber: 1 }, { tagStatus: "any", countNumber: 1 }),
        imageRules({ tagStatus: "any", countNumber: 1 }, { tagStatus: "untagged", countNumber: 1 }),
      ),
    ],
  },
  allows: {
    "backups that are kept at all": [
      updated("aws_db_instance.d", { backup_retention_period: 0 }, { backup_retention_period: 7 }),
    ],
    "logs kept for longer": [
      updated("aws_cloudwatch_log_group.l", { retention_in_days: 7 }, { retention_in_days: 30 }),
    ],
    "logs kept for ever": [updated("aws_cloudwatch_log_group.l", { retention_in_days: 7 }, { retention_in_days: 0 })],
    "unfinished uploads removed sooner": [
      updated(
        "aws_s3_bucket_lifecycle_configuration.b",
        { rule: [{ id: "a", abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] }] },
        { rule: [{ id: "a", abort_incomplete_multipart_upload: [{ days_after_initiation: 3 }] }] },
      ),
    ],
    "a rule of images that is described better": [
      updated(
        "aws_ecr_lifecycle_policy.p",
        { policy: '{"rules":[{"rulePriority":1,"description":"a","selection":{"countNumber":5}}]}' },
        { policy: '{"rules":[{"rulePriority":7,"description":"b","selection":{"countNumber":5}}]}' },
      ),
    ],
    "more images": [replaced("aws_ecr_lifecycle_policy.p", images(20), images(40))],
  },
});

const threshold = (comparison_operator: string, before: number, after: number) =>
  updated("aws_cloudwatch_metric_alarm.a", { comparison_operator, threshold: before }, { threshold: after });

flagsAndAllows("alerts-less", {
  flags: {
    "an alarm that is deleted": [deleted("aws_cloudwatch_metric_alarm.a")],
    "a budget that mails nobody": [
      updated("aws_budgets_budget.b", { notification: [{ threshold: 80 }] }, { notification: [] }),
    ],
    "an alarm without actions": [
      updated("aws_cloudwatch_metric_alarm.a", { alarm_actions: ["topic"] }, { alarm_actions: [] }),
    ],
    "an alarm that rings later": [threshold("GreaterThanThreshold", 5, 100000)],
    "an alarm that rings later, the lower the value": [threshold("LessThanOrEqualToThreshold", 5, 1)],
    "another address, which has not confirmed": [
      replaced("aws_sns_topic_subscription.s", { endpoint: "a" }, { endpoint: "b" }),
    ],
  },
  allows: {
    "an alarm that rings earlier": [threshold("GreaterThanThreshold", 5, 1), threshold("LessThanThreshold", 1, 5)],
    "an alarm of which nobody knows when it rings": [
      updated("aws_cloudwatch_metric_alarm.a", { threshold: 1 }, { threshold: 2 }),
    ],
  },
});

flagsAndAllows("changes", {
  flags: { "a web ACL before a load balancer": [created("aws_wafv2_web_acl_association.a", {})] },
  allows: { "a web ACL that filters nothing yet": [created("aws_wafv2_web_acl.a", {})] },
});

flagsAndAllows("left-behind", {
  flags: {
    "a removed block that keeps the resource": [{ address: "aws_budgets_budget.b", actions: ["forget"], before: {} }],
  },
  allows: { "a resource that is deleted": [deleted("aws_budgets_budget.b")] },
});

test("plan-incomplete flags an errored plan, a failed check and what is deferred", () => {
  const plan = (more: Record<string, unknown>) => rulesOf(reviewPlans([madePlan({ more })], { today: "2026-01-01" }));
  expect(plan({ errored: true })).toEqual(["plan-incomplete"]);
  expect(plan({ complete: false })).toEqual(["plan-incomplete"]);
  expect(plan({ checks: [{ address: { to_display: "check.health" }, status: "fail" }] })).toEqual(["plan-incomplete"]);
});

test("plan-incomplete allows a whole plan whose checks pass", () => {
  expect(
    rulesOf(
      reviewPlans([madePlan({ more: { checks: [{ address: { to_display: "check.health" }, status: "pass" }] } })], {
        today: "2026-01-01",
      }),
    ),
  ).toEqual([]);
});
