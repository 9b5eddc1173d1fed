import type { Arguments, Synthesized } from "../synthesized";
import { allows, type Request, refusedBy, statementsOfRole } from "./access";
import { each, named, type Policy, statementsOf } from "./policy";

/** An AWS service that takes the role which a resource names in an argument. */
interface Taker {
  readonly type: string;
  readonly argument: string;
  readonly service: string;
  /** What the service, or its agent, does with the role. Where it may not, AWS creates all of it, and nothing works, or nothing is written. */
  readonly does: (resource: Arguments, stacks: Synthesized) => readonly Request[];
  readonly source: string;
}

const docs = "https://docs.aws.amazon.com";

export const takers: readonly Taker[] = [
  {
    ...{ type: "aws_ecs_task_definition", argument: "execution_role_arn", service: "ecs-tasks.amazonaws.com" },
    does: ({ container_definitions }, stacks) =>
      (JSON.parse(container_definitions) as Arguments[]).flatMap((container) => startRequests(stacks, container)),
    source: `${docs}/AmazonECS/latest/developerguide/task_execution_IAM_role.html`,
  },
  {
    ...{ type: "aws_ecs_task_definition", argument: "task_role_arn", service: "ecs-tasks.amazonaws.com" },
    does: (task, stacks) =>
      stacks
        .resources("aws_ecs_service")
        .filter(([, service]) => service.enable_execute_command === true)
        .filter(([, { task_definition }]) => named(stacks, task_definition) === task)
        .flatMap(([, { cluster }]) => sessionRequests(stacks, cluster)),
    source: `${docs}/AmazonECS/latest/developerguide/task-iam-roles.html (ECS Exec permissions); ${docs}/AmazonECS/latest/developerguide/ecs-exec.html (logging, encryption)`,
  },
  {
    ...{ type: "aws_flow_log", argument: "iam_role_arn", service: "vpc-flow-logs.amazonaws.com" },
    does: ({ log_destination }, stacks) => [
      // The guide lists logs:CreateLogGroup, too: needed where the group is not there yet.
      ...on(`${groupIn(stacks, log_destination)}:log-stream:eni`, logsActions, "logs:DescribeLogStreams"),
      ...on("*", ["logs:DescribeLogGroups"]),
    ],
    source: `${docs}/vpc/latest/userguide/flow-logs-iam-role.html`,
  },
];

const logsActions = ["logs:CreateLogStream", "logs:PutLogEvents"];

export const rolePolicies: readonly Policy[] = [
  {
    promise: "hands each role to the service that takes it",
    violations: (stacks, { accountId }) =>
      takers.flatMap(({ type, argument, service }) =>
        each(stacks, type, (resource) => {
          const role = named(stacks, resource[argument]);
          const context = { "aws:SourceAccount": accountId };
          return (
            resource[argument] === undefined ||
            (role !== undefined &&
              allows(statementsOf(role.assume_role_policy), {
                ...{ action: "sts:AssumeRole", resource: "*", service, context },
              }))
          );
        }),
      ),
  },
  {
    promise: "lets each AWS service do what it does with the role that it takes",
    violations: (stacks) =>
      takers.flatMap(({ type, argument, does }) =>
        stacks.resources(type).flatMap(([id, resource]) => {
          const role = roleIn(resource[argument]);
          const statements = statementsOfRole(stacks, (reference) => role !== "" && reference.includes(role));
          return refusedBy(statements, does(resource, stacks)).map(
            (request) => `${type}.${id}: ${argument}: ${request.action} on ${request.resource}`,
          );
        }),
      ),
  },
];

/** `{aws_iam_role.task_821A3805.` of a reference to it. */
function roleIn(reference: unknown): string {
  return /\{aws_iam_role\.[\w-]+\./.exec(String(reference))?.[0] ?? "";
}

function on(resource: string, actions: readonly string[], ...more: readonly string[]): Request[] {
  return [...actions, ...more].map((action) => ({ action, resource }));
}

/** The ARN of the log group that an argument names. */
function groupIn(stacks: Synthesized, reference: unknown): string {
  return `\${${/aws_cloudwatch_log_group\.[\w-]+/.exec(String(stacks.resolved(reference)))?.[0]}.arn}`;
}

function startRequests(stacks: Synthesized, { image, secrets = [], logConfiguration }: Arguments): Request[] {
  const repository = /aws_ecr_repository\.[\w-]+/.exec(stacks.resolved(image))?.[0];
  const group = groupIn(stacks, logConfiguration?.options["awslogs-group"]);
  return [
    ...on("*", ["ecr:GetAuthorizationToken"]),
    ...on(`\${${repository}.arn}`, ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]),
    ...on(`${group}:log-stream:task`, logsActions),
    // The key of a secret that is looked up is not known here.
    ...(secrets as Arguments[]).flatMap(({ valueFrom }) =>
      on(valueFrom, [/:ssm:/.test(valueFrom) ? "ssm:GetParameters" : "secretsmanager:GetSecretValue"]),
    ),
  ];
}

/** What the agent of `aws ecs execute-command` does inside a container of a cluster. */
function sessionRequests(stacks: Synthesized, cluster: unknown): Request[] {
  const { log_configuration: logs, kms_key_id: key } =
    named(stacks, cluster)?.configuration?.execute_command_configuration ?? {};
  const channels = ["Create", "Open"].flatMap((verb) => [`${verb}ControlChannel`, `${verb}DataChannel`]);
  const group = groupIn(stacks, logs?.cloud_watch_log_group_name);
  return [
    ...on(
      "*",
      channels.map((channel) => `ssmmessages:${channel}`),
    ),
    ...(logs === undefined ? [] : on("*", ["logs:DescribeLogGroups"])),
    ...(logs === undefined ? [] : on(`${group}:log-stream:session`, logsActions, "logs:DescribeLogStreams")),
    ...(key === undefined ? [] : on(key, ["kms:Decrypt"])),
  ];
}
