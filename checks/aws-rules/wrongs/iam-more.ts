import { allow, noRole, policy, serviceRole, trust } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const tasks = trust({ Service: "ecs-tasks.amazonaws.com" });

const role = (name: string, more: object = {}): Call => ({
  client: "iam",
  command: "CreateRoleCommand",
  input: { RoleName: name, AssumeRolePolicyDocument: tasks, ...more },
});

const inline = (name: string, document: string): Call => ({
  client: "iam",
  command: "PutRolePolicyCommand",
  input: { RoleName: name, PolicyName: "own", PolicyDocument: document },
});

const provider = (url: string, as?: string): Call => ({
  client: "iam",
  command: "CreateOpenIDConnectProviderCommand",
  input: {
    Url: url,
    ClientIDList: ["sts.amazonaws.com"],
    ThumbprintList: ["6938fd4d98bab03faadb97b34396831e3780aea1"],
  },
  ...(as === undefined ? {} : { as }),
});

const noProvider = (as: string): Call => ({
  client: "iam",
  command: "DeleteOpenIDConnectProviderCommand",
  input: (made) => ({ OpenIDConnectProviderArn: made[as].OpenIDConnectProviderArn }),
});

export const iamMore: Wrong[] = [
  {
    name: "role name taken",
    service: "iam",
    kind: "order",
    before: [serviceRole("wrong-iam-taken", "role")],
    wrong: role("wrong-iam-taken"),
    answer: { error: "EntityAlreadyExists", message: "Role with name wrong-iam-taken already exists" },
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html (Errors)",
    explanation:
      "Role names are unique in the account, in all regions. A second region with the same names fails here.",
    right: role("wrong-iam-free"),
    after: [noRole("wrong-iam-taken"), noRole("wrong-iam-free")],
  },
  {
    name: "role name of 65 characters",
    service: "iam",
    kind: "limit",
    before: [],
    wrong: role("w".repeat(65)),
    answer: { error: "ValidationError", message: "less than or equal to 64" },
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html (RoleName)",
    explanation: "A role name has 64 characters at most.",
    right: role("w".repeat(64)),
    after: [noRole("w".repeat(64))],
  },
  {
    name: "role with a session of half an hour at most",
    service: "iam",
    kind: "limit",
    before: [],
    wrong: role("wrong-iam-session", { MaxSessionDuration: 1800 }),
    answer: { error: "ValidationError", message: "greater than or equal to 3600" },
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html (MaxSessionDuration)",
    explanation: "MaxSessionDuration goes from one hour to twelve.",
    right: role("wrong-iam-session", { MaxSessionDuration: 3600 }),
    after: [noRole("wrong-iam-session")],
  },
  {
    name: "second OpenID Connect provider for one address",
    service: "iam",
    kind: "order",
    before: [provider("https://oidc-wrong.example.com", "first")],
    wrong: provider("https://oidc-wrong.example.com"),
    answer: { error: "EntityAlreadyExists", message: "already exists" },
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html (Errors)",
    explanation:
      "An account has one provider for each address. Two projects that both create the GitHub provider collide.",
    right: provider("https://oidc-right.example.com", "second"),
    after: [noProvider("first"), noProvider("second")],
  },
  {
    name: "attachment of a policy that does not exist",
    service: "iam",
    kind: "order",
    before: [
      serviceRole("wrong-iam-attach", "role"),
      {
        client: "iam",
        command: "CreatePolicyCommand",
        input: { PolicyName: "wrong-iam-attach", PolicyDocument: policy(allow("s3:ListAllMyBuckets")) },
        as: "policy",
      },
    ],
    wrong: {
      client: "iam",
      command: "AttachRolePolicyCommand",
      input: { RoleName: "wrong-iam-attach", PolicyArn: "arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy" },
    },
    answer: { error: "NoSuchEntity", message: "does not exist or is not attachable" },
    source:
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html (arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy)",
    explanation: "The path is part of the ARN. The execution role policy lies under service-role/.",
    right: {
      client: "iam",
      command: "AttachRolePolicyCommand",
      input: (made) => ({ RoleName: "wrong-iam-attach", PolicyArn: made.policy.Policy.Arn }),
    },
    after: [
      {
        client: "iam",
        command: "DetachRolePolicyCommand",
        input: (made) => ({ RoleName: "wrong-iam-attach", PolicyArn: made.policy.Policy.Arn }),
      },
      { client: "iam", command: "DeletePolicyCommand", input: (made) => ({ PolicyArn: made.policy.Policy.Arn }) },
      noRole("wrong-iam-attach"),
    ],
  },
  {
    name: "inline policy of more than 10240 characters",
    service: "iam",
    kind: "limit",
    before: [serviceRole("wrong-iam-size", "role")],
    wrong: inline(
      "wrong-iam-size",
      policy(
        allow(
          "s3:GetObject",
          Array.from({ length: 300 }, (_, one) => `arn:aws:s3:::a-bucket-with-a-long-name-${one}/*`),
        ),
      ),
    ),
    answer: { error: "LimitExceeded", message: "Maximum policy size of 10240 bytes exceeded for role" },
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (role policy size: 10,240 characters)",
    explanation: "All inline policies of a role share 10240 characters. White space is not counted.",
    right: inline("wrong-iam-size", policy(allow("s3:GetObject", "arn:aws:s3:::a-bucket-with-a-long-name-*/*"))),
    after: [
      { client: "iam", command: "DeleteRolePolicyCommand", input: { RoleName: "wrong-iam-size", PolicyName: "own" } },
      noRole("wrong-iam-size"),
    ],
  },
  {
    name: "policy document that is no JSON",
    service: "iam",
    kind: "argument",
    before: [serviceRole("wrong-iam-json", "role")],
    wrong: inline("wrong-iam-json", "{'Version':'2012-10-17','Statement':[]}"),
    answer: { error: "MalformedPolicyDocument" },
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html (Errors)",
    explanation: "The document must be JSON, with double quotes.",
    right: inline("wrong-iam-json", policy(allow("s3:ListAllMyBuckets"))),
    after: [
      { client: "iam", command: "DeleteRolePolicyCommand", input: { RoleName: "wrong-iam-json", PolicyName: "own" } },
      noRole("wrong-iam-json"),
    ],
  },
  {
    name: "policies come back as the JSON that was sent",
    service: "iam",
    kind: "answer",
    before: [serviceRole("wrong-iam-encoded", "role")],
    wrong: { client: "iam", command: "GetRoleCommand", input: { RoleName: "wrong-iam-encoded" } },
    answer: {
      result: (answer) =>
        answer.Role.AssumeRolePolicyDocument.startsWith("%7B") &&
        JSON.parse(decodeURIComponent(answer.Role.AssumeRolePolicyDocument)).Version === "2012-10-17",
      says: "the document URL-encoded after RFC 3986",
    },
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html",
    explanation: "A reader must decode the document before it parses or compares it.",
    right: { client: "iam", command: "ListRolePoliciesCommand", input: { RoleName: "wrong-iam-encoded" } },
    after: [noRole("wrong-iam-encoded")],
  },
];
