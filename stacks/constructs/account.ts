import { DataAwsKmsAlias } from "@cdktf/provider-aws/lib/data-aws-kms-alias";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import type { Environment } from "../environments";
import { AddressTags } from "./address-tags";

export const project = "portfolio-dashboard";

/** First part of names that an account has once, such as roles, log groups and alarms. */
export function prefixOf({ name }: Environment): string {
  return `${project}-${name}`;
}

/** Bucket names are global and backends take no variables, so account and region are part of the literal name. */
export function bucketName({ accountId, region }: Environment, purpose: "state" | "access-logs" | "objects"): string {
  return `${project}-${accountId}-${region}-${purpose}`;
}

/** The alias of the environment's key, which `bootstrap` makes and the other stacks look up. */
export function keyAlias(environment: Environment): string {
  return `alias/${prefixOf(environment)}`;
}

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
