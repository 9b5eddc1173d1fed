import { account, allow, caller, noRole, policy, serviceRole, trust } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const managed = (name: string, as: string): Call => ({
  client: "iam",
  command: "CreatePolicyCommand",
  input: { PolicyName: name, PolicyDocument: policy(allow("s3:ListAllMyBuckets")) },
  as,
});

const noPolicy = (as: string): Call => ({
  client: "iam",
  command: "DeletePolicyCommand",
  input: (made) => ({ PolicyArn: made[as].Policy.Arn }),
});

const attach = (role: string, as: string): Call => ({
  client: "iam",
  command: "AttachRolePolicyCommand",
  input: (made) => ({ RoleName: role, PolicyArn: made[as].Policy.Arn }),
});

const detach = (role: string, as: string): Call => ({
  client: "iam",
  command: "DetachRolePolicyCommand",
  input: (made) => ({ RoleName: role, PolicyArn: made[as].Policy.Arn }),
});

const role = (name: string, document: string, more: object = {}): Call => ({
  client: "iam",
  command: "CreateRoleCommand",
  input: { RoleName: name, AssumeRolePolicyDocument: document, ...more },
});

const inline = (name: string, document: string): Call => ({
  client: "iam",
  command: "PutRolePolicyCommand",
  input: { RoleName: name, PolicyName: "own", PolicyDocument: document },
});

const noInline = (name: string): Call => ({
  client: "iam",
  command: "DeleteRolePolicyCommand",
  input: { RoleName: name, PolicyName: "own" },
});

const version = (as: string): Call => ({
  client: "iam",
  command: "CreatePolicyVersionCommand",
  input: (made) => ({
    PolicyArn: made[as].Policy.Arn,
    PolicyDocument: policy(allow("s3:ListAllMyBuckets")),
    SetAsDefault: true,
  }),
});

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const tasks = trust({ Service: "ecs-tasks.amazonaws.com" });
const deleteRole = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html";

export const iam: Wrong[] = [
  {
    name: "role deleted while a managed policy is attached",
    service: "iam",
    kind: "order",
    before: [
      serviceRole("wrong-iam-tied", "tied"),
      serviceRole("wrong-iam-bare", "bare"),
      managed("wrong-iam-tied", "policy"),
      attach("wrong-iam-tied", "policy"),
    ],
    wrong: noRole("wrong-iam-tied"),
    answer: { error: "DeleteConflict", message: "must detach all policies first" },
    source: deleteRole,
    explanation: "Attachments must go before the role. A policy attached by hand blocks a destroy.",
    right: noRole("wrong-iam-bare"),
    after: [detach("wrong-iam-tied", "policy"), noPolicy("policy"), noRole("wrong-iam-tied")],
  },
  {
    name: "role deleted while it has an inline policy",
    service: "iam",
    kind: "order",
    before: [
      serviceRole("wrong-iam-inline", "inline"),
      serviceRole("wrong-iam-plain", "plain"),
      inline("wrong-iam-inline", policy(allow("s3:ListAllMyBuckets"))),
    ],
    wrong: noRole("wrong-iam-inline"),
    answer: { error: "DeleteConflict", message: "must delete policies first" },
    source: deleteRole,
    explanation: "Inline policies must be deleted before the role too.",
    right: noRole("wrong-iam-plain"),
    after: [noInline("wrong-iam-inline"), noRole("wrong-iam-inline")],
  },
  {
    name: "policy deleted while it is attached",
    service: "iam",
    kind: "order",
    before: [
      serviceRole("wrong-iam-policy", "role"),
      managed("wrong-iam-used", "used"),
      managed("wrong-iam-unused", "unused"),
      attach("wrong-iam-policy", "used"),
    ],
    wrong: noPolicy("used"),
    answer: { error: "DeleteConflict", message: "Cannot delete a policy attached to entities" },
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html",
    explanation: "A policy must be detached from all roles first.",
    right: noPolicy("unused"),
    after: [detach("wrong-iam-policy", "used"), noPolicy("used"), noRole("wrong-iam-policy")],
  },
  {
    name: "trust in a role that is not there yet",
    service: "iam",
    kind: "order",
    before: [caller, { ...serviceRole("wrong-iam-there", "there") }],
    wrong: {
      client: "iam",
      command: "CreateRoleCommand",
      input: (made) => ({
        RoleName: "wrong-iam-trusting",
        AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${account(made)}:role/wrong-iam-not-there` }),
      }),
    },
    answer: { error: "MalformedPolicyDocument", message: "Invalid principal in policy" },
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/8905",
    explanation: "IAM turns the ARN of a principal into its unique id at once, so the role must exist.",
    right: {
      client: "iam",
      command: "CreateRoleCommand",
      input: (made) => ({
        RoleName: "wrong-iam-trusting",
        AssumeRolePolicyDocument: trust({ AWS: made.there.Role.Arn }),
      }),
    },
    after: [noRole("wrong-iam-trusting"), noRole("wrong-iam-there")],
  },
  {
    name: "trust in a service that does not exist",
    service: "iam",
    kind: "permission",
    before: [],
    wrong: role("wrong-iam-service", trust({ Service: "ecs-task.amazonaws.com" })),
    answer: {
      error: "MalformedPolicyDocument",
      message: 'Invalid principal in policy: "SERVICE":"ecs-task.amazonaws.com"',
    },
    source: "https://github.com/hashicorp/terraform/issues/35086",
    explanation: "IAM knows the names of all services and refuses a misspelt one.",
    right: role("wrong-iam-service", tasks),
    after: [noRole("wrong-iam-service")],
  },
  {
    name: "trust policy with a resource",
    service: "iam",
    kind: "argument",
    before: [],
    wrong: role("wrong-iam-resource", trust({ Service: "ecs-tasks.amazonaws.com" }, { Resource: "*" })),
    answer: { error: "MalformedPolicyDocument", message: "Has prohibited field Resource" },
    source: "https://github.com/devopsacademyau/academy/pull/1368",
    explanation: "The resource of a trust policy is the role itself, so the field is not allowed.",
    right: role("wrong-iam-resource", tasks),
    after: [noRole("wrong-iam-resource")],
  },
  {
    name: "inline policy without a resource",
    service: "iam",
    kind: "argument",
    before: [serviceRole("wrong-iam-statement", "role")],
    wrong: inline("wrong-iam-statement", policy({ Effect: "Allow", Action: "s3:ListAllMyBuckets" })),
    answer: { error: "MalformedPolicyDocument", message: "Policy statement must contain resources" },
    source: "https://github.com/aws-samples/aws-health-aware/issues/1",
    explanation:
      "A statement of an identity policy needs Resource or NotResource. An empty list of ARNs counts as none.",
    right: inline("wrong-iam-statement", policy(allow("s3:ListAllMyBuckets"))),
    after: [noInline("wrong-iam-statement"), noRole("wrong-iam-statement")],
  },
  {
    name: "inline policy with a principal",
    service: "iam",
    kind: "argument",
    before: [serviceRole("wrong-iam-principal", "role")],
    wrong: inline("wrong-iam-principal", policy(allow("s3:ListAllMyBuckets", "*", { Principal: "*" }))),
    answer: { error: "MalformedPolicyDocument", message: "Policy document should not specify a principal" },
    source: "https://github.com/hashicorp/terraform/issues/13449",
    explanation: "Principals belong to trust policies and resource policies.",
    right: inline("wrong-iam-principal", policy(allow("s3:ListAllMyBuckets"))),
    after: [noInline("wrong-iam-principal"), noRole("wrong-iam-principal")],
  },
  {
    name: "sixth version of a policy",
    service: "iam",
    kind: "limit",
    before: [
      managed("wrong-iam-versions", "full"),
      managed("wrong-iam-version", "young"),
      ...numbers(4).map(() => version("full")),
    ],
    wrong: version("full"),
    answer: { error: "LimitExceeded", message: "up to 5 versions" },
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html",
    explanation:
      "A managed policy keeps five versions. The oldest must be deleted first. Terraform does so by itself, scripts often do not.",
    right: version("young"),
  },
  {
    name: "eleventh policy on a role",
    service: "iam",
    kind: "limit",
    before: [
      serviceRole("wrong-iam-eleven", "full"),
      serviceRole("wrong-iam-one", "young"),
      ...numbers(11).map((one) => managed(`wrong-iam-eleven-${one}`, `policy${one}`)),
      ...numbers(10).map((one) => attach("wrong-iam-eleven", `policy${one}`)),
    ],
    wrong: attach("wrong-iam-eleven", "policy10"),
    answer: { error: "LimitExceeded", message: "Cannot exceed quota for PoliciesPerRole" },
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (managed policies attached to a role: 10)",
    explanation: "Ten managed policies for each role, unless the quota is raised.",
    right: attach("wrong-iam-one", "policy10"),
    after: [
      ...numbers(10).map((one) => detach("wrong-iam-eleven", `policy${one}`)),
      detach("wrong-iam-one", "policy10"),
      ...numbers(11).map((one) => noPolicy(`policy${one}`)),
      noRole("wrong-iam-eleven"),
      noRole("wrong-iam-one"),
    ],
  },
];
