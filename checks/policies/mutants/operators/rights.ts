import type { Arguments } from "../../../../stacks/synthesized";
import { inJson, inStatements, type Operator, set } from "../operator";

const list = (value: unknown): string[] => [value ?? []].flat() as string[];
const names = (word: string) => (_: Arguments, id: string) => id.includes(word);
const has =
  (text: string) =>
  ({ policy }: Arguments, id: string) =>
    id.startsWith("github_") && policy.includes(text);

/** Takes an action out of a policy. */
function without(action: string) {
  return inStatements("policy", (statement) => {
    statement.Action = list(statement.Action).filter((each) => each !== action);
  });
}

function expel(service: RegExp) {
  return inJson("policy", (policy) => {
    policy.Statement = policy.Statement.filter(({ Principal }: Arguments) => {
      if (Array.isArray(Principal.Service))
        Principal.Service = list(Principal.Service).filter((each) => !service.test(each));
      return !service.test(String(Principal.Service));
    });
  });
}

export const rights: readonly Operator[] = [
  ...["iam:PassRole", "ecs:TagResource", "iam:CreateServiceLinkedRole", "elasticloadbalancing:AddTags"].map(
    (action): Operator => ({
      id: `deploy-without-${action.replace(":", "-").toLowerCase()}`,
      mistake: `lets a deploy create without ${action}`,
      type: "aws_iam_policy",
      change: without(action),
      applies: has(`"${action}"`),
    }),
  ),
  {
    id: "deploy-without-groups-of-vpc",
    mistake: "lets a deploy create load balancers, and not read the security groups of their VPC",
    type: "aws_iam_policy",
    change: without("ec2:GetSecurityGroupsForVpc"),
    applies: has("ec2:GetSecurityGroupsForVpc"),
  },
  {
    id: "deploy-without-scaling-role",
    mistake: "lets a deploy register scalable targets, and not change them",
    type: "aws_iam_policy",
    change: inJson("policy", (policy) => {
      policy.Statement = policy.Statement.filter(({ Sid }: Arguments) => Sid !== "PassScalingRole");
    }),
    applies: has("PassScalingRole"),
  },
  {
    id: "web-acl-on-a-resource",
    mistake: "names a resource for an action that has none",
    type: "aws_iam_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "AttachWebAcl") statement.Resource = "arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*";
    }),
    applies: has("AttachWebAcl"),
  },
  {
    id: "deploy-other-names",
    mistake: "lets a deploy manage roles by another name than they have",
    type: "aws_iam_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "ManageRoles") statement.Resource = statement.Resource.replace(/-\*$/, "/*");
    }),
    applies: has("ManageRoles"),
  },
  {
    id: "plan-without-budgets",
    mistake: "lets a plan read everything but the budget",
    type: "aws_iam_policy",
    change: without("budgets:ViewBudget"),
    applies: (resource, id) => id.includes("plan-") && has("budgets:ViewBudget")(resource, id),
  },
  {
    id: "lock-stays",
    mistake: "lets a deploy lock a state, and not unlock it",
    type: "aws_iam_policy",
    change: without("s3:DeleteObject"),
    applies: has("WriteState"),
  },
  {
    id: "github-assume-role",
    mistake: "lets GitHub's jobs take a role by the action of other roles",
    type: "aws_iam_role",
    change: inStatements("assume_role_policy", (statement) => {
      statement.Action = "sts:AssumeRole";
    }),
    applies: names("github"),
  },
  {
    id: "github-other-audience",
    mistake: "makes the provider for another audience than jobs ask for",
    type: "aws_iam_openid_connect_provider",
    change: set({ client_id_list: ["https://github.com/example"] }),
  },
  {
    id: "role-for-another-service",
    mistake: "lets another service take a role than the one that is handed it",
    type: "aws_iam_role",
    change: inStatements("assume_role_policy", ({ Principal }) => {
      Principal.Service = "ecs.amazonaws.com";
    }),
    applies: (_, id) => !id.includes("github"),
  },
  {
    id: "flow-log-without-groups",
    mistake: "lets the flow log write, and not find its log group",
    type: "aws_iam_role_policy",
    change: without("logs:DescribeLogGroups"),
    applies: names("traffic_write"),
  },
  {
    id: "session-without-channels",
    mistake: "allows execute-command with a role that may open no channel",
    type: "aws_iam_role_policy",
    change: inJson("policy", (policy) => {
      policy.Statement = policy.Statement.filter(({ Sid }: Arguments) => Sid !== "OpenChannels");
    }),
    applies: ({ policy }) => policy.includes("OpenChannels"),
  },
  {
    id: "session-without-key",
    mistake: "allows execute-command with a role that may not use the key of the session",
    type: "aws_iam_role_policy",
    change: inJson("policy", (policy) => {
      policy.Statement = policy.Statement.filter(({ Sid }: Arguments) => Sid !== "EncryptSession");
    }),
    applies: ({ policy }) => policy.includes("EncryptSession"),
  },
  {
    id: "key-granted-to-anybody",
    mistake: "lets a deploy grant the key to anybody",
    type: "aws_iam_policy",
    change: inStatements("policy", (statement) => {
      if (list(statement.Action).includes("kms:CreateGrant")) delete statement.Condition;
    }),
    applies: has("kms:CreateGrant"),
  },
  {
    id: "key-granted-to-nobody",
    mistake: "keeps a deploy from granting the key to repositories",
    type: "aws_iam_policy",
    change: without("kms:CreateGrant"),
    applies: has("kms:CreateGrant"),
  },
  {
    id: "task-without-logs",
    mistake: "starts tasks with a role that may not write their logs",
    type: "aws_iam_role_policy",
    change: inJson("policy", (policy) => {
      policy.Statement = policy.Statement.filter(({ Sid }: Arguments) => Sid !== "WriteLogs");
    }),
    applies: names("start-task"),
  },
  {
    id: "key-without-logs",
    mistake: "keeps CloudWatch Logs from the key of its groups",
    type: "aws_kms_key",
    change: expel(/^logs\./),
  },
  {
    id: "key-without-alarms",
    mistake: "keeps CloudWatch from the key of the topics",
    type: "aws_kms_key",
    change: expel(/^cloudwatch\./),
  },
  {
    id: "key-by-account-of-sns",
    mistake: "admits SNS to the key by something that it does not say",
    type: "aws_kms_key",
    change: inStatements("policy", (statement) => {
      if (statement.Principal.Service !== "sns.amazonaws.com") return;
      statement.Condition = { StringEquals: { "aws:SourceAccount": "333333333333" } };
    }),
  },
  {
    id: "queue-without-policy",
    mistake: "lets nobody write what could not be delivered",
    type: "aws_sqs_queue_policy",
    change: "remove",
  },
];
