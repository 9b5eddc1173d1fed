import { created, deleted, replaced, reviewOf, unchanged, updated } from "../made-plan.fixture";
import type { Json } from "../read/plan";
import { flagsAndAllows, saidOf } from "./flags-and-allows.fixture";

flagsAndAllows(["loses-data", "destroys-unknown", "interrupts"], {
  verdict: "dangerous",
  flags: {
    "a bucket that is renamed, as its objects go with it": [
      replaced("aws_s3_bucket.b", { bucket: "a" }, { bucket: "b" }),
    ],
    "a log group that is deleted": [deleted("aws_cloudwatch_log_group.l")],
    "a key, even with its successor made first": [replaced("aws_kms_key.k", {}, {}, { first: true })],
    "a database of a provider never seen": [deleted("acme_sql_database.d")],
    "a ledger": [deleted("aws_qldb_ledger.l")],
    "a group of Azure's with all that is in it": [deleted("azurerm_resource_group.g")],
    "a workspace of logs": [deleted("azurerm_log_analytics_workspace.w")],
    "a hub of events": [deleted("azurerm_eventhub.h")],
    "a machine with its disk": [deleted("digitalocean_droplet.d")],
    "a schema of a warehouse": [deleted("snowflake_schema.s")],
    "a database whose name ends so": [deleted("azurerm_cosmosdb_account.a")],
    "a disk of Google's": [replaced("google_compute_disk.d", { size: 10 }, { size: 5 })],
  },
  allows: {
    "a bucket that is new": [created("aws_s3_bucket.b", {})],
    "a bucket that changes in place": [updated("aws_s3_bucket.b", { force_destroy: false }, { force_destroy: true })],
    "settings of a bucket, which hold no objects": [deleted("aws_s3_bucket_lifecycle_configuration.b")],
    "a secret's new value, as the old one stays": [
      replaced("aws_secretsmanager_secret_version.v", { secret_string: "a" }, { secret_string: "b" }),
    ],
    "a policy of a queue": [replaced("aws_sqs_queue_policy.q", {}, {})],
  },
});

flagsAndAllows(["interrupts", "cuts-off", "loses-data", "changes"], {
  flags: {
    "a service that is replaced for its capacity providers": [
      replaced("aws_ecs_service.s", {}, {}, { paths: [["capacity_provider_strategy"]] }),
    ],
    "a target group whose port changes without create_before_destroy": [
      replaced("aws_lb_target_group.t", { port: 80 }, { port: 81 }, { paths: [["port"]] }),
    ],
    "a cluster that is renamed": [replaced("aws_ecs_cluster.c", { name: "a" }, { name: "b" })],
    "a subnet that moves": [replaced("aws_subnet.s", { cidr_block: "10.0.0.0/24" }, { cidr_block: "10.0.1.0/24" })],
    "a zone, even with its successor made first, as its name servers are others": [
      replaced("aws_route53_zone.z", { name: "a" }, { name: "b" }, { first: true }),
    ],
    "an address, as others admit it by its number": [replaced("aws_eip.e", {}, {}, { first: true })],
    "an API, as clients know its address": [replaced("aws_api_gateway_rest_api.a", {}, {}, { first: true })],
    "a launch template, from which nothing starts any more": [deleted("aws_launch_template.t")],
    "the way to a file system": [deleted("aws_efs_mount_target.t")],
    "an address that is taken from a machine": [deleted("aws_eip_association.a")],
    "a disk that is taken from a machine": [deleted("aws_volume_attachment.a")],
    "a machine that is taken from a load balancer": [deleted("aws_lb_target_group_attachment.a")],
    "daemons of Kubernetes": [deleted("kubernetes_daemonset.d")],
    "a virtual machine of Azure's": [deleted("azurerm_linux_virtual_machine.m")],
  },
  allows: {
    "a target group whose successor is made first": [replaced("aws_lb_target_group.t", {}, {}, { first: true })],
    "a task definition, whose old revision stays": [replaced("aws_ecs_task_definition.t", {}, {})],
    "a new listener": [created("aws_lb_listener.l", {})],
  },
});

test("says what is lost of something that others know by its name, though the new one is made first", () => {
  const zone = replaced("aws_route53_zone.z", { name: "a" }, { name: "b" }, { first: true });
  expect(saidOf([zone])).toEqual(["Replaces this zone: who uses its name servers finds nothing there any more"]);
});

flagsAndAllows("drains", {
  flags: {
    "a target group whose successor is made first": [replaced("aws_lb_target_group.t", {}, {}, { first: true })],
  },
  allows: {
    "an address that is another one, which is another rule's": [replaced("aws_eip.e", {}, {}, { first: true })],
    "an alarm whose successor is made first": [replaced("aws_cloudwatch_metric_alarm.a", {}, {}, { first: true })],
  },
});

flagsAndAllows("destroys-everything", {
  flags: { "a plan that deletes all": [deleted("a_b.c"), deleted("a_b.d")] },
  allows: {
    "a plan that leaves something": [deleted("a_b.c"), unchanged("a_b.d", {})],
    "a plan without resources": [],
  },
});

const toContainer = (container_name: string, target_group_arn: string) => ({ container_name, target_group_arn });

flagsAndAllows(["cuts-off", "interrupts"], {
  flags: {
    "a listener that moves to another port": [updated("aws_lb_listener.l", { port: 80 }, { port: 81 })],
    "DNS that is switched off in a VPC": [
      updated("aws_vpc.v", { enable_dns_support: true }, { enable_dns_support: false }),
    ],
    "a deploy that may stop every task": [
      updated(
        "aws_ecs_service.s",
        { deployment_minimum_healthy_percent: 100 },
        { deployment_minimum_healthy_percent: 0 },
      ),
    ],
    "a service without tasks": [updated("aws_ecs_service.s", { desired_count: 2 }, { desired_count: 0 })],
    "a scaling target that lets nothing run": [
      updated(
        "aws_appautoscaling_target.t",
        { min_capacity: 2, max_capacity: 10 },
        { min_capacity: 0, max_capacity: 0 },
      ),
    ],
    "machines of which none is left": [
      updated("aws_autoscaling_group.g", { min_size: 2, desired_capacity: 3 }, { min_size: 0, desired_capacity: 0 }),
    ],
    "a distribution that is disabled": [
      updated("aws_cloudfront_distribution.d", { enabled: true }, { enabled: false }),
    ],
    "a service that leaves its load balancer": [
      updated("aws_ecs_service.s", { load_balancer: [toContainer("app", "a")] }, { load_balancer: [] }),
    ],
    "a load balancer that leaves a subnet": [
      updated("aws_lb.l", { subnets: ["a", "b", "c"] }, { subnets: ["a", "b"] }),
    ],
  },
  allows: {
    "DNS that is switched on": [updated("aws_vpc.v", { enable_dns_support: false }, { enable_dns_support: true })],
    "a deploy that keeps half": [
      updated(
        "aws_ecs_service.s",
        { deployment_minimum_healthy_percent: 100 },
        { deployment_minimum_healthy_percent: 50 },
      ),
    ],
    "a scaling target that may go down to nothing": [
      updated("aws_appautoscaling_target.t", { min_capacity: 2, max_capacity: 10 }, { min_capacity: 0 }),
    ],
    "fewer machines": [updated("aws_autoscaling_group.g", { desired_capacity: 3 }, { desired_capacity: 1 })],
    "a distribution that is enabled": [updated("aws_cloudfront_distribution.d", { enabled: false }, { enabled: true })],
    "a service behind another target group": [
      updated(
        "aws_ecs_service.s",
        { load_balancer: [toContainer("app", "a")] },
        { load_balancer: [toContainer("web", "b")] },
      ),
    ],
    "a load balancer that enters a subnet": [
      updated("aws_lb.l", { subnets: ["a", "b"] }, { subnets: ["a", "b", "c"] }),
    ],
  },
});

const database = (after: Record<string, Json>) =>
  updated(
    "aws_db_instance.d",
    {
      engine_version: "13.14",
      instance_class: "a",
      allocated_storage: 100,
      apply_immediately: after.apply_immediately ?? false,
    },
    after,
  );
const archivedAfter = (before: number, after: number) => {
  const values = (days: number) => ({ rule: [{ id: "r", transition: [{ days, storage_class: "DEEP_ARCHIVE" }] }] });
  return updated("aws_s3_bucket_lifecycle_configuration.l", values(before), values(after));
};
const tls = (before: string, after: string) =>
  updated("aws_lb_listener.l", { ssl_policy: before }, { ssl_policy: after });

test.each([
  ["ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS13-1-2-2021-06", "Refuses older versions of TLS"],
  ["ELBSecurityPolicy-FS-1-2-Res-2020-10", "ELBSecurityPolicy-TLS-1-1-2017-01", "Accepts older versions of TLS"],
  ["ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "Accepts other ciphers of TLS"],
])("%s → %s: %s", (before, after, says) => {
  expect(saidOf([tls(before, after)])).toEqual([expect.stringContaining(says)]);
});

test("says that a database is down, when, and whether there is a way back", () => {
  const said = (after: Record<string, Json>) => saidOf([database(after)]).join("; ");
  expect(said({ engine_version: "16.3", apply_immediately: true })).toMatch(/another major version at once/);
  expect(said({ engine_version: "13.15", apply_immediately: false })).toMatch(
    /^Restarts[^;]*in its maintenance window[^;]*$/,
  );
  expect(reviewOf(database({ instance_class: "b", apply_immediately: true }))).toMatchObject({
    verdict: "look",
    changes: [{ outage: "downtime" }],
  });
});

flagsAndAllows(
  ["restarts", "drains", "changes", "weakens", "gives-access", "interrupts", "deletes-sooner", "less-capacity"],
  {
    flags: {
      "a machine of another size": [
        updated("aws_instance.i", { instance_type: "m6i.large" }, { instance_type: "m6i.xlarge" }),
      ],
      "a database of another size, at once": [database({ instance_class: "b", apply_immediately: true })],
      "a database of another size, later": [database({ instance_class: "b", apply_immediately: false })],
      "backups that are switched on": [
        updated("aws_db_instance.d", { backup_retention_period: 0 }, { backup_retention_period: 7 }),
      ],
      "a cache without a failover": [
        updated(
          "aws_elasticache_replication_group.r",
          { automatic_failover_enabled: true },
          { automatic_failover_enabled: false },
        ),
      ],
      "objects that are archived sooner": [archivedAfter(365, 1)],
      "older versions of TLS": [tls("ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-2016-08")],
      "another health path": [
        updated("aws_lb_target_group.t", { health_check: [{ path: "/a" }] }, { health_check: [{ path: "/b" }] }),
      ],
      "less time to drain": [
        updated("aws_lb_target_group.t", { deregistration_delay: "20" }, { deregistration_delay: "5" }),
      ],
      "a circuit breaker that is off": [
        updated(
          "aws_ecs_service.s",
          { deployment_circuit_breaker: [{ enable: true }] },
          { deployment_circuit_breaker: [{ enable: false }] },
        ),
      ],
      "a name that leads elsewhere": [updated("aws_route53_record.r", { records: ["a"] }, { records: ["b"] })],
      "a bucket that may be destroyed with its objects": [
        updated("aws_s3_bucket.b", { force_destroy: false }, { force_destroy: true }),
      ],
      "a shell in running tasks": [
        updated("aws_ecs_service.s", { enable_execute_command: false }, { enable_execute_command: true }),
      ],
    },
    allows: {
      "objects that are archived later": [archivedAfter(1, 365)],
      "a database with more room": [database({ allocated_storage: 200, apply_immediately: true })],
      "backups that are kept for longer": [
        updated("aws_db_instance.d", { backup_retention_period: 7 }, { backup_retention_period: 35 }),
      ],
      "a cache with a failover": [
        updated(
          "aws_elasticache_replication_group.r",
          { automatic_failover_enabled: false },
          { automatic_failover_enabled: true },
        ),
      ],
      "more time to drain": [
        updated("aws_lb_target_group.t", { deregistration_delay: "20" }, { deregistration_delay: "60" }),
      ],
      "a circuit breaker that is on": [
        updated(
          "aws_ecs_service.s",
          { deployment_circuit_breaker: [{ enable: false }] },
          { deployment_circuit_breaker: [{ enable: true }] },
        ),
      ],
      "tags that become immutable": [
        updated("aws_ecr_repository.r", { image_tag_mutability: "MUTABLE" }, { image_tag_mutability: "IMMUTABLE" }),
      ],
    },
  },
);
