import {
  account,
  actor,
  allow,
  caller,
  noActor,
  noRole,
  noTwo,
  policy,
  root,
  serviceRole,
  trust,
  two,
} from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const trusting = (name: string, as: string, more: object = {}): Call => ({
  client: "iam",
  command: "CreateRoleCommand",
  input: (made) => ({ RoleName: name, AssumeRolePolicyDocument: trust({ AWS: root(made) }, more) }),
  as,
});

const assume = (role: string, more: object = {}, by?: string): Call => ({
  client: "sts",
  command: "AssumeRoleCommand",
  input: (made) => ({ RoleArn: made[role].Role.Arn, RoleSessionName: "wrongs", ...more }),
  ...(by === undefined ? {} : { by }),
});

const api = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html";

const cluster = (name: string): Call => ({
  client: "ecs",
  command: "CreateClusterCommand",
  input: { clusterName: name },
});

export const permissionSession: Wrong[] = [
  {
    name: "role that trusts a service assumed by a person",
    service: "sts",
    kind: "permission",
    before: [caller, serviceRole("wrong-trust-service", "service"), trusting("wrong-trust-account", "open")],
    wrong: assume("service"),
    answer: { error: "AccessDenied", message: "is not authorized to perform: sts:AssumeRole" },
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html",
    explanation: "The trust policy must name the caller. Rights of the caller alone are not enough.",
    right: assume("open"),
    after: [noRole("wrong-trust-service"), noRole("wrong-trust-account")],
  },
  {
    name: "role assumed without its external id",
    service: "sts",
    kind: "permission",
    before: [
      caller,
      trusting("wrong-external-id", "role", { Condition: { StringEquals: { "sts:ExternalId": "shop" } } }),
    ],
    wrong: assume("role"),
    answer: { error: "AccessDenied", message: "sts:AssumeRole" },
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    explanation: "A condition of the trust policy on a key that the request lacks is false.",
    right: assume("role", { ExternalId: "shop" }),
    after: [noRole("wrong-external-id")],
  },
  {
    name: "trust in the whole account, but the caller may not assume",
    service: "sts",
    kind: "permission",
    before: [
      caller,
      trusting("wrong-trust-root", "goal"),
      ...two(
        "wrong-trust-root",
        () => [allow("sts:GetCallerIdentity")],
        (made) => [allow("sts:AssumeRole", made.goal.Role.Arn)],
      ),
    ],
    wrong: assume("goal", {}, "poor"),
    answer: { error: "AccessDenied", message: "sts:AssumeRole" },
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts",
    explanation:
      "Trust in account:root hands the choice to the account. The caller still needs sts:AssumeRole in its own policy.",
    right: assume("goal", {}, "rich"),
    after: [noRole("wrong-trust-root"), ...noTwo("wrong-trust-root")],
  },
  {
    name: "chained role for two hours",
    service: "sts",
    kind: "limit",
    before: [
      caller,
      {
        client: "iam",
        command: "CreateRoleCommand",
        input: (made) => ({
          RoleName: "wrong-chain-goal",
          MaxSessionDuration: 43_200,
          AssumeRolePolicyDocument: trust({ AWS: root(made) }),
        }),
        as: "goal",
      },
      ...actor("wrong-chain", "first", () => [allow("sts:AssumeRole")]),
    ],
    wrong: assume("goal", { DurationSeconds: 7200 }, "first"),
    answer: { error: "ValidationError", message: "session limit for roles assumed by role chaining" },
    source: `${api} (DurationSeconds: role chaining limits the session to one hour)`,
    explanation:
      "A role assumed by a role has one hour at most, whatever the role allows. A pipeline that goes through OIDC and then a second role meets this.",
    right: assume("goal", { DurationSeconds: 3600 }, "first"),
    after: [noRole("wrong-chain-goal"), ...noActor("wrong-chain")],
  },
  {
    name: "session longer than the role allows",
    service: "sts",
    kind: "limit",
    before: [caller, trusting("wrong-long", "role")],
    wrong: assume("role", { DurationSeconds: 7200 }),
    answer: { error: "ValidationError", message: "exceeds the MaxSessionDuration set for this role" },
    source: `${api} (DurationSeconds)`,
    explanation: "The default MaxSessionDuration is one hour. Longer sessions need a higher number on the role.",
    right: assume("role", { DurationSeconds: 3600 }),
    after: [noRole("wrong-long")],
  },
  {
    name: "session of ten minutes",
    service: "sts",
    kind: "limit",
    before: [caller, trusting("wrong-short", "role")],
    wrong: assume("role", { DurationSeconds: 600 }),
    answer: { error: "ValidationError", message: "durationSeconds" },
    source: `${api} (DurationSeconds: minimum 900)`,
    explanation: "A session has 15 minutes at least.",
    right: assume("role", { DurationSeconds: 900 }),
    after: [noRole("wrong-short")],
  },
  {
    name: "session name with a blank and a slash",
    service: "sts",
    kind: "argument",
    before: [caller, trusting("wrong-session-name", "role")],
    wrong: assume("role", { RoleSessionName: "deploy main/branch" }),
    answer: { error: "ValidationError", message: "roleSessionName" },
    source: `${api} (RoleSessionName: pattern [\\w+=,.@-]*)`,
    explanation: "A session name made from a branch name often holds a slash.",
    right: assume("role", { RoleSessionName: "deploy-main-branch" }),
    after: [noRole("wrong-session-name")],
  },
  {
    name: "session policy that leaves the action out",
    service: "sts",
    kind: "permission",
    before: [
      ...actor("wrong-session-policy", "whole", () => [allow("ecs:CreateCluster")]),
      { ...assume("wholeRole", { Policy: policy(allow("ecs:ListClusters")) }), as: "narrow" },
    ],
    wrong: { ...cluster("wrong-session-policy"), by: "narrow" },
    answer: { error: "AccessDeniedException", message: "ecs:CreateCluster" },
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session",
    explanation: "A session may do only what both the role and the session policy allow.",
    right: { ...cluster("wrong-session-policy"), by: "whole" },
    after: [
      { client: "ecs", command: "DeleteClusterCommand", input: { cluster: "wrong-session-policy" } },
      ...noActor("wrong-session-policy"),
    ],
  },
  {
    name: "permissions boundary that leaves the action out",
    service: "iam",
    kind: "permission",
    before: [
      ...two(
        "wrong-boundary",
        () => [allow("ecs:CreateCluster")],
        () => [allow("ecs:CreateCluster")],
      ),
      {
        client: "iam",
        command: "CreatePolicyCommand",
        input: { PolicyName: "wrong-boundary", PolicyDocument: policy(allow(["s3:*", "logs:*"])) },
        as: "boundary",
      },
      {
        client: "iam",
        command: "PutRolePermissionsBoundaryCommand",
        input: (made) => ({ RoleName: "wrong-boundary-poor", PermissionsBoundary: made.boundary.Policy.Arn }),
      },
    ],
    wrong: { ...cluster("wrong-boundary"), by: "poor" },
    answer: { error: "AccessDeniedException", message: "ecs:CreateCluster" },
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    explanation: "A boundary grants nothing. An action must be allowed in the boundary and in a policy of the role.",
    right: { ...cluster("wrong-boundary"), by: "rich" },
    after: [
      { client: "ecs", command: "DeleteClusterCommand", input: { cluster: "wrong-boundary" } },
      ...noTwo("wrong-boundary"),
      { client: "iam", command: "DeletePolicyCommand", input: (made) => ({ PolicyArn: made.boundary.Policy.Arn }) },
    ],
  },
  {
    name: "service prefix that no service has",
    service: "iam",
    kind: "permission",
    before: two(
      "wrong-prefix",
      () => [allow(["elasticloadbalancingv2:*", "cloudwatchlogs:*"])],
      () => [allow("elasticloadbalancing:DescribeLoadBalancers")],
    ),
    wrong: { client: "elastic-load-balancing-v2", command: "DescribeLoadBalancersCommand", by: "poor", input: {} },
    answer: { error: "AccessDenied", message: "elasticloadbalancing:DescribeLoadBalancers" },
    source:
      "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html (service prefix: elasticloadbalancing)",
    explanation:
      "IAM takes a policy with an unknown prefix and it then allows nothing. The prefix is not the name of the SDK package.",
    right: { client: "elastic-load-balancing-v2", command: "DescribeLoadBalancersCommand", by: "rich", input: {} },
    after: noTwo("wrong-prefix"),
  },
  {
    name: "budget by a role that has only budgets:CreateBudget",
    service: "budgets",
    kind: "permission",
    before: two(
      "wrong-budget-action",
      () => [allow(["budgets:CreateBudget", "budgets:DescribeBudget"])],
      () => [allow("budgets:ModifyBudget")],
    ),
    wrong: budget("poor"),
    answer: { error: "AccessDeniedException", message: "budgets:ModifyBudget" },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html",
    explanation:
      "The call CreateBudget is checked as the action budgets:ModifyBudget. There is no action budgets:CreateBudget.",
    right: budget("rich"),
    after: [
      {
        client: "budgets",
        command: "DeleteBudgetCommand",
        input: (made) => ({ AccountId: account(made), BudgetName: "wrong-budget-action" }),
      },
      ...noTwo("wrong-budget-action"),
    ],
  },
];

function budget(by: string): Call {
  return {
    client: "budgets",
    command: "CreateBudgetCommand",
    by,
    input: (made) => ({
      AccountId: account(made),
      Budget: {
        BudgetName: "wrong-budget-action",
        BudgetType: "COST",
        TimeUnit: "MONTHLY",
        BudgetLimit: { Amount: "100", Unit: "USD" },
      },
    }),
  };
}
