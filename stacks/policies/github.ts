import type { Arguments, Synthesized } from "../synthesized";
import { each, type Policy, statementsOf } from "./policy";

const issuer = "token.actions.githubusercontent.com";
/** What a job can say of itself: https://docs.github.com/en/actions/reference/security/oidc */
const subject = /^repo:[^:/*]+\/[^:/*]+:(pull_request|ref:refs\/(heads|tags)\/[^*?]+|environment:[^*?]+)$/;
const list = (value: unknown) => [value ?? []].flat() as string[];

export const githubPolicies: readonly Policy[] = [
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
    promise: "lets GitHub's jobs in by the action for web identities, for an audience that the provider knows",
    violations: (stacks) =>
      eachFederated(stacks, ({ Action, Condition, Principal }) => {
        const audiences = list(Condition?.StringEquals?.[`${issuer}:aud`]);
        return (
          Principal.Federated.endsWith(`:oidc-provider/${issuer}`) &&
          Action === "sts:AssumeRoleWithWebIdentity" &&
          audiences.length > 0 &&
          // What aws-actions/configure-aws-credentials asks for: https://github.com/aws-actions/configure-aws-credentials#oidc
          audiences.every((one) => one === "sts.amazonaws.com" && knownAudiences(stacks).includes(one))
        );
      }),
  },
  {
    // StringEquals takes a star for a letter.
    promise: "names jobs of GitHub in a form that a job's token has",
    violations: (stacks) =>
      eachFederated(stacks, ({ Condition }) => {
        const subjects = list(Condition?.StringEquals?.[`${issuer}:sub`]);
        return subjects.length > 0 && subjects.every((one) => subject.test(one));
      }),
  },
];

/** Those of the provider that the stacks make; one of elsewhere is used with the same. */
function knownAudiences(stacks: Synthesized): string[] {
  return stacks
    .resources("aws_iam_openid_connect_provider")
    .flatMap(([, { url, client_id_list }]) => (url === `https://${issuer}` ? list(client_id_list) : []));
}

/** The roles with a statement for a federated identity that is not fine. */
function eachFederated(stacks: Synthesized, isFine: (statement: Arguments) => boolean): string[] {
  return each(stacks, "aws_iam_role", ({ assume_role_policy }) =>
    statementsOf(assume_role_policy).every(
      (statement) => statement.Principal?.Federated === undefined || isFine(statement),
    ),
  );
}
