import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { keepStateOnDisk, useAccount } from "./constructs/account";
import { EnvironmentKey } from "./constructs/environment-key";
import { GithubRoles } from "./constructs/github-roles";
import { bucketName, keyAlias } from "./constructs/names";
import { PermissionsBoundary } from "./constructs/permissions-boundary";
import { PrivateBucket } from "./constructs/private-bucket";
import type { Environment } from "./environments";

export interface BootstrapStackProps {
  readonly environment: Environment;
}

/**
 * What the other stacks lean on: the bucket with their state, the environment's key, the roles of GitHub Actions, the most that any other
 * role can do, and the zone of the domain, to which its registrar delegates. Once an account, by a person.
 * It is named `bootstrap-<environment>` so that `<environment>-*` leaves it alone: the others cannot even be initialized without it.
 */
export class BootstrapStack extends TerraformStack {
  constructor(scope: Construct, id: string, { environment }: BootstrapStackProps) {
    super(scope, id);
    useAccount(this, environment);
    keepStateOnDisk(this);
    const { accountId, region } = environment;

    const key = new EnvironmentKey(this, "key", { alias: keyAlias(environment), accountId, region });
    new PrivateBucket(this, "state", {
      name: bucketName(environment, "state"),
      keyArn: key.arn,
      forceDestroy: !environment.deletionProtection,
      expiry: { oldVersionsAfterDays: 90 },
    });
    new PermissionsBoundary(this, "boundary", { environment, keyArn: key.arn });
    const roles = new GithubRoles(this, "github", { environment, keyArn: key.arn });
    new TerraformOutput(this, "plan-role", { value: roles.planRoleArn });
    new TerraformOutput(this, "deploy-role", { value: roles.deployRoleArn });
    this.addPublicZone(environment);
  }

  private addPublicZone({ domain, certificateArn }: Environment): void {
    if (typeof domain !== "string" || certificateArn !== null) return;
    const zone = new Route53Zone(this, "domain", { name: domain });
    new TerraformOutput(this, "name-servers", { value: zone.nameServers });
  }
}
