import { created, deleted, type MadeChange, reviewOf, unchanged, updated } from "../made-plan.fixture";
import type { Json } from "../read/plan";
import { flagsAndAllows, saidOf } from "./flags-and-allows.fixture";

const backend: MadeChange[] = [
  unchanged("aws_security_group.tasks", { id: "sg-tasks", name: "tasks" }),
  unchanged("aws_security_group.balancer", { id: "sg-balancer", name: "balancer" }),
  unchanged("aws_lb.internal", {
    id: "lb",
    arn: "arn:aws:lb",
    name: "staging-internal",
    internal: true,
    security_groups: ["sg-balancer"],
  }),
  unchanged("aws_ecs_service.backend", {
    id: "s",
    name: "backend",
    network_configuration: [{ security_groups: ["sg-tasks"] }],
  }),
  unchanged("aws_vpc_security_group_ingress_rule.traffic", {
    id: "r",
    security_group_id: "sg-tasks",
    referenced_security_group_id: "sg-balancer",
    ip_protocol: "tcp",
    from_port: 8000,
    to_port: 8000,
  }),
];
const rule = (values: Record<string, Json>) => ({
  security_group_id: "sg-tasks",
  ip_protocol: "tcp",
  from_port: 8000,
  to_port: 8000,
  ...values,
});
const openRule = created("aws_vpc_security_group_ingress_rule.debug", rule({ cidr_ipv4: "0.0.0.0/0" }));

test("says in words what becomes reachable from where", () => {
  expect(saidOf([...backend, openRule])).toEqual([
    "Opens port 8000 of backend tasks to everybody (0.0.0.0/0) (was load balancer staging-internal)",
  ]);
});

test("says what comes to the internet with a load balancer", () => {
  const target = "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/backend/1";
  const changes = [
    ...backend.filter(({ address }) => !/aws_lb\.|aws_ecs_service/.test(address)),
    {
      address: "aws_lb.internal",
      actions: ["delete", "create"],
      before: { id: "lb", arn: "arn:lb", name: "i", internal: true },
      after: { name: "i", internal: false },
    },
    unchanged("aws_lb_listener.l", {
      id: "l",
      arn: "arn:l",
      load_balancer_arn: "arn:lb",
      default_action: [{ type: "forward", target_group_arn: target }],
    }),
    unchanged("aws_ecs_service.backend", { id: "s", name: "backend", load_balancer: [{ target_group_arn: target }] }),
  ];
  expect(saidOf(changes)).toContain("Exposes a private load balancer to the internet, and with it backend tasks");
});

const openGroupValues = {
  id: "sg-open",
  name: "open",
  ingress: [{ cidr_blocks: ["0.0.0.0/0"], from_port: 0, to_port: 0, protocol: "-1" }],
};
const openGroup = unchanged("aws_security_group.open", openGroupValues);

test("says which group something joins, and what is open in it", () => {
  const joins = updated("aws_db_instance.d", { identifier: "orders" }, { vpc_security_group_ids: ["sg-open"] });
  expect(saidOf([openGroup, joins])).toEqual([
    "Exposes db instance orders: it joins security group open, in which every port is open to 0.0.0.0/0",
  ]);
});

const publicRoute = unchanged("aws_route.out", {
  ...{ id: "r", route_table_id: "rtb-public" },
  ...{ destination_cidr_block: "0.0.0.0/0", gateway_id: "igw-1" },
});
const privateSubnet = [
  unchanged("aws_subnet.private", { id: "subnet-1", vpc_id: "vpc-1" }),
  unchanged("aws_route_table_association.a", { id: "a", subnet_id: "subnet-1", route_table_id: "rtb-private" }),
];
const inlineRoute = (route: Record<string, Json>) =>
  updated("aws_route_table.private", { id: "rtb-private", route: [] }, { route: [{ gateway_id: "igw-1", ...route }] });

test("says which change makes a subnet public, and that IPv6 alone cuts nothing off", () => {
  const review = reviewOf(...privateSubnet, inlineRoute({ ipv6_cidr_block: "::/0" }));
  expect(review.changes[0]).toMatchObject({ address: "aws_route_table.private", verdict: "dangerous", outage: "none" });
  expect(review.because).toContain("Exposes the IPv6 addresses in subnet aws_subnet.private to the internet");
});

flagsAndAllows(["exposes", "gives-access", "weakens"], {
  verdict: "dangerous",
  flags: {
    "a port of tasks that is opened to everybody": [...backend, openRule],
    "every address of IPv6": [
      ...backend,
      created("aws_vpc_security_group_ingress_rule.six", rule({ cidr_ipv6: "::/0" })),
    ],
    "a rule in the old form": [
      ...backend,
      created("aws_security_group_rule.old", {
        type: "ingress",
        security_group_id: "sg-tasks",
        cidr_blocks: ["0.0.0.0/0"],
        from_port: 22,
        to_port: 22,
        protocol: "tcp",
      }),
    ],
    "a rule inside its group": [
      updated(
        "aws_security_group.g",
        { id: "sg-g", name: "g", ingress: [] },
        { ingress: [{ cidr_blocks: ["0.0.0.0/0"], from_port: 5432, to_port: 5432, protocol: "tcp" }] },
      ),
    ],
    "the default group": [
      updated(
        "aws_default_security_group.d",
        { id: "sg-d", ingress: [] },
        { ingress: [{ cidr_blocks: ["0.0.0.0/0"], from_port: 0, to_port: 0, protocol: "-1" }] },
      ),
    ],
    "a database that gets a public address": [
      updated("aws_db_instance.d", { publicly_accessible: false }, { publicly_accessible: true }),
    ],
    "half of all addresses, as two such rules are everybody": [
      ...backend,
      created("aws_vpc_security_group_ingress_rule.half", rule({ cidr_ipv4: "0.0.0.0/1" })),
    ],
    "everybody where half of all addresses were let in": [
      ...backend,
      updated(
        "aws_vpc_security_group_ingress_rule.half",
        { id: "h", ...rule({ cidr_ipv4: "0.0.0.0/1" }) },
        { cidr_ipv4: "0.0.0.0/0" },
      ),
    ],
    "a group that the plan does not name, as a module's output": [
      {
        ...created("aws_vpc_security_group_ingress_rule.r", { ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" }),
        after_unknown: { security_group_id: true },
      },
    ],
    "the same in the old form": [
      {
        ...created("module.sg.aws_security_group_rule.ingress[0]", {
          ...{ type: "ingress", protocol: "tcp", from_port: 22, to_port: 22 },
          cidr_blocks: ["0.0.0.0/0"],
        }),
        after_unknown: { security_group_id: true },
      },
    ],
    "a database that joins a group which is open already": [
      openGroup,
      updated(
        "aws_db_instance.d",
        { identifier: "orders", vpc_security_group_ids: ["sg-private"] },
        { vpc_security_group_ids: ["sg-open"] },
      ),
    ],
    "tasks that join a group which is open on more ports than theirs": [
      openGroup,
      unchanged("aws_security_group.web", {
        id: "sg-web",
        ingress: [{ cidr_blocks: ["0.0.0.0/0"], from_port: 443, to_port: 443, protocol: "tcp" }],
      }),
      updated(
        "aws_ecs_service.s",
        { name: "s", network_configuration: [{ security_groups: ["sg-web"] }] },
        { network_configuration: [{ security_groups: ["sg-web", "sg-open"] }] },
      ),
    ],
    "private subnets on a VPC's main route table, which is the public one now": [
      unchanged("aws_subnet.private", { id: "subnet-1", vpc_id: "vpc-1" }),
      publicRoute,
      created("aws_main_route_table_association.m", { vpc_id: "vpc-1", route_table_id: "rtb-public" }),
    ],
    "a way to the internet gateway in the table of a private subnet": [
      ...privateSubnet,
      inlineRoute({ cidr_block: "0.0.0.0/0" }),
    ],
    "the same for IPv6": [...privateSubnet, inlineRoute({ cidr_block: "", ipv6_cidr_block: "::/0" })],
    "a cluster's endpoint for every address": [
      updated(
        "aws_eks_cluster.c",
        { vpc_config: [{ public_access_cidrs: ["203.0.113.0/24"] }] },
        { vpc_config: [{ public_access_cidrs: ["0.0.0.0/0"] }] },
      ),
    ],
    "a private subnet on a public route table": [
      unchanged("aws_subnet.private", { id: "subnet-1" }),
      publicRoute,
      updated(
        "aws_route_table_association.a",
        { id: "a", subnet_id: "subnet-1", route_table_id: "rtb-private" },
        { route_table_id: "rtb-public" },
      ),
    ],
  },
  allows: {
    "another group that may reach the tasks": [
      ...backend,
      created("aws_vpc_security_group_ingress_rule.other", rule({ referenced_security_group_id: "sg-other" })),
    ],
    "a subnet with a table of its own beside another main one": [
      ...privateSubnet,
      publicRoute,
      created("aws_main_route_table_association.m", { vpc_id: "vpc-1", route_table_id: "rtb-public" }),
    ],
    "a way to one network in the table of a private subnet": [
      ...privateSubnet,
      inlineRoute({ cidr_block: "10.1.0.0/16" }),
    ],
    "a way to a NAT gateway": [...privateSubnet, inlineRoute({ cidr_block: "0.0.0.0/0", gateway_id: "nat-1" })],
    "a cluster's endpoint for fewer addresses": [
      updated(
        "aws_eks_cluster.c",
        { vpc_config: [{ public_access_cidrs: ["0.0.0.0/0"] }] },
        { vpc_config: [{ public_access_cidrs: ["203.0.113.0/24"] }] },
      ),
    ],
    "a rule that is described better": [
      ...backend,
      updated(
        "aws_vpc_security_group_ingress_rule.open",
        { id: "o", ...rule({ cidr_ipv4: "0.0.0.0/0" }), description: "a" },
        { description: "b" },
      ),
    ],
    "a rule that closes": [
      ...backend,
      deleted("aws_vpc_security_group_ingress_rule.open", { id: "o", ...rule({ cidr_ipv4: "0.0.0.0/0" }) }),
    ],
    "a known group instead of one that was not known, behind the same rule": [
      {
        ...updated(
          "aws_vpc_security_group_ingress_rule.open",
          { id: "o", ...rule({ cidr_ipv4: "0.0.0.0/0" }) },
          { description: "b" },
        ),
        after: { ip_protocol: "tcp", from_port: 8000, to_port: 8000, cidr_ipv4: "0.0.0.0/0" },
        after_unknown: { security_group_id: true },
      },
    ],
    "a database that changes from one open group to another": [
      openGroup,
      unchanged("aws_security_group.other", { ...openGroupValues, id: "sg-open2" }),
      updated(
        "aws_db_instance.d",
        { identifier: "orders", vpc_security_group_ids: ["sg-open"] },
        { vpc_security_group_ids: ["sg-open2"] },
      ),
    ],
    "HTTPS of a load balancer that is new and public, which is its purpose": [
      created("aws_security_group.g", { name: "g" }),
      created("aws_lb.public", { name: "p", internal: false, security_groups: ["sg-p"] }),
      created("aws_vpc_security_group_ingress_rule.https", {
        security_group_id: "sg-p",
        cidr_ipv4: "0.0.0.0/0",
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
      }),
    ],
  },
});

flagsAndAllows("gives-access", {
  flags: {
    "another group that may reach the tasks": [
      ...backend,
      created("aws_vpc_security_group_ingress_rule.other", rule({ referenced_security_group_id: "sg-other" })),
    ],
    "a new rule of a group that was there": [
      unchanged("aws_security_group.g", { id: "sg-1", name: "db" }),
      unchanged("aws_db_instance.d", { identifier: "orders", vpc_security_group_ids: ["sg-1"] }),
      created(
        "aws_vpc_security_group_ingress_rule.r",
        rule({ security_group_id: "sg-1", cidr_ipv4: "203.0.113.0/24" }),
      ),
    ],
    "a new way out of a group that was there": [
      unchanged("aws_security_group.g", { id: "sg-1", name: "db" }),
      created("aws_vpc_security_group_egress_rule.r", rule({ security_group_id: "sg-1", cidr_ipv4: "0.0.0.0/0" })),
    ],
    "a rule of a group that was there, for whom only the apply will tell": [
      unchanged("aws_security_group.g", { id: "sg-1", name: "db" }),
      {
        ...created("aws_vpc_security_group_ingress_rule.r", rule({ security_group_id: "sg-1" })),
        after_unknown: { cidr_ipv4: true },
      },
    ],
    "the same in the old form": [
      {
        ...created("aws_security_group_rule.r", { type: "ingress", security_group_id: "sg-1", protocol: "-1" }),
        after_unknown: { cidr_blocks: true },
      },
    ],
    "a way out by any protocol": [
      ...backend,
      updated(
        "aws_vpc_security_group_egress_rule.out",
        { id: "e", ...rule({ cidr_ipv4: "0.0.0.0/0", from_port: 443, to_port: 443 }) },
        { ip_protocol: "-1", from_port: null, to_port: null },
      ),
    ],
  },
  allows: {
    "a rule of a new group, by which nothing is reached that was there": [
      created("aws_security_group.g", { id: "sg-1", name: "g" }),
      created("aws_vpc_security_group_ingress_rule.r", rule({ security_group_id: "sg-1", cidr_ipv4: "10.0.0.0/8" })),
    ],
    "a rule of a group that only a new service uses": [
      unchanged("aws_security_group.g", { id: "sg-1", name: "g" }),
      created("aws_ecs_service.s", { name: "s", network_configuration: [{ security_groups: ["sg-1"] }] }),
      created("aws_vpc_security_group_ingress_rule.r", rule({ security_group_id: "sg-1", cidr_ipv4: "10.0.0.0/8" })),
    ],
    "a narrower way out": [
      ...backend,
      updated(
        "aws_vpc_security_group_egress_rule.out",
        { id: "e", ...rule({ cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1", from_port: null, to_port: null }) },
        { ip_protocol: "tcp", from_port: 443, to_port: 443 },
      ),
    ],
  },
});

flagsAndAllows(["weakens", "cuts-off"], {
  flags: {
    "a firewall that only tells": [
      updated("aws_route53_resolver_firewall_rule.r", { action: "BLOCK" }, { action: "ALERT" }),
    ],
    "a zone that is no longer signed": [
      updated("aws_route53_hosted_zone_dnssec.d", { signing_status: "SIGNING" }, { signing_status: "NOT_SIGNING" }),
    ],
    "a pool in which everybody may sign up": [
      updated(
        "aws_cognito_user_pool.p",
        { admin_create_user_config: [{ allow_admin_create_user_only: true }] },
        { admin_create_user_config: [{ allow_admin_create_user_only: false }] },
      ),
    ],
    "deletion protection that is off": [
      updated("aws_lb.l", { enable_deletion_protection: true }, { enable_deletion_protection: false }),
    ],
    "the same in another provider": [
      updated("google_sql_database_instance.d", { deletion_protection: true }, { deletion_protection: false }),
    ],
    "public buckets that are not stopped": [
      updated("aws_s3_bucket_public_access_block.b", { block_public_policy: true }, { block_public_policy: false }),
    ],
    "versioning that is suspended": [
      updated(
        "aws_s3_bucket_versioning.v",
        { versioning_configuration: [{ status: "Enabled" }] },
        { versioning_configuration: [{ status: "Suspended" }] },
      ),
    ],
    "a boundary that is gone": [
      updated("aws_iam_role.r", { permissions_boundary: "arn" }, { permissions_boundary: null }),
    ],
    "a web ACL that is taken away": [deleted("aws_wafv2_web_acl_association.a")],
    "the account's lock against public buckets": [
      updated("aws_s3_account_public_access_block.b", { block_public_acls: true }, { block_public_acls: false }),
    ],
    "the same lock that is deleted": [deleted("aws_s3_account_public_access_block.b")],
    "protection in Cognito's words": [
      updated("aws_cognito_user_pool.p", { deletion_protection: "ACTIVE" }, { deletion_protection: "INACTIVE" }),
    ],
    "a key that is disabled": [updated("aws_kms_key.k", { is_enabled: true }, { is_enabled: false })],
    "GuardDuty that is off": [updated("aws_guardduty_detector.d", { enable: true }, { enable: false })],
    "a file system's backups that are off": [
      updated(
        "aws_efs_backup_policy.p",
        { backup_policy: [{ status: "ENABLED" }] },
        { backup_policy: [{ status: "DISABLED" }] },
      ),
    ],
    "a cache's backups that are off": [
      updated("aws_elasticache_replication_group.r", { snapshot_retention_limit: 7 }, { snapshot_retention_limit: 0 }),
    ],
    "a distribution without its web ACL": [
      updated("aws_cloudfront_distribution.d", { web_acl_id: "arn" }, { web_acl_id: "" }),
    ],
    "backups that are off": [
      updated("aws_db_instance.d", { backup_retention_period: 7 }, { backup_retention_period: 0 }),
    ],
  },
  allows: {
    "a firewall that stops what it only told": [
      updated("aws_route53_resolver_firewall_rule.r", { action: "ALERT" }, { action: "BLOCK" }),
    ],
    "deletion protection that is on": [
      updated("aws_lb.l", { enable_deletion_protection: false }, { enable_deletion_protection: true }),
    ],
    "protection that is on, in Cognito's words": [
      updated("aws_cognito_user_pool.p", { deletion_protection: "INACTIVE" }, { deletion_protection: "ACTIVE" }),
    ],
    "a key that is enabled": [updated("aws_kms_key.k", { is_enabled: false }, { is_enabled: true })],
    "a file system's backups that are on": [
      updated(
        "aws_efs_backup_policy.p",
        { backup_policy: [{ status: "DISABLED" }] },
        { backup_policy: [{ status: "ENABLED" }] },
      ),
    ],
    "another web ACL": [updated("aws_cloudfront_distribution.d", { web_acl_id: "arn" }, { web_acl_id: "other" })],
    "a web ACL that only the apply will tell": [
      {
        ...updated("aws_cloudfront_distribution.d", { web_acl_id: "arn" }, { web_acl_id: "" }),
        after_unknown: { web_acl_id: true },
      },
    ],
    "another boundary": [updated("aws_iam_role.r", { permissions_boundary: "arn" }, { permissions_boundary: "other" })],
  },
});

const inTransit = (client_broker: string) => ({
  encryption_info: [{ encryption_in_transit: [{ client_broker, in_cluster: true }] }],
});

flagsAndAllows(["weakens", "cuts-off"], {
  flags: {
    "a database that no longer asks for TLS": [
      updated(
        "aws_db_parameter_group.p",
        {
          parameter: [
            { name: "rds.force_ssl", value: "1" },
            { name: "a", value: "1" },
          ],
        },
        {
          parameter: [
            { name: "rds.force_ssl", value: "0" },
            { name: "a", value: "1" },
          ],
        },
      ),
    ],
    "a log group without its key": [updated("aws_cloudwatch_log_group.l", { kms_key_id: "arn" }, { kms_key_id: "" })],
    "a bucket without encryption": [deleted("aws_s3_bucket_server_side_encryption_configuration.b")],
    "a disk that is not encrypted": [updated("aws_ebs_volume.v", { encrypted: true }, { encrypted: false })],
    "a table without encryption": [
      updated("aws_dynamodb_table.t", { server_side_encryption: [{ enabled: true }] }, { server_side_encryption: [] }),
    ],
    "a search domain without encryption": [
      updated(
        "aws_opensearch_domain.d",
        { encrypt_at_rest: [{ enabled: true }] },
        { encrypt_at_rest: [{ enabled: false }] },
      ),
    ],
    "a listener without TLS": [updated("aws_lb_listener.l", { protocol: "HTTPS" }, { protocol: "HTTP" })],
    "brokers that speak without TLS": [updated("aws_msk_cluster.k", inTransit("TLS"), inTransit("PLAINTEXT"))],
    "brokers that speak both ways": [updated("aws_msk_cluster.k", inTransit("TLS"), inTransit("TLS_PLAINTEXT"))],
    "a distribution that answers without TLS": [
      updated(
        "aws_cloudfront_distribution.d",
        { default_cache_behavior: [{ viewer_protocol_policy: "redirect-to-https" }] },
        { default_cache_behavior: [{ viewer_protocol_policy: "allow-all" }] },
      ),
    ],
  },
  allows: {
    "brokers that speak TLS alone": [updated("aws_msk_cluster.k", inTransit("TLS_PLAINTEXT"), inTransit("TLS"))],
    "a key that is added": [updated("aws_cloudwatch_log_group.l", { kms_key_id: "" }, { kms_key_id: "arn" })],
    "another key, which is another rule's": [
      updated("aws_cloudwatch_log_group.l", { kms_key_id: "arn" }, { kms_key_id: "other" }),
    ],
    "a key that only the apply will tell": [
      {
        ...updated("aws_sns_topic.t", { kms_master_key_id: "arn" }, { kms_master_key_id: null }),
        after_unknown: { kms_master_key_id: true },
      },
    ],
  },
});

const encryption = (sse_algorithm: string) => ({
  rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm }] }],
});
flagsAndAllows("changes", {
  flags: {
    "S3's own key instead of ours": [
      updated("aws_s3_bucket_server_side_encryption_configuration.b", encryption("aws:kms"), encryption("AES256")),
    ],
    "another key": [updated("aws_cloudwatch_log_group.l", { kms_key_id: "arn" }, { kms_key_id: "other" })],
  },
  allows: { "a key that is added": [updated("aws_cloudwatch_log_group.l", { kms_key_id: "" }, { kms_key_id: "arn" })] },
});

flagsAndAllows(["weakens", "cuts-off"], {
  flags: {
    "a flow log that is deleted": [deleted("aws_flow_log.f")],
    "a recorder that is stopped": [
      updated("aws_config_configuration_recorder_status.r", { is_enabled: true }, { is_enabled: false }),
    ],
    "access logs that are off": [
      updated(
        "aws_lb.l",
        { access_logs: [{ enabled: true, bucket: "b" }] },
        { access_logs: [{ enabled: false, bucket: "b" }] },
      ),
    ],
    "access logs that are gone": [
      updated("aws_lb.l", { access_logs: [{ enabled: true, bucket: "b" }] }, { access_logs: [] }),
    ],
  },
  allows: {
    "a recorder that is started": [
      updated("aws_config_configuration_recorder_status.r", { is_enabled: false }, { is_enabled: true }),
    ],
    "connection logs that never were on": [
      updated("aws_lb.l", { connection_logs: [{ enabled: false }] }, { connection_logs: [] }),
    ],
    "access logs that are on": [
      updated(
        "aws_lb.l",
        { access_logs: [{ enabled: false, bucket: "b" }] },
        { access_logs: [{ enabled: true, bucket: "b" }] },
      ),
    ],
  },
});

const azureRule = (values: Record<string, Json>) => ({
  ...{ direction: "Inbound", access: "Allow", source_address_prefix: "*", source_port_range: "*" },
  ...values,
});

flagsAndAllows(["exposes", "gives-access", "weakens"], {
  verdict: "dangerous",
  flags: {
    "a bus of events": [created("aws_cloudwatch_event_permission.p", { principal: "*", action: "events:PutEvents" })],
    "an endpoint's service": [created("aws_vpc_endpoint_service_allowed_principal.a", { principal_arn: "*" })],
    "a role of Kubernetes for whoever does not log in": [
      created("kubernetes_cluster_role_binding_v1.b", {
        role_ref: [{ name: "cluster-admin" }],
        subject: [{ kind: "Group", name: "system:unauthenticated" }],
      }),
    ],
    "two halves of all addresses": [
      created("google_compute_firewall.f", { source_ranges: ["0.0.0.0/1", "128.0.0.0/1"] }),
    ],
    "all of Azure": [
      created("azurerm_mssql_firewall_rule.r", { start_ip_address: "0.0.0.0", end_ip_address: "0.0.0.0" }),
    ],
    "all but one address": [
      created("azurerm_mssql_firewall_rule.r", { start_ip_address: "0.0.0.0", end_ip_address: "255.255.255.254" }),
    ],
    "a firewall of Google's, also a new one": [
      created("google_compute_firewall.f", { direction: "INGRESS", source_ranges: ["0.0.0.0/0"] }),
    ],
    "a rule of Azure's": [
      created("azurerm_network_security_rule.r", { direction: "Inbound", access: "Allow", source_address_prefix: "*" }),
    ],
    "a bucket for all users": [
      created("google_storage_bucket_iam_member.m", { role: "roles/storage.objectViewer", member: "allUsers" }),
    ],
    "a public ACL": [updated("aws_s3_bucket_acl.a", { acl: "private" }, { acl: "public-read" })],
    "a new database on the internet": [created("aws_db_instance.d", { publicly_accessible: true })],
    "one member who becomes all users": [
      updated("google_storage_bucket_iam_binding.b", { members: ["user:a@example.com"] }, { members: ["allUsers"] }),
    ],
    "all users in an ACL of Google's": [created("google_storage_bucket_acl.a", { role_entity: ["READER:allUsers"] })],
    "a database's network of all addresses": [
      created("google_sql_database_instance.d", {
        settings: [{ ip_configuration: [{ authorized_networks: [{ name: "all", value: "0.0.0.0/0" }] }] }],
      }),
    ],
    "a cluster's masters": [
      created("google_container_cluster.c", {
        master_authorized_networks_config: [{ cidr_blocks: [{ cidr_block: "0.0.0.0/0" }] }],
      }),
    ],
    "a rule inside a group of Azure's": [
      created("azurerm_network_security_group.g", { security_rule: [azureRule({ name: "ssh" })] }),
    ],
    "a rule whose name speaks of another direction": [
      created("azurerm_network_security_group.g", { security_rule: [azureRule({ name: "from-outbound-proxy" })] }),
    ],
    "a firewall of Azure's that ends at the last address": [
      created("azurerm_mssql_firewall_rule.f", { start_ip_address: "0.0.0.0", end_ip_address: "255.255.255.255" }),
    ],
    "a container of Azure's": [created("azurerm_storage_container.c", { container_access_type: "blob" })],
    "an ACL for whoever has an account": [created("aws_s3_bucket_acl.a", { acl: "authenticated-read" })],
    "a grant to all users": [
      created("aws_s3_bucket_acl.a", {
        access_control_policy: [
          { grant: [{ grantee: [{ uri: "http://acs.amazonaws.com/groups/global/AllUsers" }], permission: "READ" }] },
        ],
      }),
    ],
    "a function's address that asks for nothing": [
      created("aws_lambda_function_url.u", { authorization_type: "NONE" }),
    ],
    "an image that everybody may start": [created("aws_ami_launch_permission.p", { group: "all" })],
    "every address in a list of addresses": [
      created("aws_ec2_managed_prefix_list_entry.e", { prefix_list_id: "pl-1", cidr: "0.0.0.0/0" }),
    ],
    "the same inside the list": [
      updated(
        "aws_ec2_managed_prefix_list.l",
        { entry: [{ cidr: "203.0.113.0/24" }] },
        { entry: [{ cidr: "203.0.113.0/24" }, { cidr: "0.0.0.0/0" }] },
      ),
    ],
    "a copy of a database for everybody": [created("aws_db_snapshot_copy.c", { shared_accounts: ["all"] })],
    "credentials for guests": [created("aws_cognito_identity_pool.p", { allow_unauthenticated_identities: true })],
    "a new bucket without the lock against public ones": [
      created("aws_s3_bucket_public_access_block.b", { block_public_acls: true, block_public_policy: false }),
    ],
    "an owner of the project": [
      created("google_project_iam_member.m", { role: "roles/owner", member: "user:a@example.com" }),
    ],
  },
  allows: {
    "a network of a company": [created("google_compute_firewall.f", { source_ranges: ["10.0.0.0/8"] })],
    "a firewall that lets out": [
      created("google_compute_firewall.f", { direction: "EGRESS", destination_ranges: ["0.0.0.0/0"] }),
    ],
    "a rule that denies": [
      created("azurerm_network_security_rule.r", { direction: "Inbound", access: "Deny", source_address_prefix: "*" }),
    ],
    "every port of a source": [
      created("azurerm_network_security_rule.r", {
        ...{ direction: "Inbound", access: "Allow", source_port_range: "*" },
        source_address_prefix: "10.0.0.0/8",
      }),
    ],
    "a rule inside a group that denies": [
      created("azurerm_network_security_group.g", { security_rule: [azureRule({ name: "no", access: "Deny" })] }),
    ],
    "a lock against public buckets": [
      created("aws_s3_bucket_public_access_block.b", { block_public_acls: true, block_public_policy: true }),
    ],
    "a function's address for roles": [created("aws_lambda_function_url.u", { authorization_type: "AWS_IAM" })],
    "a firewall for one network": [created("google_compute_firewall.f", { source_ranges: ["10.0.0.0/8"] })],
    "a route to everywhere": [created("google_compute_route.r", { dest_range: "0.0.0.0/0" })],
    "answers that come back into a network, whose security groups still ask": [
      created("aws_network_acl_rule.r", { rule_action: "allow", egress: false, cidr_block: "0.0.0.0/0" }),
    ],
    "one network in a list of addresses": [
      created("aws_ec2_managed_prefix_list_entry.e", { prefix_list_id: "pl-1", cidr: "203.0.113.0/24" }),
    ],
    "a pool without guests": [created("aws_cognito_identity_pool.p", { allow_unauthenticated_identities: false })],
    "a private ACL": [updated("aws_s3_bucket_acl.a", { acl: "public-read" }, { acl: "private" })],
  },
});

const forward = { order: 2, type: "forward", target_group_arn: "arn:t" };
const login = { order: 1, type: "authenticate-oidc", authenticate_oidc: [{ issuer: "https://i" }] };

flagsAndAllows(["exposes", "gives-access", "weakens"], {
  verdict: "dangerous",
  flags: {
    "a load balancer that asks for no login any more": [
      updated("aws_lb_listener_rule.r", { action: [login, forward] }, { action: [{ ...forward, order: 1 }] }),
    ],
    "a route of an API that asks for no token any more": [
      updated("aws_apigatewayv2_route.r", { authorization_type: "JWT" }, { authorization_type: "NONE" }),
    ],
    "a method of an API that asks for nothing any more": [
      updated("aws_api_gateway_method.m", { authorization: "AWS_IAM" }, { authorization: "NONE" }),
    ],
  },
  allows: {
    "another way to log in": [
      updated(
        "aws_lb_listener_rule.r",
        { action: [login, forward] },
        { action: [{ ...login, type: "authenticate-cognito" }, forward] },
      ),
    ],
    "a login that is added": [updated("aws_lb_listener_rule.r", { action: [forward] }, { action: [login, forward] })],
    "actions that only the apply will tell": [
      { ...updated("aws_lb_listener_rule.r", { action: [login] }, {}), after: {}, after_unknown: { action: true } },
    ],
    "a route of an API that asks for a token": [
      updated("aws_apigatewayv2_route.r", { authorization_type: "NONE" }, { authorization_type: "JWT" }),
    ],
    "a new route for everybody": [created("aws_apigatewayv2_route.r", { authorization_type: "NONE" })],
  },
});
