import { container, fargate } from "./tasks.js";
import { account, actor, allow, noActor, noRole, noTwo, region, serviceRole, two } from "./world.js";
import type { Call, Made, Wrong } from "./wrong.js";

const passed = (made: Made): string => made.execution.Role.Arn;

const register = (by: string, family: string, task = false): Call => ({
  client: "ecs",
  command: "RegisterTaskDefinitionCommand",
  by,
  input: (made) =>
    fargate(family, {
      executionRoleArn: passed(made),
      ...(task ? { taskRoleArn: made.task.Role.Arn } : {}),
      containerDefinitions: [container],
    }),
});

export const permissionPass: Wrong[] = [
  {
    name: "task definition by a role that may not pass the execution role",
    service: "iam",
    kind: "permission",
    before: [
      serviceRole("wrong-pass-execution", "execution"),
      ...two(
        "wrong-pass",
        () => [allow("ecs:RegisterTaskDefinition")],
        (made) => [allow("ecs:RegisterTaskDefinition"), allow("iam:PassRole", passed(made))],
      ),
    ],
    wrong: register("poor", "wrong-pass"),
    answer: { error: "AccessDeniedException", message: "is not authorized to perform: iam:PassRole" },
    source: "https://github.com/techservicesillinois/terraform-aws-ecs-service/issues/4",
    explanation: "Who hands a role to a service needs iam:PassRole on that role.",
    right: register("rich", "wrong-pass"),
    after: [...noTwo("wrong-pass"), noRole("wrong-pass-execution")],
  },
  {
    name: "PassRole on the execution role, but the task has a task role too",
    service: "iam",
    kind: "permission",
    before: [
      serviceRole("wrong-pass-two-execution", "execution"),
      serviceRole("wrong-pass-two-task", "task"),
      ...two(
        "wrong-pass-two",
        (made) => [allow("ecs:RegisterTaskDefinition"), allow("iam:PassRole", passed(made))],
        (made) => [allow("ecs:RegisterTaskDefinition"), allow("iam:PassRole", [passed(made), made.task.Role.Arn])],
      ),
    ],
    wrong: register("poor", "wrong-pass-two", true),
    answer: { error: "AccessDeniedException", message: "iam:PassRole" },
    source: "https://github.com/cn-terraform/terraform-aws-ecs-fargate-scheduled-task/issues/6",
    explanation: "Both roles of a task are passed. Each of them needs the permission.",
    right: register("rich", "wrong-pass-two", true),
    after: [...noTwo("wrong-pass-two"), noRole("wrong-pass-two-execution"), noRole("wrong-pass-two-task")],
  },
  {
    name: "PassRole to another service only",
    service: "iam",
    kind: "permission",
    before: [
      serviceRole("wrong-pass-to-execution", "execution"),
      ...two(
        "wrong-pass-to",
        () => [
          allow("ecs:RegisterTaskDefinition"),
          allow("iam:PassRole", "*", { Condition: { StringEquals: { "iam:PassedToService": "ecs.amazonaws.com" } } }),
        ],
        () => [
          allow("ecs:RegisterTaskDefinition"),
          allow("iam:PassRole", "*", {
            Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
          }),
        ],
      ),
    ],
    wrong: register("poor", "wrong-pass-to"),
    answer: { error: "AccessDeniedException", message: "iam:PassRole" },
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService",
    explanation: "The roles of a task are passed to ecs-tasks.amazonaws.com, not to ecs.amazonaws.com.",
    right: register("rich", "wrong-pass-to"),
    after: [...noTwo("wrong-pass-to"), noRole("wrong-pass-to-execution")],
  },
  {
    name: "event target with a role by somebody who may not pass it",
    service: "eventbridge",
    kind: "permission",
    before: [
      serviceRole("wrong-pass-event-role", "execution", "events.amazonaws.com"),
      {
        client: "eventbridge",
        command: "PutRuleCommand",
        input: { Name: "wrong-pass-event", ScheduleExpression: "rate(1 day)", State: "DISABLED" },
      },
      ...two(
        "wrong-pass-event",
        () => [allow("events:PutTargets")],
        (made) => [allow("events:PutTargets"), allow("iam:PassRole", passed(made))],
      ),
    ],
    wrong: targets("poor"),
    answer: { error: "AccessDeniedException", message: "iam:PassRole" },
    source:
      "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html (IAM PassRole permission)",
    explanation: "A target with RoleArn passes that role to EventBridge.",
    right: targets("rich"),
    after: [
      { client: "eventbridge", command: "RemoveTargetsCommand", input: { Rule: "wrong-pass-event", Ids: ["one"] } },
      { client: "eventbridge", command: "DeleteRuleCommand", input: { Name: "wrong-pass-event" } },
      ...noTwo("wrong-pass-event"),
      noRole("wrong-pass-event-role"),
    ],
  },
  {
    name: "cluster with tags by a role without ecs:TagResource",
    service: "ecs",
    kind: "permission",
    before: two(
      "wrong-tag-cluster",
      () => [allow("ecs:CreateCluster")],
      () => [allow(["ecs:CreateCluster", "ecs:TagResource"])],
    ),
    wrong: tagged("poor"),
    answer: { error: "AccessDeniedException", message: "ecs:TagResource" },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html",
    explanation:
      "Tags at creation need ecs:TagResource next to the create action. Default tags of a provider bring them to each resource.",
    right: tagged("rich"),
    after: [
      { client: "ecs", command: "DeleteClusterCommand", input: { cluster: "wrong-tag-cluster" } },
      ...noTwo("wrong-tag-cluster"),
    ],
  },
  {
    name: "a required request tag is not sent",
    service: "iam",
    kind: "permission",
    before: actor("wrong-request-tag", "one", () => [
      allow(["ecs:CreateCluster", "ecs:TagResource"], "*", {
        Condition: { StringEquals: { "aws:RequestTag/team": "shop" } },
      }),
    ]),
    wrong: { client: "ecs", command: "CreateClusterCommand", by: "one", input: { clusterName: "wrong-request-tag" } },
    answer: { error: "AccessDeniedException", message: "ecs:CreateCluster" },
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requesttag",
    explanation: "A condition on a key that is not in the request is false, so the allow does not hold.",
    right: {
      client: "ecs",
      command: "CreateClusterCommand",
      by: "one",
      input: { clusterName: "wrong-request-tag", tags: [{ key: "team", value: "shop" }] },
    },
    after: [
      { client: "ecs", command: "DeleteClusterCommand", input: { cluster: "wrong-request-tag" } },
      ...noActor("wrong-request-tag"),
    ],
  },
];

function targets(by: string): Call {
  return {
    client: "eventbridge",
    command: "PutTargetsCommand",
    by,
    input: (made) => ({
      Rule: "wrong-pass-event",
      Targets: [
        {
          Id: "one",
          Arn: `arn:aws:ecs:${region(made)}:${account(made)}:cluster/wrong-pass-event`,
          EcsParameters: {
            TaskDefinitionArn: `arn:aws:ecs:${region(made)}:${account(made)}:task-definition/wrong-pass-event:1`,
            TaskCount: 1,
          },
          RoleArn: passed(made),
        },
      ],
    }),
  };
}

function tagged(by: string): Call {
  return {
    client: "ecs",
    command: "CreateClusterCommand",
    by,
    input: { clusterName: "wrong-tag-cluster", tags: [{ key: "team", value: "shop" }] },
  };
}
