import type { Arguments, Synthesized } from "../synthesized";
import { allows, type Request, statementsOfRole } from "./access";
import { each, named, type Policy, statementsOf } from "./policy";

const docs = "https://docs.aws.amazon.com";

/** The AWS service that takes the role which a resource names in an argument. */
export const takers: readonly { type: string; argument: string; service: string; source: string }[] = [
  ...["execution_role_arn", "task_role_arn"].map((argument) => ({
    ...{ type: "aws_ecs_task_definition", argument, service: "ecs-tasks.amazonaws.com" },
    source: `${docs}/AmazonECS/latest/developerguide/task-iam-roles.html`,
  })),
  {
    ...{ type: "aws_flow_log", argument: "iam_role_arn", service: "vpc-flow-logs.amazonaws.com" },
    source: `${docs}/vpc/latest/userguide/flow-logs-iam-role.html`,
  },
];

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
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    promise: "lets ECS pull the images, read the secrets and write the logs that a task's containers name",
    violations: (stacks) =>
      each(stacks, "aws_ecs_task_definition", (task) => {
        const role = roleIn(task.execution_role_arn);
        const statements = statementsOfRole(stacks, (reference) => role !== "" && reference.includes(role));
        const containers = JSON.parse(task.container_definitions) as Arguments[];
        return containers
          .flatMap((container) => startRequests(stacks, container))
          .every((request) => allows(statements, request));
      }),
  },
];

/** `{aws_iam_role.task_821A3805.` of a reference to it. */
function roleIn(reference: unknown): string {
  return /\{aws_iam_role\.[\w-]+\./.exec(String(reference))?.[0] ?? "";
}

function startRequests(stacks: Synthesized, { image, secrets = [], logConfiguration }: Arguments): Request[] {
  const repository = /aws_ecr_repository\.[\w-]+/.exec(stacks.resolved(image))?.[0];
  const group = /aws_cloudwatch_log_group\.[\w-]+/.exec(
    stacks.resolved(logConfiguration?.options["awslogs-group"]),
  )?.[0];
  const on = (resource: string, ...actions: string[]) => actions.map((action) => ({ action, resource }));
  return [
    ...on("*", "ecr:GetAuthorizationToken"),
    ...on(`\${${repository}.arn}`, "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
    ...on(`\${${group}.arn}:log-stream:task`, "logs:CreateLogStream", "logs:PutLogEvents"),
    // The key of a secret that is looked up is not known here.
    ...(secrets as Arguments[]).flatMap(({ valueFrom }) =>
      on(valueFrom, /:ssm:/.test(valueFrom) ? "ssm:GetParameters" : "secretsmanager:GetSecretValue"),
    ),
  ];
}
