import type { Arguments, Synthesized } from "../synthesized";
import type { Policy } from "./policy";

/** A resource of `type` that must not be created before those of `after`, nor removed after them. */
interface Order {
  readonly type: string;
  readonly after: string;
  /** Which resources of `type` this is about; all, if it is not given. */
  readonly when?: (resource: Arguments) => boolean;
  /** Which resources of `after` the resource needs. */
  readonly which: (pair: Pair) => boolean;
  /** Whether there must be one. */
  readonly atLeastOne?: true;
  /** Where AWS, or a report of what it answers, says so. */
  readonly source: string;
}

interface Pair {
  readonly stacks: Synthesized;
  readonly resource: Arguments;
  /** The address of the resource. */
  readonly address: string;
  readonly other: Arguments;
  /** The address of the other one. */
  readonly otherAddress: string;
}

const ecsGuide = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";
const cloudFormation = "https://docs.aws.amazon.com/AWSCloudFormation/latest";
const providerDocs = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources";

/** Of pairs of types: Terraform creates side by side what does not refer to each other, and AWS refuses, or loses, what comes too early. */
export const orders: readonly Order[] = [
  {
    ...{ type: "aws_ecs_service", after: "aws_ecs_cluster_capacity_providers", atLeastOne: true },
    when: ({ capacity_provider_strategy: strategy }) => strategy !== undefined,
    which: ({ resource, other }) => contains(resource.cluster, before(other.cluster_name)),
    source: `${cloudFormation}/TemplateReference/aws-properties-ecs-service-capacityproviderstrategyitem.html`,
  },
  {
    ...{ type: "aws_ecs_service", after: "aws_iam_role_policy", which: isOfItsRoles },
    source: `${ecsGuide}/task_execution_IAM_role.html`,
  },
  {
    ...{ type: "aws_ecs_service", after: "aws_lb_listener_rule", atLeastOne: true },
    when: ({ load_balancer: balancers }) => balancers !== undefined,
    which: ({ resource, other }) =>
      ((resource.load_balancer ?? []) as Arguments[]).some(({ target_group_arn: arn }) => contains(other.action, arn)),
    source: `${cloudFormation}/TemplateReference/aws-properties-ecs-service-loadbalancer.html`,
  },
  {
    ...{ type: "aws_ecs_task_definition", after: "aws_cloudwatch_log_group", atLeastOne: true },
    which: ({ resource: { container_definitions: containers }, other, otherAddress }) =>
      contains(containers, `{${otherAddress}.`) || contains(containers, `"awslogs-group":"${other.name}"`),
    source: `${ecsGuide}/using_awslogs.html`,
  },
  {
    ...{ type: "aws_lb", after: "aws_internet_gateway", atLeastOne: true, which: always },
    when: ({ internal }) => internal !== true,
    source: `${cloudFormation}/UserGuide/aws-attribute-dependson.html#gatewayattachment`,
  },
  {
    // A NAT gateway names its address, and so waits for the internet gateway, too.
    ...{ type: "aws_eip", after: "aws_internet_gateway", atLeastOne: true, which: always },
    source: `${cloudFormation}/UserGuide/aws-attribute-dependson.html#gatewayattachment`,
  },
  {
    ...{ type: "aws_lb", after: "aws_s3_bucket_policy", atLeastOne: true },
    when: ({ access_logs: logs }) => logs?.enabled === true,
    which: ({ resource, other, otherAddress }) =>
      contains(resource.access_logs, `{${otherAddress}.`) || contains(resource.access_logs, before(other.bucket)),
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
  },
  {
    ...{ type: "aws_lb_listener", after: "aws_acm_certificate_validation" },
    when: ({ certificate_arn: certificate }) => certificate !== undefined,
    which: ({ resource, other }) =>
      resource.certificate_arn === other.certificate_arn || String(resource.certificate_arn).includes("_validation."),
    source: `${providerDocs}/acm_certificate_validation`,
  },
  {
    ...{ type: "aws_appautoscaling_target", after: "aws_ecs_service", atLeastOne: true },
    when: ({ service_namespace: namespace }) => namespace === "ecs",
    which: ({ resource, other, otherAddress }) =>
      contains(resource.resource_id, `\${${otherAddress}.`) || String(resource.resource_id).endsWith(`/${other.name}`),
    source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
  },
  {
    ...{ type: "aws_cloudwatch_composite_alarm", after: "aws_cloudwatch_metric_alarm", atLeastOne: true },
    which: ({ resource, other, otherAddress }) =>
      contains(resource.alarm_rule, `{${otherAddress}.`) || contains(resource.alarm_rule, `"${other.alarm_name}"`),
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html",
  },
  {
    ...{ type: "aws_cloudwatch_log_metric_filter", after: "aws_cloudwatch_log_group", atLeastOne: true },
    which: ({ resource, other, otherAddress }) =>
      contains(resource.log_group_name, `{${otherAddress}.`) || resource.log_group_name === other.name,
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html",
  },
  {
    ...{ type: "aws_flow_log", after: "aws_iam_role_policy", atLeastOne: true },
    when: ({ iam_role_arn: role }) => role !== undefined,
    which: isOfItsRoles,
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html",
  },
  {
    ...{ type: "aws_cloudwatch_event_target", after: "aws_cloudwatch_log_resource_policy", atLeastOne: true },
    when: ({ arn }) => contains(arn, "aws_cloudwatch_log_group") || contains(arn, ":logs:"),
    which: always,
    source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html",
  },
  {
    ...{ type: "aws_cloudwatch_event_target", after: "aws_sqs_queue_policy" },
    which: ({ resource, other }) => contains(resource, before(other.queue_url)),
    source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html",
  },
  {
    ...{ type: "aws_sns_topic_subscription", after: "aws_sqs_queue_policy" },
    which: ({ resource, other }) => contains(resource.redrive_policy, before(other.queue_url)),
    source: "https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html",
  },
  {
    ...{ type: "aws_cloudwatch_event_target", after: "aws_sns_topic_policy" },
    which: ({ resource, other, otherAddress }) =>
      contains(resource.arn, `{${otherAddress}.`) || contains(resource.arn, before(other.arn)),
    source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html",
  },
  {
    ...{ type: "aws_s3_bucket_lifecycle_configuration", after: "aws_s3_bucket_versioning" },
    which: ({ resource, other }) =>
      contains(resource.bucket, before(other.bucket)) && contains(resource.rule, "noncurrent"),
    source: `${providerDocs}/s3_bucket_lifecycle_configuration`,
  },
];

export const orderPolicies: readonly Policy[] = orders.map((order) => ({
  promise: `creates ${order.type} after each ${order.after} that it needs`,
  violations: (stacks) =>
    stacks.resources(order.type).flatMap(([id, args]) => {
      const address = `${order.type}.${id}`;
      const resource = stacks.resolved(args);
      return (order.when?.(resource) ?? true) ? missed(stacks, order, resource, address) : [];
    }),
}));

/** The resource, with each one that it needs and does not wait for. */
function missed(stacks: Synthesized, order: Order, resource: Arguments, address: string): string[] {
  const created = stacks.createdBefore(address);
  const needed = stacks
    .resources(order.after)
    .map(([id, other]) => ({ stacks, resource, address, other, otherAddress: `${order.after}.${id}` }))
    .filter(order.which);
  if (order.atLeastOne && needed.length === 0) return [`${address}: there is none`];
  return needed
    .filter(({ otherAddress }) => !created.has(otherAddress))
    .map(({ otherAddress }) => `${address}: not after ${otherAddress}`);
}

function always(): boolean {
  return true;
}

/** Whether a policy belongs to a role that the resource names, itself or through what it names. */
function isOfItsRoles({ stacks, address, other }: Pair): boolean {
  return refersToAny(other.role, stacks.createdBefore(address));
}

function refersToAny(expression: unknown, addresses: ReadonlySet<string>): boolean {
  return [...addresses].some((address) => contains(expression, `{${address}.`));
}

function contains(value: unknown, text: string): boolean {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).includes(text);
}

/** The reference to a resource, without the attribute: `${aws_sqs_queue.dead`. */
function before(expression: unknown, end = "."): string {
  const text = String(expression);
  const at = text.lastIndexOf(end);
  return at === -1 ? text : text.slice(0, at);
}
