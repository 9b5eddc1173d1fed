import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../environments";
import { deployPermissions, planPermissions } from "./deploy-permissions";
import { trustToDeploy, trustToPlan } from "./github-trust";
import { audience, issuer } from "./names";
import { policyDocument, type Statement } from "./policy-document";

export interface GithubRolesProps {
  readonly environment: Environment;
  readonly keyArn: string;
}

/**
 * What GitHub Actions may do in this account, without a stored credential: a pull request and a job on main may read, and a job of the
 * GitHub environment of this name, on main, may deploy. Free.
 */
export class GithubRoles extends Construct {
  readonly planRoleArn: string;
  readonly deployRoleArn: string;

  constructor(scope: Construct, id: string, { environment, keyArn }: GithubRolesProps) {
    super(scope, id);
    const { name, githubRepository } = environment;
    const exists = new TerraformVariable(TerraformStack.of(this), "github_oidc_provider_exists", {
      type: "bool",
      default: false,
      description: "The account has GitHub's OIDC provider, with the audience sts.amazonaws.com, from elsewhere",
    });
    const provider = new IamOpenidConnectProvider(this, "github", {
      url: `https://${issuer}`,
      clientIdList: [audience],
    });
    provider.addOverride("count", `\${var.${exists.friendlyUniqueId} ? 0 : 1}`);
    const role = (
      kind: "plan" | "deploy",
      assumeRolePolicy: string,
      permissions: Readonly<Record<string, Statement[]>>,
    ) => {
      const { name: roleName, arn } = new IamRole(this, kind, {
        name: `github-${name}-${kind}`,
        description: `GitHub Actions of ${githubRepository}: ${kind}`,
        assumeRolePolicy,
        dependsOn: [provider],
      });
      for (const [part, statements] of Object.entries(permissions)) {
        const policy = new IamPolicy(this, `${kind}-${part}`, {
          name: `github-${name}-${kind}-${part}`,
          policy: policyDocument(...statements),
        });
        new IamRolePolicyAttachment(this, `${kind}-${part}-attached`, { role: roleName, policyArn: policy.arn });
      }
      return arn;
    };
    this.planRoleArn = role("plan", trustToPlan(environment), planPermissions(environment, keyArn));
    this.deployRoleArn = role("deploy", trustToDeploy(environment), deployPermissions(environment, keyArn));
  }
}
