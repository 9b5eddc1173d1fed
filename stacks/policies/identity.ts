import type { Arguments } from "../synthesized";
import { each, type Policy, statementsOf } from "./policy";

const github = "token.actions.githubusercontent.com";
/** Actions that have no resource to name. Source: the service authorization reference of each service. */
const withoutResource =
  /^(ecr:GetAuthorizationToken|logs:DescribeLogGroups|ssmmessages:(Create|Open)(Control|Data)Channel)$/;
const list = (value: unknown) => [value].flat() as string[];
const isWild = (text: string) => text === "*" || /^[\w-]+:\*$/.test(text);

/** Named workflows of the repository at a ref, and no pattern in the name of one. */
function isOurs(workflows: unknown, repository: string, ref: string): boolean {
  const named = list(workflows ?? []);
  const isNamed = (one: string) =>
    one.startsWith(`${repository}/.github/workflows/`) &&
    one.endsWith(`.yml${ref}`) &&
    !one.replace(ref, "").includes("*");
  return named.length > 0 && named.every(isNamed);
}

function everyStatement(
  type: string,
  argument: string,
  isFine: (statement: Arguments, id: string) => boolean,
): Policy["violations"] {
  return (stacks) =>
    each(stacks, type, (resource, id) => statementsOf(resource[argument]).every((statement) => isFine(statement, id)));
}

const ownRoles = /:role\/[\w-]+-\*$/;
/** The roles that a deploy passes, by the service that takes them. */
const passedRoles: Readonly<Record<string, RegExp>> = {
  "ecs-tasks.amazonaws.com": ownRoles,
  "vpc-flow-logs.amazonaws.com": ownRoles,
  "application-autoscaling.amazonaws.com":
    /:role\/aws-service-role\/ecs\.application-autoscaling\.amazonaws\.com\/\w+$/,
};

/** It publishes to topics without saying on whose behalf, so no condition can hold it to this account. */
const eventBridge = "events.amazonaws.com";

export const identityPolicies: readonly Policy[] = [
  {
    promise: "gives a service's roles exact actions on exact resources, but for actions that have none to name",
    violations: everyStatement(
      "aws_iam_role_policy",
      "policy",
      ({ Action, Resource }) =>
        list(Action).every((action) => !action.includes("*")) &&
        (list(Resource).every((resource) => resource !== "*" && !/:::?\*$/.test(resource)) ||
          list(Action).every((action) => withoutResource.test(action))),
    ),
  },
  {
    promise: "lets a service read named objects alone",
    violations: everyStatement(
      "aws_iam_role_policy",
      "policy",
      ({ Action, Resource }) =>
        !list(Action).some((action) => action.startsWith("s3:")) ||
        list(Resource).every((resource) => !resource.includes("*")),
    ),
  },
  {
    promise: "has no statement with both wildcards",
    violations: everyStatement(
      "aws_iam_policy",
      "policy",
      ({ Action, Resource }) =>
        !(list(Action).some(isWild) && list(Resource).includes("*")) ||
        list(Action).every((action) => !isWild(action) || action === "ssmmessages:*"),
    ),
  },
  {
    promise: "keeps every role of a service within the boundary",
    violations: (stacks, { accountId, name }) => {
      const boundary = `arn:aws:iam::${accountId}:policy/portfolio-dashboard-${name}-boundary`;
      return each(
        stacks,
        "aws_iam_role",
        ({ permissions_boundary }, id) => id.startsWith("github_") || permissions_boundary === boundary,
      );
    },
  },
  {
    promise: "lets one AWS service take a role, on behalf of this account",
    violations: (stacks, { accountId }) =>
      each(
        stacks,
        "aws_iam_role",
        ({ assume_role_policy }, id) =>
          id.startsWith("github_") ||
          statementsOf(assume_role_policy).every(
            ({ Principal, Condition }) =>
              /^[\w-]+\.amazonaws\.com$/.test(Principal?.Service) &&
              Condition?.StringEquals?.["aws:SourceAccount"] === accountId,
          ),
      ),
  },
  {
    promise:
      "trusts a job of GitHub by repository id and workflow: one of main or of a person's pull request to plan, one of its environment on main to deploy",
    violations: (stacks, { githubRepository, githubIds, name }) =>
      each(stacks, "aws_iam_role", ({ assume_role_policy }, id) => {
        const kind = id.match(/^github_(plan|deploy)_/)?.[1];
        if (!kind) return true;
        return statementsOf(assume_role_policy).every(({ Condition, Principal }) => {
          const claims = Condition?.StringEquals ?? {};
          const subjects = list(claims[`${github}:sub`] ?? []);
          const isMain =
            claims[`${github}:ref`] === "refs/heads/main" &&
            subjects.every((sub) =>
              sub.endsWith(kind === "deploy" ? `:environment:${name}` : ":ref:refs/heads/main"),
            ) &&
            (kind === "plan" || claims[`${github}:environment`] === name) &&
            isOurs(claims[`${github}:job_workflow_ref`], githubRepository, "@refs/heads/main");
          const isPullRequest =
            kind === "plan" &&
            subjects.every((sub) => sub.endsWith(":pull_request")) &&
            Condition?.StringNotEquals?.[`${github}:actor`] === "dependabot[bot]" &&
            Condition?.Null?.[`${github}:actor`] === "false" &&
            isOurs(Condition?.StringLike?.[`${github}:job_workflow_ref`], githubRepository, "@refs/pull/*/merge");
          return (
            Principal?.Federated !== undefined &&
            claims[`${github}:aud`] === "sts.amazonaws.com" &&
            claims[`${github}:repository_id`] === String(githubIds.repository) &&
            subjects.length > 0 &&
            (isMain || isPullRequest)
          );
        });
      }),
  },
  {
    promise: "lets a deploy make bounded roles only, and pass roles only to the services that take them",
    violations: everyStatement("aws_iam_policy", "policy", ({ Action, Resource, Condition }, id) => {
      if (id.startsWith("boundary_")) return true;
      const actions = list(Action);
      if (actions.some((action) => /^iam:(CreateRole|PutRolePolicy|AttachRolePolicy)$/.test(action))) {
        return Condition?.StringEquals?.["iam:PermissionsBoundary"] !== undefined && !list(Resource).includes("*");
      }
      if (!actions.includes("iam:PassRole")) return true;
      const receivers = list(Condition?.StringEquals?.["iam:PassedToService"] ?? []);
      const isPassed = (service: string) => list(Resource).every((role) => passedRoles[service]?.test(role));
      return receivers.length > 0 && receivers.every(isPassed);
    }),
  },
  {
    // It tries them with the caller's own permissions, on no alarm in particular:
    // https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html
    promise: "lets whoever puts a scaling policy put, read and delete the alarms that it brings",
    violations: (stacks) => {
      const statements = stacks.resources("aws_iam_policy").flatMap(([, { policy }]) => statementsOf(policy));
      const allows = (action: string) =>
        statements.some(({ Action, Resource }) => list(Action).includes(action) && list(Resource).includes("*"));
      const needed = ["PutMetricAlarm", "DescribeAlarms", "DeleteAlarms"].map((action) => `cloudwatch:${action}`);
      if (!allows("application-autoscaling:PutScalingPolicy")) return ["nobody may put a scaling policy"];
      return needed.filter((action) => !allows(action)).map((action) => `nobody may ${action} on *`);
    },
  },
  {
    // A grant is permanent, and may name anybody: https://docs.aws.amazon.com/kms/latest/developerguide/grant-authorization.html
    promise: "lets nobody grant the key but by way of an AWS service",
    violations: (stacks, environment) =>
      ["aws_iam_policy", "aws_iam_role_policy"].flatMap((type) =>
        everyStatement(
          type,
          "policy",
          ({ Action, Condition }) =>
            list(Action).every((action) => !/^(\*|kms:(\*|Create.*))$/.test(action)) ||
            Condition?.StringEquals?.["kms:ViaService"] !== undefined ||
            Condition?.Bool?.["kms:GrantIsForAWSResource"] === "true",
        )(stacks, environment),
      ),
  },
  {
    promise: "lets a plan read, and nothing else",
    violations: everyStatement(
      "aws_iam_policy",
      "policy",
      ({ Action }, id) =>
        !id.includes("plan-") ||
        list(Action).every((action) =>
          /^(kms:Decrypt|ecr:BatchGetImage|\w[\w-]*:(Get|List|Describe|View)\w*\*?)$/.test(action),
        ),
    ),
  },
  {
    promise: "keeps the key to this account, rotates it, and leaves 30 days to change one's mind",
    violations: (stacks, { accountId }) =>
      each(
        stacks,
        "aws_kms_key",
        ({ policy, enable_key_rotation, deletion_window_in_days }) =>
          enable_key_rotation === true &&
          deletion_window_in_days === 30 &&
          statementsOf(policy).every(
            ({ Principal, Condition }) =>
              Principal.AWS === `arn:aws:iam::${accountId}:root` ||
              Principal.Service === eventBridge ||
              (Principal.Service !== undefined && JSON.stringify(Condition ?? {}).includes(accountId)),
          ),
      ),
  },
  {
    promise: "lets the AWS services that tell people of this account publish, over TLS, and nobody else",
    violations: (stacks, { accountId }) => [
      ...each(stacks, "aws_sns_topic_policy", ({ policy }) =>
        admitsOnly(policy, accountId, ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"], eventBridge),
      ),
      ...each(stacks, "aws_sqs_queue_policy", ({ policy }) =>
        admitsOnly(policy, accountId, ["sns.amazonaws.com", eventBridge]),
      ),
    ],
  },
  {
    promise: "lets one rule's events be written, into their own log group",
    violations: (stacks) =>
      each(stacks, "aws_cloudwatch_log_resource_policy", ({ policy_document }) =>
        statementsOf(policy_document).every(
          ({ Resource, Action, Condition }) =>
            /^\$\{aws_cloudwatch_log_group\.[\w-]+\.arn\}:\*$/.test(Resource) &&
            (Action === "logs:CreateLogStream" ||
              /^\$\{aws_cloudwatch_event_rule\.[\w-]+\.arn\}$/.test(Condition?.ArnEquals?.["aws:SourceArn"])),
        ),
      ),
  },
];

/**
 * Whether a resource's policy refuses plain HTTP, and allows exactly these services on behalf of this account, and one more without a
 * condition if it is named.
 */
function admitsOnly(policy: string, accountId: string, services: readonly string[], unconditional?: string): boolean {
  const statements = statementsOf(policy);
  const refusals = statements.filter(({ Effect }) => Effect === "Deny");
  const admissions = statements.filter(({ Effect }) => Effect === "Allow");
  return (
    refusals.some(({ Condition }) => Condition?.Bool?.["aws:SecureTransport"] === "false") &&
    admissions.every(({ Principal, Condition }) => {
      const admitted = list(Principal?.Service ?? []).join();
      const sources = list(Condition?.ArnLike?.["aws:SourceArn"] ?? []) as string[];
      const isOurs =
        Condition?.StringEquals?.["aws:SourceAccount"] === accountId ||
        (sources.length > 0 && sources.every((arn) => arn.split(":")[4] === accountId));
      return (admitted === services.join() && isOurs) || (unconditional !== undefined && admitted === unconditional);
    })
  );
}
