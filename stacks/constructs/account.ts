import { DataAwsKmsAlias } from "@cdktf/provider-aws/lib/data-aws-kms-alias";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import type { Environment } from "../environments";
import { AddressTags } from "./address-tags";
import { bucketName, keyAlias, project } from "./names";

export function lookUpKeyArn(stack: TerraformStack, environment: Environment): string {
  return new DataAwsKmsAlias(stack, "key", { name: keyAlias(environment) }).targetKeyArn;
}

/** Points a stack at its environment's account and tags everything in it. */
export function useAccount(stack: TerraformStack, environment: Environment): void {
  stack.addOverride("terraform.required_version", ">= 1.11.0");
  new AwsProvider(stack, "aws", {
    region: environment.region,
    allowedAccountIds: [environment.accountId],
    defaultTags: [{ tags: { Project: project, Environment: environment.name, Stack: stack.node.id } }],
  });
  Aspects.of(stack).add(new AddressTags());
}

/** Keeps the stack's state in the environment's bucket, locked by an object beside it. */
export function createBackend(stack: TerraformStack, environment: Environment): void {
  new S3Backend(stack, {
    bucket: bucketName(environment, "state"),
    key: `${stack.node.id}.tfstate`,
    region: environment.region,
    encrypt: true,
    kmsKeyId: keyAlias(environment),
  });
  // CDKTF 0.21 does not know this argument of Terraform 1.10.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}

/** For the stack that creates the bucket. The path is seen from `cdktf.out/stacks/<stack>`; `ops/deploy/target.ts` decides what `.state` is. */
export function keepStateOnDisk(stack: TerraformStack): void {
  new LocalBackend(stack, { path: `../../../.state/${stack.node.id}.tfstate` });
}
