import { type Kind, kinds } from "../effects/effect";
import { created, deleted, madePlan, replaced, unchanged, updated } from "../made-plan.fixture";
import type { Json } from "../read/plan";
import { reviewPlans } from "../review";
import { flagsAndAllows, saidOf } from "./flags-and-allows.fixture";

/** Whatever is said of it, apart from a release. */
const all = (Object.keys(kinds) as Kind[]).filter((kind) => kind !== "deploys");

const lifecycle = "aws_s3_bucket_lifecycle_configuration.b";
const expiring = (values: Record<string, Json>) => ({ rule: [{ id: "r", status: "Enabled", ...values }] });

const containers = (image: string) => ({ container_definitions: JSON.stringify([{ name: "app", image }]) });
const release = replaced("aws_ecs_task_definition.t", containers("r/backend:abc"), containers("r/backend:def"));
const tags = { backend: "abc", gateway: "1" };
/** As Terraform plans it: `value` repeats `insecure_value`, and is known after the apply. */
const record = (
  after: Record<string, string>,
  more: Record<string, Json> = {},
  unknown: Record<string, boolean> = {},
) => ({
  ...updated(
    "aws_ssm_parameter.p",
    { insecure_value: JSON.stringify(tags) },
    { insecure_value: JSON.stringify(after), ...more },
  ),
  after_unknown: { value: true, ...unknown },
});

flagsAndAllows(all, {
  flags: {
    "a parameter with another version than the one that is deployed": [release, record({ ...tags, backend: "ghi" })],
    "a parameter with the version of an image that is not deployed": [record({ ...tags, backend: "def" })],
    "a parameter with something else beside the version": [release, record({ backend: "def", gateway: "2" })],
    "another type of a parameter beside its value": [
      release,
      record({ ...tags, backend: "def" }, { type: "SecureString" }),
    ],
    "another key of a parameter beside its value": [release, record({ ...tags, backend: "def" }, {}, { key_id: true })],
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
    "something new of a type that no row knows": [created("acme_widget.w", { speed: 1 })],
    "a type that no row knows, beside something new": [
      created("aws_sqs_queue.q", { name: "q" }),
      created("acme_widget.w", { queue: "q" }),
    ],
    "something unknown that is deleted": [deleted("acme_widget.w")],
    "something unknown that is replaced": [replaced("acme_widget.w", { speed: 1 }, { speed: 2 })],
    "a random value that others may have kept": [replaced("random_uuid.u", { result: "a" }, { result: "b" })],
    "a tag by which AWS's own tools choose": [
      updated("aws_ebs_volume.v", { tags: { "Patch Group": "a", Backup: "daily" } }, { tags: {} }),
    ],
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
    "a parameter that repeats the version that is deployed": [release, record({ ...tags, backend: "def" })],
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
    "labels that only name, with their two copies of the provider's": [
      updated(
        "google_storage_bucket.b",
        { labels: { a: "1" }, effective_labels: { a: "1" }, terraform_labels: { a: "1" } },
        { labels: { a: "2" }, effective_labels: { a: "2" }, terraform_labels: { a: "2" } },
      ),
    ],
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
    "something new that stands alone": [created("aws_sqs_queue.q", { name: "q" })],
    "a new record of a zone that is there": [
      created("aws_route53_record.r", { zone_id: "Z1", name: "a.example", type: "A" }),
    ],
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
    because: expect.stringContaining("ingress will be known only after the apply"),
  });
});

test.each([
  [
    "create",
    created("acme_widget.w", {}),
    "No table has acme_widget: a new one may change access, routing or settings of what exists",
  ],
  [
    "update",
    updated("acme_widget.w", { speed: 1, a: 1 }, { speed: 2, a: 2 }),
    "No table has acme_widget: check speed: 1 → 2, and 1 more",
  ],
  ["delete", deleted("acme_widget.w"), "Deletes this acme_widget, of which no table says what it holds"],
  [
    "replace",
    replaced("acme_widget.w", { a: 1 }, { a: 2 }, { paths: [["a"]] }),
    "Deletes this acme_widget for a new a, and no table says what it holds",
  ],
])("a %s that no rule knows is said to be unknown, and what it is", (_, change, detail) => {
  expect(saidOf([change])).toEqual([detail]);
});
