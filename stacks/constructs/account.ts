import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import type { Environment } from "../environments";

export const project = "portfolio-dashboard";

/** Bucket names are global and backends take no variables, so account and region are part of the literal name. */
export function stateBucketName({ accountId, region }: Environment): string {
  return `${project}-${accountId}-${region}-state`;
}

/** Points a stack at its environment's account and names everything in it. */
export function useAccount(stack: TerraformStack, environment: Environment): void {
  stack.addOverride("terraform.required_version", ">= 1.11.0");
  new AwsProvider(stack, "aws", {
    region: environment.region,
    allowedAccountIds: [environment.accountId],
    defaultTags: [{ tags: { Project: project, Environment: environment.name, Stack: stack.node.id } }],
  });
}

/** Keeps the stack's state in the environment's bucket, locked by an object beside it. */
export function keepStateInBucket(stack: TerraformStack, environment: Environment): void {
  new S3Backend(stack, {
    bucket: stateBucketName(environment),
    key: `${stack.node.id}.tfstate`,
    region: environment.region,
    encrypt: true,
  });
  // CDKTF 0.21 does not know this argument of Terraform 1.10.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}

/** For the stack that creates the bucket. The path is seen from `cdktf.out/stacks/<stack>`; `tools/setup/target.ts` decides what `.state` is. */
export function keepStateOnDisk(stack: TerraformStack): void {
  new LocalBackend(stack, { path: `../../../.state/${stack.node.id}.tfstate` });
}
