import type { Arguments } from "../../../stacks/synthesized";
import { inContainers, inJson, inStatements, type Operator, set } from "./operator";

/** Decides which of all possible mutants are made. */
export const seed = 20261123;
/** Of one operator, so that no type with many resources outweighs the others. */
export const mutantsPerOperator = 3;

const world = { cidr_ipv4: "0.0.0.0/0", referenced_security_group_id: undefined };
const hasHealthCheck = (container: Arguments) => container.healthCheck !== undefined;
const names = (word: string) => (_: Arguments, id: string) => id.includes(word);

const network: Operator[] = [
  {
    id: "ingress-open",
    mistake: "lets everybody in where one group was meant",
    type: "aws_vpc_security_group_ingress_rule",
    change: set(world),
    applies: ({ cidr_ipv4 }) => cidr_ipv4 === undefined,
  },
  {
    id: "ingress-all-ports",
    mistake: "opens every port",
    type: "aws_vpc_security_group_ingress_rule",
    change: set({ from_port: 0, to_port: 65535 }),
  },
  {
    id: "ingress-all-protocols",
    mistake: "opens every protocol",
    type: "aws_vpc_security_group_ingress_rule",
    change: set({ ip_protocol: "-1", from_port: undefined, to_port: undefined }),
  },
  {
    id: "ingress-ssh",
    mistake: "opens a port for a look at a machine",
    type: "aws_vpc_security_group_ingress_rule",
    change: set({ ...world, from_port: 22, to_port: 22 }),
  },
  {
    id: "ingress-ipv6-open",
    mistake: "lets everybody in by IPv6",
    type: "aws_vpc_security_group_ingress_rule",
    change: set({ cidr_ipv6: "::/0", referenced_security_group_id: undefined }),
    applies: ({ cidr_ipv4 }) => cidr_ipv4 === undefined,
  },
  {
    id: "egress-open",
    mistake: "lets tasks go anywhere",
    type: "aws_vpc_security_group_egress_rule",
    change: set({ ...world, ip_protocol: "-1", from_port: undefined, to_port: undefined }),
  },
  {
    id: "egress-http",
    mistake: "lets tasks out unencrypted",
    type: "aws_vpc_security_group_egress_rule",
    change: set({ ...world, from_port: 80, to_port: 80 }),
  },
  {
    id: "rule-undescribed",
    mistake: "leaves a rule without a reason",
    type: "aws_vpc_security_group_ingress_rule",
    change: set({ description: undefined }),
  },
  {
    id: "default-group-open",
    mistake: "opens the group that resources without one get",
    type: "aws_default_security_group",
    change: set({ ingress: [{ from_port: 0, to_port: 0, protocol: "-1", self: true }] }),
  },
  {
    id: "default-group-forgotten",
    mistake: "leaves the default group as AWS makes it",
    type: "aws_default_security_group",
    change: "remove",
  },
  {
    id: "subnet-gives-public-addresses",
    mistake: "gives whatever starts in a subnet a public address",
    type: "aws_subnet",
    change: set({ map_public_ip_on_launch: true }),
  },
  {
    id: "one-zone",
    mistake: "puts a subnet into another one's zone",
    type: "aws_subnet",
    change: set({ availability_zone: "us-east-1a" }),
    applies: ({ availability_zone }) => availability_zone !== "us-east-1a",
  },
  {
    id: "private-route-to-internet",
    mistake: "routes private subnets straight to the internet",
    type: "aws_route_table_association",
    change: (resource) => {
      resource.route_table_id = "rtb-public";
    },
    applies: names("private"),
  },
  { id: "flow-log-forgotten", mistake: "records no traffic", type: "aws_flow_log", change: "remove" },
  {
    id: "flow-log-half",
    mistake: "records accepted traffic only",
    type: "aws_flow_log",
    change: set({ traffic_type: "ACCEPT" }),
  },
  {
    id: "endpoint-without-private-name",
    mistake: "leaves the public name of an AWS service in force",
    type: "aws_vpc_endpoint",
    change: set({ private_dns_enabled: false }),
    applies: ({ vpc_endpoint_type }) => vpc_endpoint_type === "Interface",
  },
  {
    id: "internal-balancer-public",
    mistake: "gives the internal load balancer public addresses",
    type: "aws_lb",
    change: set({ internal: false }),
    applies: ({ internal }) => internal === true,
  },
  {
    id: "invalid-headers-kept",
    mistake: "passes malformed headers on",
    type: "aws_lb",
    change: set({ drop_invalid_header_fields: false }),
  },
  {
    id: "balancer-unprotected",
    mistake: "lets production's load balancer be deleted",
    type: "aws_lb",
    change: set({ enable_deletion_protection: false }),
    applies: ({ enable_deletion_protection }) => enable_deletion_protection === true,
  },
  { id: "access-logs-off", mistake: "keeps no access log", type: "aws_lb", change: set({ access_logs: undefined }) },
  {
    id: "idle-timeout-inverted",
    mistake: "lets the load balancer keep connections longer than its targets",
    type: "aws_lb",
    change: set({ idle_timeout: 120 }),
  },
  {
    id: "desync-monitored",
    mistake: "lets ambiguous requests pass",
    type: "aws_lb",
    change: set({ desync_mitigation_mode: "monitor" }),
  },
  {
    id: "old-tls",
    mistake: "speaks TLS 1.0",
    type: "aws_lb_listener",
    change: set({ ssl_policy: "ELBSecurityPolicy-2016-08" }),
    applies: ({ protocol }) => protocol === "HTTPS",
  },
  {
    id: "plain-listener",
    mistake: "takes the certificate off",
    type: "aws_lb_listener",
    change: set({ protocol: "HTTP", certificate_arn: undefined, ssl_policy: undefined }),
    applies: ({ protocol }) => protocol === "HTTPS",
  },
  {
    id: "no-redirect",
    mistake: "answers plain HTTP beside HTTPS",
    type: "aws_lb_listener",
    change: set({
      default_action: [{ type: "fixed-response", fixed_response: { status_code: "200", content_type: "text/plain" } }],
    }),
    applies: ({ default_action }) => default_action[0].type === "redirect",
  },
  {
    id: "web-acl-detached",
    mistake: "writes rules that guard nothing",
    type: "aws_wafv2_web_acl_association",
    change: "remove",
  },
  {
    id: "web-acl-counts",
    mistake: "counts what it should block",
    type: "aws_wafv2_web_acl",
    change: (resource) => {
      for (const rule of resource.rule) if (rule.override_action) rule.override_action = { count: {} };
    },
  },
  {
    id: "web-acl-no-rate",
    mistake: "forgets the limit for each address",
    type: "aws_wafv2_web_acl",
    change: (resource) => {
      resource.rule.shift();
    },
  },
  {
    id: "web-acl-silent",
    mistake: "logs nothing of what it blocks",
    type: "aws_wafv2_web_acl_logging_configuration",
    change: "remove",
  },
  {
    id: "zone-public",
    mistake: "publishes the private names",
    type: "aws_route53_zone",
    change: set({ vpc: undefined }),
    applies: ({ vpc }) => vpc !== undefined,
  },
];

const identity: Operator[] = [
  {
    id: "role-any-action",
    mistake: "allows every action",
    type: "aws_iam_role_policy",
    change: inStatements("policy", (statement) => {
      statement.Action = "*";
    }),
  },
  {
    id: "role-any-resource",
    mistake: "allows it on everything",
    type: "aws_iam_role_policy",
    change: inStatements("policy", (statement) => {
      statement.Resource = "*";
    }),
  },
  {
    id: "role-service-wildcard",
    mistake: "allows a whole service",
    type: "aws_iam_role_policy",
    change: inStatements("policy", (statement) => {
      statement.Action = `${[statement.Action].flat()[0].split(":")[0]}:*`;
    }),
  },
  {
    id: "role-bucket-wildcard",
    mistake: "reads every object",
    type: "aws_iam_role_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "ReadObjects") statement.Resource = ["arn:aws:s3:::*"];
    }),
    applies: ({ policy }) => policy.includes("ReadObjects"),
  },
  {
    id: "role-unbounded",
    mistake: "makes a role without the boundary",
    type: "aws_iam_role",
    change: set({ permissions_boundary: undefined }),
    applies: ({ permissions_boundary }) => permissions_boundary !== undefined,
  },
  {
    id: "role-trusts-account",
    mistake: "lets anybody in the account take a role",
    type: "aws_iam_role",
    change: inStatements("assume_role_policy", (statement) => {
      statement.Principal = { AWS: "*" };
      statement.Action = "sts:AssumeRole";
      delete statement.Condition;
    }),
  },
  {
    id: "role-trusts-any-account",
    mistake: "forgets whose tasks may take a role",
    type: "aws_iam_role",
    change: inStatements("assume_role_policy", (statement) => {
      delete statement.Condition;
    }),
  },
  {
    id: "github-any-repository",
    mistake: "trusts every repository of GitHub",
    type: "aws_iam_role",
    change: inStatements("assume_role_policy", (statement) => {
      statement.Condition = { StringLike: { "token.actions.githubusercontent.com:sub": "repo:*" } };
    }),
    applies: names("github"),
  },
  {
    id: "github-any-branch",
    mistake: "trusts every branch and pull request",
    type: "aws_iam_role",
    change: inJson("assume_role_policy", (policy) => {
      const [statement] = policy.Statement;
      const equals = statement.Condition.StringEquals;
      const key = "token.actions.githubusercontent.com:sub";
      statement.Condition = {
        StringEquals: { ...equals, [key]: undefined },
        StringLike: { [key]: `${equals[key][0].split(":").slice(0, 2).join(":")}:*` },
      };
    }),
    applies: names("github"),
  },
  {
    id: "github-no-audience",
    mistake: "takes tokens meant for others",
    type: "aws_iam_role",
    change: inStatements("assume_role_policy", (statement) => {
      delete statement.Condition.StringEquals["token.actions.githubusercontent.com:aud"];
    }),
    applies: names("github"),
  },
  {
    id: "deploy-administrator",
    mistake: "gives the pipeline everything",
    type: "aws_iam_policy",
    change: inJson("policy", (policy) => {
      policy.Statement = [{ Effect: "Allow", Action: "*", Resource: "*" }];
    }),
  },
  {
    id: "deploy-passes-any-role",
    mistake: "passes any role to any service",
    type: "aws_iam_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "PassRoles") {
        statement.Resource = "*";
        delete statement.Condition;
      }
    }),
    applies: ({ policy }) => policy.includes("PassRoles"),
  },
  {
    id: "deploy-unbounded-roles",
    mistake: "makes roles without a boundary",
    type: "aws_iam_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "ManageBoundedRoles") delete statement.Condition;
    }),
    applies: ({ policy }) => policy.includes("ManageBoundedRoles"),
  },
  {
    id: "plan-writes",
    mistake: "lets a pull request write the state",
    type: "aws_iam_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "ReadState") statement.Action = ["s3:GetObject", "s3:PutObject"];
    }),
    applies: ({ policy }, id) => id.includes("plan-state") && policy.includes("ReadState"),
  },
  {
    id: "key-open",
    mistake: "lets other accounts use the key",
    type: "aws_kms_key",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "RolesOfThisAccount") statement.Principal = { AWS: "*" };
    }),
  },
  {
    id: "key-not-rotated",
    mistake: "never rotates the key",
    type: "aws_kms_key",
    change: set({ enable_key_rotation: false }),
  },
  {
    id: "key-deleted-soon",
    mistake: "deletes the key within a week",
    type: "aws_kms_key",
    change: set({ deletion_window_in_days: 7 }),
  },
  {
    id: "topic-open",
    mistake: "lets anybody publish alarms",
    type: "aws_sns_topic_policy",
    change: inStatements("policy", (statement) => {
      statement.Principal = "*";
      delete statement.Condition;
    }),
  },
];

const delivering: Operator[] = [
  {
    id: "queue-open",
    mistake: "lets anybody write into the queue of the undelivered",
    type: "aws_sqs_queue_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Effect === "Deny") return;
      statement.Principal = "*";
      delete statement.Condition;
    }),
  },
  {
    id: "queue-unencrypted",
    mistake: "keeps undelivered alarms in the clear",
    type: "aws_sqs_queue",
    change: set({ kms_master_key_id: undefined }),
  },
  {
    id: "topic-plain-http",
    mistake: "takes alarms over plain HTTP",
    type: "aws_sns_topic_policy",
    change: inJson("policy", (policy) => {
      policy.Statement = policy.Statement.filter((statement: { Effect: string }) => statement.Effect !== "Deny");
    }),
  },
  {
    id: "topic-foreign-service",
    mistake: "admits another service to the topic",
    type: "aws_sns_topic_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Effect !== "Deny") statement.Principal.Service = ["s3.amazonaws.com"];
    }),
  },
  {
    id: "events-write-anywhere",
    mistake: "lets events be written into any log group",
    type: "aws_cloudwatch_log_resource_policy",
    change: inStatements("policy_document", (statement) => {
      statement.Resource = "*";
    }),
  },
  {
    id: "events-written-by-any-rule",
    mistake: "lets any rule write events",
    type: "aws_cloudwatch_log_resource_policy",
    change: inStatements("policy_document", (statement) => {
      delete statement.Condition;
    }),
  },
  {
    id: "event-lost",
    mistake: "forgets an event that reached nobody",
    type: "aws_cloudwatch_event_target",
    change: set({ dead_letter_config: undefined }),
  },
  {
    id: "mail-lost",
    mistake: "forgets what could not be delivered",
    type: "aws_sns_topic_subscription",
    change: set({ redrive_policy: undefined }),
  },
];

const data: Operator[] = [
  {
    id: "bucket-public",
    mistake: "allows public policies",
    type: "aws_s3_bucket_public_access_block",
    change: set({ block_public_policy: false }),
  },
  {
    id: "bucket-public-acls",
    mistake: "honours public ACLs",
    type: "aws_s3_bucket_public_access_block",
    change: set({ ignore_public_acls: false }),
  },
  {
    id: "bucket-block-forgotten",
    mistake: "forgets the public access block",
    type: "aws_s3_bucket_public_access_block",
    change: "remove",
  },
  {
    id: "bucket-plain-http",
    mistake: "allows plain HTTP",
    type: "aws_s3_bucket_policy",
    change: inJson("policy", (policy) => {
      policy.Statement = policy.Statement.filter(({ Sid }: Arguments) => Sid !== "TlsOnly");
    }),
  },
  {
    id: "bucket-policy-open",
    mistake: "lets everybody read",
    type: "aws_s3_bucket_policy",
    change: inJson("policy", (policy) => {
      policy.Statement.push({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" });
    }),
  },
  {
    id: "bucket-unencrypted",
    mistake: "drops the bucket's encryption",
    type: "aws_s3_bucket_server_side_encryption_configuration",
    change: "remove",
  },
  {
    id: "bucket-other-key",
    mistake: "encrypts with S3's key instead of the environment's",
    type: "aws_s3_bucket_server_side_encryption_configuration",
    change: (resource) => {
      resource.rule[0].apply_server_side_encryption_by_default = { sse_algorithm: "AES256" };
    },
    applies: ({ rule }) => rule[0].apply_server_side_encryption_by_default.sse_algorithm === "aws:kms",
  },
  {
    id: "bucket-unversioned",
    mistake: "keeps no earlier versions",
    type: "aws_s3_bucket_versioning",
    change: set({ versioning_configuration: { status: "Suspended" } }),
  },
  {
    id: "bucket-never-forgets",
    mistake: "keeps everything for ever",
    type: "aws_s3_bucket_lifecycle_configuration",
    change: "remove",
  },
  {
    id: "bucket-acls-on",
    mistake: "lets whoever writes own the object",
    type: "aws_s3_bucket_ownership_controls",
    change: set({ rule: { object_ownership: "ObjectWriter" } }),
  },
  {
    id: "bucket-force-destroy",
    mistake: "deletes production's bucket with what is in it",
    type: "aws_s3_bucket",
    change: set({ force_destroy: true }),
    applies: ({ force_destroy }) => force_destroy === false,
  },
  {
    id: "logs-for-ever",
    mistake: "keeps logs for ever",
    type: "aws_cloudwatch_log_group",
    change: set({ retention_in_days: undefined }),
  },
  {
    id: "logs-zero",
    mistake: "keeps logs for ever by a zero",
    type: "aws_cloudwatch_log_group",
    change: set({ retention_in_days: 0 }),
  },
  {
    id: "logs-one-day",
    mistake: "forgets logs after a day",
    type: "aws_cloudwatch_log_group",
    change: set({ retention_in_days: 1 }),
  },
  {
    id: "logs-unencrypted",
    mistake: "drops the key of a log group",
    type: "aws_cloudwatch_log_group",
    change: set({ kms_key_id: undefined }),
  },
  {
    id: "topic-unencrypted",
    mistake: "drops the key of the topic",
    type: "aws_sns_topic",
    change: set({ kms_master_key_id: undefined }),
  },
  {
    id: "topic-aws-key",
    mistake: "uses a key under which alarms cannot publish",
    type: "aws_sns_topic",
    change: set({ kms_master_key_id: "alias/aws/sns" }),
  },
  {
    id: "repository-unencrypted",
    mistake: "drops the key of a repository",
    type: "aws_ecr_repository",
    change: set({ encryption_configuration: undefined }),
  },
  {
    id: "repository-mutable",
    mistake: "lets a tag change its image",
    type: "aws_ecr_repository",
    change: set({ image_tag_mutability: "MUTABLE" }),
  },
  {
    id: "repository-unscanned",
    mistake: "scans no image",
    type: "aws_ecr_repository",
    change: set({ image_scanning_configuration: { scan_on_push: false } }),
  },
  {
    id: "repository-force-delete",
    mistake: "deletes production's images with the repository",
    type: "aws_ecr_repository",
    change: set({ force_delete: true }),
    applies: ({ force_delete }) => force_delete === false,
  },
  {
    id: "images-expire",
    mistake: "keeps one image",
    type: "aws_ecr_lifecycle_policy",
    change: inJson("policy", (policy) => {
      policy.rules[0].selection.countNumber = 1;
    }),
  },
  { id: "images-never-expire", mistake: "keeps every image", type: "aws_ecr_lifecycle_policy", change: "remove" },
  {
    id: "image-deleted-locally",
    mistake: "deletes the image that a rollback starts",
    type: "docker_image",
    change: set({ keep_locally: false }),
  },
  {
    id: "image-deleted-remotely",
    mistake: "deletes the pushed image that a rollback starts",
    type: "docker_registry_image",
    change: set({ keep_remotely: false }),
  },
];

const containers: Operator[] = [
  {
    id: "privileged",
    mistake: "runs privileged",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.privileged = true;
    }),
  },
  {
    id: "root",
    mistake: "runs as root",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.user = "0:0";
    }),
  },
  {
    id: "user-forgotten",
    mistake: "runs as whatever the image says",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      delete container.user;
    }),
  },
  {
    id: "writable-root",
    mistake: "may change its own program",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.readonlyRootFilesystem = false;
    }),
    applies: ({ container_definitions }) => container_definitions.includes('"readonlyRootFilesystem":true'),
  },
  {
    id: "capabilities-kept",
    mistake: "keeps the default capabilities",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      delete container.linuxParameters.capabilities;
    }),
  },
  {
    id: "capability-added",
    mistake: "may trace other processes",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.linuxParameters.capabilities.add = ["SYS_PTRACE"];
    }),
  },
  {
    id: "no-init",
    mistake: "leaves dead children behind",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.linuxParameters.initProcessEnabled = false;
    }),
  },
  {
    id: "tag-latest",
    mistake: "runs whatever is latest",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.image = `${container.image.split(":")[0]}:latest`;
    }),
  },
  {
    id: "secret-in-plain",
    mistake: "writes a secret into the task definition",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.environment.push({ name: "DATABASE_PASSWORD", value: "hunter2" });
    }),
  },
  {
    id: "no-logs",
    mistake: "logs nothing",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      delete container.logConfiguration;
    }),
  },
  {
    id: "no-health-check",
    mistake: "never asks an app whether it works",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      delete container.healthCheck;
    }),
    applies: ({ container_definitions }) => (JSON.parse(container_definitions) as Arguments[]).some(hasHealthCheck),
  },
  {
    id: "not-essential",
    mistake: "keeps a task whose app has died",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.essential = false;
    }),
  },
  {
    id: "stop-too-short",
    mistake: "kills before requests are finished",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      container.stopTimeout = 5;
    }),
  },
  {
    id: "gateway-keep-alive-inverted",
    mistake: "closes connections before the load balancer does",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      for (const variable of container.environment) if (variable.name === "KEEP_ALIVE_SECONDS") variable.value = "30";
    }),
  },
  {
    id: "app-keep-alive-inverted",
    mistake: "closes connections before the gateway does",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      for (const variable of container.environment) if (variable.name === "KEEP_ALIVE_TIMEOUT") variable.value = "5000";
    }),
  },
  {
    id: "hasty-caller",
    mistake: "gives up on what it calls before that one's gateway does",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      for (const variable of container.environment) if (/_TIMEOUT$/.test(variable.name)) variable.value = "1";
    }),
    applies: ({ container_definitions }) => container_definitions.includes("BACKEND_TIMEOUT"),
  },
  {
    id: "volume-not-declared",
    mistake: "makes a folder writable that the image does not declare",
    type: "aws_ecs_task_definition",
    change: inContainers((container) => {
      for (const mount of container.mountPoints) mount.containerPath = "/var/lib/app";
    }),
  },
  ...[
    ["capacity-providers", "the cluster's capacity providers", "aws_ecs_cluster_capacity_providers."],
    ["role-policies", "its roles have their policies", "aws_iam_role_policy."],
    ["listener-rule", "the rule that leads to its targets", "aws_lb_listener_rule."],
  ].map(
    ([id, what, prefix = ""]): Operator => ({
      id: `before-${id}`,
      mistake: `creates a service before ${what}`,
      type: "aws_ecs_service",
      change: (resource) => {
        resource.depends_on = resource.depends_on.filter((address: string) => !address.startsWith(prefix));
      },
    }),
  ),
  {
    id: "host-network",
    mistake: "shares the network of others",
    type: "aws_ecs_task_definition",
    change: set({ network_mode: "bridge" }),
  },
  {
    id: "one-role",
    mistake: "gives the app what ECS may do",
    type: "aws_ecs_task_definition",
    change: (resource) => {
      resource.task_role_arn = resource.execution_role_arn;
    },
  },
  {
    id: "illegal-size",
    mistake: "asks for memory that Fargate does not offer",
    type: "aws_ecs_task_definition",
    change: set({ memory: "8192", cpu: "256" }),
  },
  {
    id: "old-revision-deregistered",
    mistake: "removes the revision that a rollback returns to",
    type: "aws_ecs_task_definition",
    change: set({ skip_destroy: false }),
  },
];

const delivery: Operator[] = [
  {
    id: "breaker-off",
    mistake: "lets a release that never starts go on for hours",
    type: "aws_ecs_service",
    change: set({ deployment_circuit_breaker: { enable: false, rollback: false } }),
  },
  {
    id: "rollback-off",
    mistake: "stops a bad release and leaves it there",
    type: "aws_ecs_service",
    change: set({ deployment_circuit_breaker: { enable: true, rollback: false } }),
  },
  {
    id: "deployment-alarms-off",
    mistake: "keeps a release that answers errors",
    type: "aws_ecs_service",
    change: set({ alarms: undefined }),
    applies: ({ alarms }) => alarms !== undefined,
  },
  {
    id: "minimum-zero",
    mistake: "stops the old tasks before the new ones run",
    type: "aws_ecs_service",
    change: set({ deployment_minimum_healthy_percent: 0 }),
  },
  {
    id: "maximum-hundred",
    mistake: "has no room for new tasks, nor for rebalancing",
    type: "aws_ecs_service",
    change: set({ deployment_maximum_percent: 100 }),
  },
  {
    id: "no-rebalancing",
    mistake: "leaves all tasks in the zone that survived",
    type: "aws_ecs_service",
    change: set({ availability_zone_rebalancing: "DISABLED" }),
  },
  {
    id: "replaced-by-capacity",
    mistake: "replaces the service when its capacity changes",
    type: "aws_ecs_service",
    change: set({ force_new_deployment: false }),
  },
  {
    id: "public-task",
    mistake: "gives tasks public addresses",
    type: "aws_ecs_service",
    change: (resource) => {
      resource.network_configuration.assign_public_ip = true;
    },
  },
  {
    id: "task-in-public-subnet",
    mistake: "starts tasks in public subnets",
    type: "aws_ecs_service",
    change: (resource) => {
      resource.network_configuration.subnets = ["subnet-public"];
    },
  },
  {
    id: "count-not-ignored",
    mistake: "resets the autoscaler's count with each deploy",
    type: "aws_ecs_service",
    change: set({ lifecycle: undefined }),
  },
  {
    id: "more-ignored",
    mistake: "ignores changes of the task definition",
    type: "aws_ecs_service",
    change: set({ lifecycle: { ignore_changes: ["desired_count", "task_definition"] } }),
  },
  {
    id: "shell-for-all",
    mistake: "leaves a way into production's containers",
    type: "aws_ecs_service",
    change: set({ enable_execute_command: true }),
    applies: ({ enable_execute_command }) => enable_execute_command === false,
  },
  {
    id: "no-steady-state",
    mistake: "calls a deploy done before it is",
    type: "aws_ecs_service",
    change: set({ wait_for_steady_state: false }),
  },
  {
    id: "untagged-tasks",
    mistake: "starts tasks that no bill can name",
    type: "aws_ecs_service",
    change: set({ propagate_tags: undefined }),
  },
  {
    id: "all-on-spot",
    mistake: "runs production on Spot",
    type: "aws_ecs_service",
    change: set({ capacity_provider_strategy: [{ capacity_provider: "FARGATE_SPOT", weight: 1 }] }),
    applies: ({ capacity_provider_strategy }) =>
      capacity_provider_strategy.every(({ capacity_provider }: Arguments) => capacity_provider === "FARGATE"),
  },
  {
    id: "insights-off",
    mistake: "cannot count running tasks",
    type: "aws_ecs_cluster",
    change: set({ setting: [{ name: "containerInsights", value: "disabled" }] }),
  },
  {
    id: "sessions-unrecorded",
    mistake: "records no shell session",
    type: "aws_ecs_cluster",
    change: set({ configuration: undefined }),
    applies: ({ configuration }) => configuration !== undefined,
  },
  {
    id: "health-path-wrong",
    mistake: "asks for health where nobody answers",
    type: "aws_lb_target_group",
    change: (resource) => {
      resource.health_check.path = "/";
    },
  },
  {
    id: "health-any-status",
    mistake: "takes errors for health",
    type: "aws_lb_target_group",
    change: (resource) => {
      resource.health_check.matcher = "200-599";
    },
  },
  {
    id: "health-timeout-inverted",
    mistake: "waits for an answer longer than between two checks",
    type: "aws_lb_target_group",
    change: (resource) => {
      resource.health_check.timeout = 30;
    },
  },
  {
    id: "drain-outlives-stop",
    mistake: "sends requests to tasks that were killed",
    type: "aws_lb_target_group",
    change: set({ deregistration_delay: "300" }),
  },
  {
    id: "instance-targets",
    mistake: "looks for machines where there are tasks",
    type: "aws_lb_target_group",
    change: set({ target_type: "instance" }),
  },
  {
    id: "scaling-inverted",
    mistake: "wants at least more tasks than at most",
    type: "aws_appautoscaling_target",
    change: set({ min_capacity: 10, max_capacity: 2 }),
  },
  {
    id: "scaling-from-zero",
    mistake: "scales to nothing",
    type: "aws_appautoscaling_target",
    change: set({ min_capacity: 0 }),
  },
  {
    id: "scaling-too-late",
    mistake: "waits until the processor is full",
    type: "aws_appautoscaling_policy",
    change: (resource) => {
      resource.target_tracking_scaling_policy_configuration.target_value = 100;
    },
    applies: names("cpu"),
  },
  {
    id: "scaling-forgotten",
    mistake: "never scales on requests",
    type: "aws_appautoscaling_policy",
    change: "remove",
    applies: names("requests"),
  },
];

const observability: Operator[] = [
  {
    id: "alarm-silent",
    mistake: "raises an alarm that nobody hears",
    type: "aws_cloudwatch_metric_alarm",
    change: set({ alarm_actions: undefined }),
    applies: ({ alarm_actions = [] }) => alarm_actions.length > 0,
  },
  {
    id: "alarm-actions-off",
    mistake: "switches an alarm's actions off",
    type: "aws_cloudwatch_metric_alarm",
    change: set({ actions_enabled: false }),
  },
  {
    id: "alarm-calm-when-dead",
    mistake: "counts missing data as healthy",
    type: "aws_cloudwatch_metric_alarm",
    change: set({ treat_missing_data: "notBreaching" }),
    applies: ({ treat_missing_data }) => treat_missing_data === "breaching",
  },
  {
    id: "alarm-undescribed",
    mistake: "wakes somebody without a word",
    type: "aws_cloudwatch_metric_alarm",
    change: set({ alarm_description: undefined }),
  },
  {
    id: "alarm-impossible-window",
    mistake: "needs more breaching points than it looks at",
    type: "aws_cloudwatch_metric_alarm",
    change: set({ evaluation_periods: 1, datapoints_to_alarm: 3 }),
  },
  {
    id: "page-silent",
    mistake: "pages nobody",
    type: "aws_cloudwatch_composite_alarm",
    change: set({ alarm_actions: undefined }),
  },
  {
    id: "page-to-tickets",
    mistake: "pages whoever reads tickets",
    type: "aws_cloudwatch_composite_alarm",
    change: set({ alarm_actions: [`\${aws_sns_topic.delivery_ticket_0.arn}`] }),
  },
  {
    id: "page-forgets-a-part",
    mistake: "leaves parts out of the page's rule",
    type: "aws_cloudwatch_composite_alarm",
    change: (alarm) => {
      alarm.alarm_rule = alarm.alarm_rule.split(" OR ")[0];
    },
    applies: ({ alarm_rule }) => alarm_rule.includes(" OR "),
  },
  {
    id: "page-suppressed-by-nothing",
    mistake: "pages for the cause and for each symptom",
    type: "aws_cloudwatch_composite_alarm",
    change: set({ actions_suppressor: undefined }),
    applies: ({ actions_suppressor }) => actions_suppressor !== undefined,
  },
  {
    id: "alarm-without-playbook",
    mistake: "says what is wrong and not what to do",
    type: "aws_cloudwatch_metric_alarm",
    change: (alarm) => {
      alarm.alarm_description = alarm.alarm_description.replace(/ What to do: .*/, "");
    },
    applies: ({ alarm_description }) => alarm_description.includes("What to do:"),
  },
  {
    id: "deployment-failed-untold",
    mistake: "tells nobody of a failed deployment",
    type: "aws_cloudwatch_event_target",
    change: "remove",
  },
  {
    id: "deployment-failed-unexplained",
    mistake: "mails raw JSON of a failed deployment",
    type: "aws_cloudwatch_event_target",
    change: set({ input_transformer: undefined }),
    applies: ({ input_transformer }) => input_transformer !== undefined,
  },
  {
    id: "delivery-told-by-itself",
    mistake: "tells that tickets fail by a ticket",
    type: "aws_cloudwatch_metric_alarm",
    change: set({ alarm_actions: [`\${aws_sns_topic.delivery_ticket_0.arn}`] }),
    applies: ({ alarm_actions = [] }) => alarm_actions.some((topic: string) => topic.includes("delivery_page")),
  },
  {
    id: "dashboard-periods-chosen",
    mistake: "lets CloudWatch choose the periods of graphs",
    type: "aws_cloudwatch_dashboard",
    change: inJson("dashboard_body", (body) => {
      delete body.periodOverride;
    }),
  },
  { id: "mail-to-nobody", mistake: "has no subscriber", type: "aws_sns_topic_subscription", change: "remove" },
  {
    id: "budget-silent",
    mistake: "tells nobody that the budget is spent",
    type: "aws_budgets_budget",
    change: set({ notification: [] }),
  },
  { id: "budget-forgotten", mistake: "has no budget", type: "aws_budgets_budget", change: "remove" },
];

const account: Operator[] = [
  {
    id: "any-account",
    mistake: "applies to whatever account the shell has",
    type: "provider",
    change: set({ allowed_account_ids: undefined }),
    applies: ({ allowed_account_ids }) => allowed_account_ids !== undefined,
  },
  {
    id: "emulator-endpoint",
    mistake: "leaves an emulator's address in the stacks",
    type: "provider",
    change: set({ endpoints: [{ s3: "http://127.0.0.1:4566" }] }),
    applies: ({ region }) => region !== undefined,
  },
  {
    id: "credentials-unchecked",
    mistake: "skips the check of credentials",
    type: "provider",
    change: set({ skip_credentials_validation: true }),
    applies: ({ region }) => region !== undefined,
  },
  {
    id: "untagged",
    mistake: "drops the tags of everything",
    type: "provider",
    change: set({ default_tags: undefined }),
    applies: ({ default_tags }) => default_tags !== undefined,
  },
  {
    id: "address-untagged",
    mistake: "drops the tag that says which code made it",
    type: "aws_vpc",
    change: set({ tags: {} }),
  },
  {
    id: "state-unlocked",
    mistake: "lets two deploys write one state",
    type: "backend",
    change: set({ use_lockfile: false }),
  },
  {
    id: "state-elsewhere",
    mistake: "keeps the state in another environment's bucket",
    type: "backend",
    change: set({ bucket: "portfolio-dashboard-999999999999-us-east-1-state" }),
  },
];

/** Committed before the policies that must catch what they do: see the history of this file. */
export const operators: readonly Operator[] = [
  ...network,
  ...identity,
  ...delivering,
  ...data,
  ...containers,
  ...delivery,
  ...observability,
  ...account,
];
