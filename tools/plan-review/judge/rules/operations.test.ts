import {
  created,
  deleted,
  type MadeChange,
  madePlan,
  replaced,
  reviewOf,
  rulesOf,
  unchanged,
  updated,
} from "../../made-plan";
import type { Json } from "../../read/plan";
import { reviewPlans } from "../../review";
import { flagsAndAllows, saidOf } from "../flags-and-allows";
import { containerChanged, containerUnprotected, deploys, imageFromElsewhere, secretInVariable } from "./containers";
import { forgetsSooner } from "./forgets-sooner";
import { leftBehind } from "./left-behind";
import { lessCapacity } from "./less-capacity";
import { tellsNobody } from "./tells-nobody";
import { unjudged } from "./unjudged";
import { webAclInFront } from "./web-acl-in-front";

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
  expect(saidOf(deploys, [release])).toEqual(["deploy backend abc → def"]);
  expect(reviewOf(release)).toMatchObject({ verdict: "safe", because: "deploy backend abc → def." });
});

test.each([
  [`${repository}/backend@sha256:0123456789abcdef`, "0123456789abcdef"],
  [`${repository}/backend:def@sha256:0123456789abcdef`, "0123456789abcdef"],
  [`${repository}/backend`, "latest"],
])("an image %s is deployed as %s", (image, version) => {
  expect(saidOf(deploys, [task({ image })])).toEqual([`deploy backend abc → ${version}`]);
});

flagsAndAllows(imageFromElsewhere, {
  flags: {
    "the same name in another registry": [task({ image: "docker.io/freebuilds/backend:def" })],
    "another repository": [task({ image: "1.dkr.ecr.us-east-1.amazonaws.com/dev/backend:abc" })],
    "a name without a registry": [task({ image: "nginx:1.27" })],
    "a registry at another port": [task({ image: "localhost:5000/backend" })],
  },
  allows: { "another version": [release] },
});

test("image-from-elsewhere names both places in full", () => {
  expect(saidOf(imageFromElsewhere, [task({ image: "localhost:5000/backend:def" })])).toEqual([
    `runs localhost:5000/backend in def instead of ${repository}/backend in abc`,
  ]);
  expect(saidOf(deploys, [task({ image: "localhost:5000/backend:def" })])).toEqual([]);
});

flagsAndAllows(containerChanged, {
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

flagsAndAllows(containerUnprotected, {
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
  expect(reviewOf(task({ environment })).because).toContain("the variable DB_PASSWORD holds a secret in plain text");
});

flagsAndAllows(secretInVariable, {
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

flagsAndAllows(lessCapacity, {
  flags: {
    "fewer machines of a cluster": [
      updated("aws_eks_node_group.g", { scaling_config: [{ min_size: 3 }] }, { scaling_config: [{ min_size: 1 }] }),
    ],
    "fewer copies of a deployment": [
      updated("kubernetes_deployment_v1.d", { spec: [{ replicas: 3 }] }, { spec: [{ replicas: 1 }] }),
    ],
    "fewer tasks at least": [updated("aws_appautoscaling_target.t", { min_capacity: 2 }, { min_capacity: 1 })],
    "a smaller task": [replaced("aws_ecs_task_definition.t", { cpu: "512" }, { cpu: "256" })],
    "scaling out later": [
      updated("aws_appautoscaling_policy.p", { c: [{ target_value: 60 }] }, { c: [{ target_value: 90 }] }),
    ],
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
flagsAndAllows(forgetsSooner, {
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

flagsAndAllows(tellsNobody, {
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

flagsAndAllows(webAclInFront, {
  flags: { "a web ACL before a load balancer": [created("aws_wafv2_web_acl_association.a", {})] },
  allows: { "a web ACL that filters nothing yet": [created("aws_wafv2_web_acl.a", {})] },
});

flagsAndAllows(leftBehind, {
  flags: {
    "a removed block that keeps the resource": [{ address: "aws_budgets_budget.b", actions: ["forget"], before: {} }],
  },
  allows: { "a resource that is deleted": [deleted("aws_budgets_budget.b")] },
});

const lifecycle = "aws_s3_bucket_lifecycle_configuration.b";
const expiring = (values: Record<string, Json>) => ({ rule: [{ id: "r", status: "Enabled", ...values }] });

flagsAndAllows(unjudged, {
  flags: {
    "notifications of a bucket that is there, for a function that is new": [
      created("aws_lambda_function.f", { function_name: "f", arn: "arn:f" }),
      created("aws_s3_bucket_notification.n", {
        bucket: "uploads",
        lambda_function: [{ lambda_function_arn: "arn:f" }],
      }),
    ],
    "a method of an API that is there": [
      created("aws_api_gateway_method.m", { rest_api_id: "a1", resource_id: "x9", authorization: "NONE" }),
    ],
    "tags by which another cloud's firewalls choose": [
      updated("google_compute_instance.i", { tags: ["db"] }, { tags: ["db", "public-ssh"] }),
    ],
    "labels by which a proxy chooses": [
      updated("docker_service.s", { labels: { "traefik.enable": "false" } }, { labels: { "traefik.enable": "true" } }),
    ],
    "a task definition from before": [
      updated("aws_ecs_service.s", { task_definition: "arn:a:task-definition/web:41" }, { task_definition: "web:31" }),
    ],
    "a task definition of something else": [
      updated("aws_ecs_service.s", { task_definition: "web:41" }, { task_definition: "debug:42" }),
    ],
    "an alias that leads to what nobody released": [
      updated("aws_lambda_alias.a", { function_version: "12" }, { function_version: "$LATEST" }),
    ],
    "new access for somebody, of a type that no row names": [
      created("aws_kms_grant.g", { key_id: "k-1", grantee_principal: "arn:aws:iam::999988887777:root" }),
    ],
    "a new role of Kubernetes for a group": [
      created("kubernetes_cluster_role_binding_v1.b", { role_ref: [{ name: "view" }], subject: [{ name: "dev" }] }),
    ],
    "a new consumer of a queue that has one": [
      created("aws_lambda_event_source_mapping.m", {
        event_source_arn: "arn:aws:sqs:us-east-1:1:q",
        function_name: "f",
      }),
    ],
    "a new setting of a whole account": [created("aws_ec2_instance_metadata_defaults.d", { http_tokens: "optional" })],
    "new rules of who may set a password": [
      created("aws_iam_account_password_policy.p", { minimum_password_length: 6 }),
    ],
    "findings that are put away from now on": [
      created("aws_macie2_findings_filter.f", { action: "ARCHIVE", name: "n" }),
    ],
    "another order beside other tags": [
      updated(
        "aws_cloudfront_distribution.d",
        { ordered_cache_behavior: [{ path_pattern: "/admin/*" }, { path_pattern: "/*" }], tags: { a: "1" } },
        { ordered_cache_behavior: [{ path_pattern: "/*" }, { path_pattern: "/admin/*" }], tags: { a: "2" } },
      ),
    ],
    "a tag by which a backup chooses": [
      unchanged("aws_backup_selection.s", { selection_tag: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }] }),
      updated("aws_dynamodb_table.t", { tags: { backup: "daily" } }, { tags: {} }),
    ],
    "a tag that a policy asks for": [
      unchanged("aws_iam_policy.p", { policy: '{"Condition":{"StringEquals":{"aws:PrincipalTag/team":"web"}}}' }),
      updated("aws_iam_role.r", { tags: { team: "web" } }, { tags: { team: "pay" } }),
    ],
    "a tag by which a command chooses": [
      unchanged("aws_ssm_association.a", { targets: [{ key: "tag:patch", values: ["a"] }] }),
      updated("aws_instance.i", { tags: { patch: "a" } }, { tags: { patch: "b" } }),
    ],
    "a tag by which a cluster finds its subnets": [
      updated("aws_subnet.s", { tags: { "kubernetes.io/role/elb": "1" } }, { tags: {} }),
    ],
    "less time for a function": [updated("aws_lambda_function.f", { timeout: 30 }, { timeout: 3 })],
    "an argument that no rule knows": [updated("acme_widget.w", { speed: 1 }, { speed: 2 })],
    "an argument that only the apply will tell": [
      { ...updated("acme_widget.w", { speed: 1 }, {}), after_unknown: { speed: true } },
    ],
    "rules in another order, of which the first counts": [
      updated("acme_firewall.f", { rules: ["deny all", "allow 10"] }, { rules: ["allow 10", "deny all"] }),
    ],
    "behaviours of a distribution in another order": [
      updated(
        "aws_cloudfront_distribution.d",
        { ordered_cache_behavior: [{ path_pattern: "/admin/*" }, { path_pattern: "/*" }] },
        { ordered_cache_behavior: [{ path_pattern: "/*" }, { path_pattern: "/admin/*" }] },
      ),
    ],
    "a lifecycle's rule that is switched on": [
      updated(lifecycle, expiring({ status: "Disabled" }), expiring({ status: "Enabled" })),
    ],
    "a lifecycle's rule for all objects": [
      updated(lifecycle, expiring({ filter: [{ prefix: "tmp/" }] }), expiring({ filter: [{ prefix: "" }] })),
    ],
    "fewer old versions": [
      updated(
        lifecycle,
        expiring({ noncurrent_version_expiration: [{ noncurrent_days: 30, newer_noncurrent_versions: 10 }] }),
        expiring({ noncurrent_version_expiration: [{ noncurrent_days: 30, newer_noncurrent_versions: 1 }] }),
      ),
    ],
    "a day on which objects expire": [
      updated(lifecycle, expiring({}), expiring({ expiration: [{ date: "2026-01-01" }] })),
    ],
    "another class of storage": [
      updated(
        lifecycle,
        expiring({ transition: [{ days: 1, storage_class: "STANDARD_IA" }] }),
        expiring({ transition: [{ days: 1, storage_class: "DEEP_ARCHIVE" }] }),
      ),
    ],
    "a policy inside a bucket that goes": [
      updated("aws_s3_bucket.b", { policy: '{"Statement":[{"Effect":"Deny"}]}' }, { policy: "" }),
    ],
    "a bucket's own way of encrypting": [
      updated(
        "aws_s3_bucket.b",
        { server_side_encryption_configuration: [{ rule: [{ sse_algorithm: "aws:kms" }] }] },
        { server_side_encryption_configuration: [{ rule: [{ sse_algorithm: "AES256" }] }] },
      ),
    ],
    "what a metric counts": [updated("aws_cloudwatch_log_metric_filter.f", { pattern: "Root" }, { pattern: "Rooot" })],
    "labels by which Kubernetes chooses machines": [
      updated("aws_eks_node_group.g", { labels: { workload: "batch" } }, { labels: {} }),
    ],
    "protection that is switched off in another provider": [
      updated("acme_widget.w", { termination_protection: true }, { termination_protection: false }),
    ],
    "something unknown that is deleted": [deleted("acme_widget.w")],
    "a web ACL's rule that counts instead of blocking": [
      updated(
        "aws_wafv2_web_acl.w",
        { rule: [{ name: "r", override_action: [{ none: [{}], count: [] }] }] },
        { rule: [{ name: "r", override_action: [{ none: [], count: [{}] }] }] },
      ),
    ],
    "an alarm that keeps calm without data": [
      updated(
        "aws_cloudwatch_metric_alarm.a",
        { treat_missing_data: "breaching" },
        { treat_missing_data: "notBreaching" },
      ),
    ],
    "a scaling policy that is deleted": [deleted("aws_appautoscaling_policy.p")],
    "an action that Terraform has learnt since": [
      { address: "acme_widget.w", actions: ["transmogrify"], before: {}, after: {} },
    ],
  },
  allows: {
    "the next task definition": [
      updated("aws_ecs_service.s", { task_definition: "web:41" }, { task_definition: "arn:a:task-definition/web:42" }),
    ],
    "an alias that leads to the next version": [
      updated("aws_lambda_alias.a", { function_version: "9" }, { function_version: "10" }),
    ],
    "more machines, more logs, and what is kept for longer": [
      updated("aws_eks_node_group.g", { scaling_config: [{ max_size: 3 }] }, { scaling_config: [{ max_size: 6 }] }),
      updated(
        "aws_db_instance.d",
        { enabled_cloudwatch_logs_exports: ["audit"] },
        { enabled_cloudwatch_logs_exports: ["audit", "error"] },
      ),
      updated(
        "aws_backup_plan.b",
        { rule: [{ lifecycle: [{ delete_after: 7 }] }] },
        { rule: [{ lifecycle: [{ delete_after: 35 }] }] },
      ),
    ],
    "new access to what is new, too": [
      created("aws_kms_key.k", { key_id: "k-1", id: "k-1" }),
      created("aws_kms_grant.g", { key_id: "k-1", grantee_principal: "arn:aws:iam::111111111111:role/app" }),
    ],
    "new access to what has no name yet": [
      { ...created("aws_kms_grant.g", { operations: ["Decrypt"] }), after_unknown: { key_id: true } },
    ],
    "a new resource, of which no word says that it is put on another": [created("acme_widget.w", { speed: 1 })],
    "a new target that takes its share": [
      created("aws_lb_target_group_attachment.a", { target_group_arn: "arn:t", target_id: "i-1" }),
    ],
    "a tag by which nothing chooses": [
      unchanged("aws_backup_selection.s", { selection_tag: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }] }),
      updated("aws_dynamodb_table.t", { tags: { team: "a" } }, { tags: { team: "b" } }),
    ],
    "a release of a function, and more time for it": [
      updated(
        "aws_lambda_function.f",
        { source_code_hash: "a", timeout: 3, memory_size: 128 },
        { source_code_hash: "b", timeout: 30, memory_size: 256 },
      ),
    ],
    "labels that only name": [updated("google_storage_bucket.b", { labels: { a: "1" } }, { labels: { a: "2" } })],
    "protection that is switched on": [
      updated(
        "aws_dynamodb_table.t",
        { point_in_time_recovery: [{ enabled: false }], deletion_protection_enabled: false },
        { point_in_time_recovery: [{ enabled: true }], deletion_protection_enabled: true },
      ),
      updated("aws_kms_key.k", { enable_key_rotation: false }, { enable_key_rotation: true }),
    ],
    "backups that are kept for longer, and more room": [
      updated(
        "aws_db_instance.d",
        { backup_retention_period: 7, allocated_storage: 100, max_allocated_storage: 200 },
        { backup_retention_period: 35, allocated_storage: 200, max_allocated_storage: 400 },
      ),
    ],
    "more machines at most": [updated("aws_autoscaling_group.g", { max_size: 4 }, { max_size: 8 })],
    tags: [updated("acme_widget.w", { tags: { a: "1" } }, { tags: { a: "2" } })],
    "objects that are kept for longer": [
      updated(lifecycle, expiring({ expiration: [{ days: 7 }] }), expiring({ expiration: [{ days: 30 }] })),
    ],
    "JSON that is written in another order": [
      updated(
        "aws_iam_policy.p",
        { policy: '{"Statement":[{"Sid":"A","Action":["a:b","a:c"]}]}' },
        { policy: '{ "Statement": [{ "Action": ["a:c", "a:b"], "Sid": "A" }] }' },
      ),
    ],
    "nothing that becomes an empty text": [updated("acme_widget.w", { note: null }, { note: "" })],
    "what the provider computes": [
      { ...updated("acme_widget.w", { id: "1" }, {}), after_unknown: { tags_all: true, etag: true } },
    ],
    "a threshold of an alarm": [updated("aws_cloudwatch_metric_alarm.a", { threshold: 1 }, { threshold: 2 })],
    "a picture": [updated("aws_cloudwatch_dashboard.d", { dashboard_body: "{}" }, { dashboard_body: '{"a":1}' })],
    "something new": [created("acme_widget.w", { speed: 1 })],
  },
});

test("unjudged flags blocks that only the apply will tell, of which the configuration says nothing", () => {
  const configuration = {
    root_module: { resources: [{ address: "aws_security_group.g", expressions: { name: { constant_value: "g" } } }] },
  };
  const change = {
    ...updated("aws_security_group.g", { id: "sg-1", ingress: [] }, {}),
    ...{ after: { id: "sg-1" }, after_unknown: { ingress: true } },
  };
  const review = reviewPlans([madePlan({ changes: [change], more: { configuration } })], { today: "2026-01-01" });
  expect(review).toMatchObject({
    verdict: "look",
    because: expect.stringContaining("ingress will be known after the apply"),
  });
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
