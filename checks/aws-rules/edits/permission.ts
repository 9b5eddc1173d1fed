import type { Arguments } from "../../../stacks/synthesized";
import { inJson, inStatements } from "../../policies/mutants/operator";
import type { Configuration } from "./configuration";
import type { Edit, Edits } from "./edit";

const isDeploy = (_: Arguments, id: string) => id.startsWith("github_deploy");
const list = (value: unknown): string[] => [value ?? []].flat() as string[];
const github = "token.actions.githubusercontent.com";

/** Takes actions out of the policies of the deploy role, with each star that covers one of them. */
function deployWithout(actions: readonly string[], on: (resource: string) => boolean = () => true): Edit {
  const covers = (pattern: string, action: string) =>
    new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i").test(action);
  const isTaken = (pattern: string) => actions.some((action) => covers(pattern, action));
  return {
    edit: (all) =>
      all.change(
        "aws_iam_policy",
        inJson("policy", (policy) => {
          for (const statement of policy.Statement as Arguments[]) {
            if (list(statement.Resource).some(on)) {
              statement.Action = list(statement.Action).filter((pattern) => !isTaken(pattern));
            }
          }
          policy.Statement = policy.Statement.filter(({ Action }: Arguments) => list(Action).length > 0);
        }),
        isDeploy,
      ),
  };
}

const lacking = [
  "iam:PassRole",
  "cloudwatch:PutMetricAlarm",
  "cloudwatch:DescribeAlarms",
  "ecs:TagResource",
  "elasticloadbalancing:AddTags",
  "ec2:CreateTags",
  "iam:CreateServiceLinkedRole",
  "budgets:ModifyBudget",
  "application-autoscaling:RegisterScalableTarget",
];

/** Changes the trust policy of the deploy role. */
function inTrust(change: (statement: Arguments) => void): (all: Configuration) => void {
  return (all) => all.change("aws_iam_role", inStatements("assume_role_policy", change), isDeploy);
}

/** Changes the subjects that the trust policy of the deploy role names. */
function withSubject(subject: (repository: string) => string): Edit {
  return {
    edit: inTrust(({ Condition: { StringEquals: equals } }) => {
      const key = `${github}:sub`;
      equals[key] = list(equals[key]).map((each) => subject(each.split(":").slice(0, 2).join(":")));
    }),
  };
}

/** Changes the services that a resource's policy names; a statement that names nobody any more goes. */
function inServices(argument: string, change: (services: string[]) => string[]): (resource: Arguments) => void {
  return inJson(argument, (policy) => {
    policy.Statement = (policy.Statement as Arguments[]).filter(({ Principal }) => {
      if (Principal?.Service === undefined) return true;
      const services = change(list(Principal.Service));
      // One stays as it was written, and is no list.
      Principal.Service = Array.isArray(Principal.Service) ? services : services[0];
      return services.length > 0;
    });
  });
}

function expel(argument: string, service: RegExp): (resource: Arguments) => void {
  return inServices(argument, (services) => services.filter((each) => !service.test(each)));
}

function replaceService(argument: string, from: string, to: string): (resource: Arguments) => void {
  return inServices(argument, (services) => services.map((each) => (each === from ? to : each)));
}

const startsTask = ["secretsmanager:GetSecretValue", "ssm:GetParameters", "kms:Decrypt"];

/** From the policy of each execution role to that of the task role beside it. */
function moveSecrets(all: Configuration): void {
  for (const [id, policy] of all.resources("aws_iam_role_policy")) {
    const document = JSON.parse(policy.policy) as Arguments;
    const isMoved = ({ Action }: Arguments) => list(Action).every((action) => startsTask.includes(action));
    const moved = document.Statement.filter(isMoved);
    const service = id.split("_")[0] ?? "";
    const [, task] =
      all.resources("aws_iam_role_policy", (_, other) => other.startsWith(`${service}_roles_work`))[0] ?? [];
    if (!id.includes("_start-task_") || moved.length === 0 || !task) continue;
    document.Statement = document.Statement.filter((statement: Arguments) => !isMoved(statement));
    policy.policy = JSON.stringify(document);
    inJson("policy", (other) => other.Statement.push(...moved))(task);
  }
}

export const permissionEdits: Edits = {
  ...Object.fromEntries(lacking.map((action) => [`deploy role without ${action}`, deployWithout([action])])),
  "deploy role cannot delete the lock file": deployWithout(["s3:DeleteObject"], (resource) =>
    resource.endsWith(".tflock"),
  ),
  "deploy role cannot use the key of the state bucket": deployWithout(
    ["kms:Decrypt", "kms:GenerateDataKey"],
    (resource) => resource.includes("aws_kms_key."),
  ),
  "trust for GitHub with StringEquals and a star": withSubject((repository) => `${repository}:*`),
  "trust for GitHub with the branch while the job has an environment": withSubject(
    (repository) => `${repository}:ref:refs/heads/main`,
  ),
  "trust for GitHub with the wrong audience": {
    edit: (all) => {
      const audience = "https://github.com/example";
      inTrust(({ Condition }) => {
        Condition.StringEquals[`${github}:aud`] = audience;
      })(all);
      all.change("aws_iam_openid_connect_provider", (provider) => {
        provider.client_id_list = [audience];
      });
    },
  },
  "trust for GitHub with the action AssumeRole": {
    edit: inTrust((statement) => {
      statement.Action = "sts:AssumeRole";
    }),
  },
  "key policy without CloudWatch Logs": {
    edit: (all) => all.change("aws_kms_key", expel("policy", /^logs\./)),
  },
  "key policy without CloudWatch for an encrypted topic": {
    edit: (all) => all.change("aws_kms_key", expel("policy", /^cloudwatch\./)),
  },
  "topic on the key that AWS manages": {
    edit: (all) =>
      all.change("aws_sns_topic", (topic) => {
        topic.kms_master_key_id = "alias/aws/sns";
      }),
  },
  "topic policy without CloudWatch": {
    edit: (all) =>
      all.change("aws_sns_topic_policy", replaceService("policy", "cloudwatch.amazonaws.com", "events.amazonaws.com")),
  },
  "topic policy without Budgets": {
    given: (all) => {
      const [topic] = all.resources("aws_sns_topic", (_, id) => id.includes("ticket"))[0] ?? [];
      all.change("aws_budgets_budget", ({ notification }) => {
        for (const each of notification as Arguments[])
          each.subscriber_sns_topic_arns = [`\${aws_sns_topic.${topic}.arn}`];
      });
    },
    edit: (all) => all.change("aws_sns_topic_policy", expel("policy", /^budgets\./)),
  },
  "queue policy without EventBridge": {
    edit: (all) => all.remove("aws_sqs_queue_policy"),
  },
  "log group of events without a resource policy": {
    edit: (all) => all.remove("aws_cloudwatch_log_resource_policy"),
  },
  "execution role without the secret": { edit: moveSecrets },
  "flow log role that trusts another service": {
    edit: (all) =>
      all.change(
        "aws_iam_role",
        replaceService("assume_role_policy", "vpc-flow-logs.amazonaws.com", "delivery.logs.amazonaws.com"),
      ),
  },
};
