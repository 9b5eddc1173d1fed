import type { Arguments } from "../../../../stacks/synthesized";
import { inJson, inStatements, type Operator, set } from "../operator";

const names = (word: string) => (_: Arguments, id: string) => id.includes(word);

export const identity: readonly Operator[] = [
  {
    id: "role-any-action",
    mistake: "allows every action",
    type: "aws_iam_role_policy",
    change: inStatements("policy", (statement) => {
      statement.Action = "*";
    }),
  },
  {
    id: "role-any-resource",
    mistake: "allows it on everything",
    type: "aws_iam_role_policy",
    change: inStatements("policy", (statement) => {
      statement.Resource = "*";
    }),
  },
  {
    id: "role-service-wildcard",
    mistake: "allows a whole service",
    type: "aws_iam_role_policy",
    change: inStatements("policy", (statement) => {
      statement.Action = `${[statement.Action].flat()[0].split(":")[0]}:*`;
    }),
  },
  {
    id: "role-bucket-wildcard",
    mistake: "reads every object",
    type: "aws_iam_role_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "ReadObjects") statement.Resource = ["arn:aws:s3:::*"];
    }),
    applies: ({ policy }) => policy.includes("ReadObjects"),
  },
  {
    id: "role-unbounded",
    mistake: "makes a role without the boundary",
    type: "aws_iam_role",
    change: set({ permissions_boundary: undefined }),
    applies: ({ permissions_boundary }) => permissions_boundary !== undefined,
  },
  {
    id: "role-trusts-account",
    mistake: "lets anybody in the account take a role",
    type: "aws_iam_role",
    change: inStatements("assume_role_policy", (statement) => {
      statement.Principal = { AWS: "*" };
      statement.Action = "sts:AssumeRole";
      delete statement.Condition;
    }),
  },
  {
    id: "role-trusts-any-account",
    mistake: "forgets whose tasks may take a role",
    type: "aws_iam_role",
    change: inStatements("assume_role_policy", (statement) => {
      delete statement.Condition;
    }),
  },
  {
    id: "github-any-repository",
    mistake: "trusts every repository of GitHub",
    type: "aws_iam_role",
    change: inStatements("assume_role_policy", (statement) => {
      statement.Condition = { StringLike: { "token.actions.githubusercontent.com:sub": "repo:*" } };
    }),
    applies: names("github"),
  },
  {
    id: "github-any-branch",
    mistake: "trusts every branch and pull request",
    type: "aws_iam_role",
    change: inJson("assume_role_policy", (policy) => {
      const [statement] = policy.Statement;
      const equals = statement.Condition.StringEquals;
      const key = "token.actions.githubusercontent.com:sub";
      statement.Condition = {
        StringEquals: { ...equals, [key]: undefined },
        StringLike: { [key]: `${equals[key][0].split(":").slice(0, 2).join(":")}:*` },
      };
    }),
    applies: names("github"),
  },
  {
    id: "github-no-audience",
    mistake: "takes tokens meant for others",
    type: "aws_iam_role",
    change: inStatements("assume_role_policy", (statement) => {
      delete statement.Condition.StringEquals["token.actions.githubusercontent.com:aud"];
    }),
    applies: names("github"),
  },
  {
    id: "deploy-administrator",
    mistake: "gives the pipeline everything",
    type: "aws_iam_policy",
    change: inJson("policy", (policy) => {
      policy.Statement = [{ Effect: "Allow", Action: "*", Resource: "*" }];
    }),
  },
  {
    id: "deploy-passes-any-role",
    mistake: "passes any role to any service",
    type: "aws_iam_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "PassRoles") {
        statement.Resource = "*";
        delete statement.Condition;
      }
    }),
    applies: ({ policy }) => policy.includes("PassRoles"),
  },
  {
    id: "deploy-passes-roles-to-scaling",
    mistake: "passes any role of the environment to Application Auto Scaling",
    type: "aws_iam_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "PassScalingRole")
        statement.Resource = statement.Resource.replace(/role\/.*/, "role/portfolio-*");
    }),
    applies: ({ policy }) => policy.includes("PassScalingRole"),
  },
  {
    id: "deploy-unbounded-roles",
    mistake: "makes roles without a boundary",
    type: "aws_iam_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "ManageBoundedRoles") delete statement.Condition;
    }),
    applies: ({ policy }) => policy.includes("ManageBoundedRoles"),
  },
  {
    id: "plan-writes",
    mistake: "lets a pull request write the state",
    type: "aws_iam_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "ReadState") statement.Action = ["s3:GetObject", "s3:PutObject"];
    }),
    applies: ({ policy }, id) => id.includes("plan-state") && policy.includes("ReadState"),
  },
  {
    id: "key-open",
    mistake: "lets other accounts use the key",
    type: "aws_kms_key",
    change: inStatements("policy", (statement) => {
      if (statement.Sid === "RolesOfThisAccount") statement.Principal = { AWS: "*" };
    }),
  },
  {
    id: "key-not-rotated",
    mistake: "never rotates the key",
    type: "aws_kms_key",
    change: set({ enable_key_rotation: false }),
  },
  {
    id: "key-deleted-soon",
    mistake: "deletes the key within a week",
    type: "aws_kms_key",
    change: set({ deletion_window_in_days: 7 }),
  },
  {
    id: "topic-open",
    mistake: "lets anybody publish alarms",
    type: "aws_sns_topic_policy",
    change: inStatements("policy", (statement) => {
      statement.Principal = "*";
      delete statement.Condition;
    }),
  },
];
