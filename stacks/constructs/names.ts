import type { Environment } from "../environments";

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

/** The parameter in Systems Manager whose versions are the releases of an environment. */
export function releasesParameter({ name }: Environment): string {
  return `/${project}/${name}/images`;
}

/** Host name of the account's ECR. */
export function registryOf({ accountId, region }: Environment): string {
  return `${accountId}.dkr.ecr.${region}.amazonaws.com`;
}

/** Of the tokens of GitHub Actions. */
export const issuer = "token.actions.githubusercontent.com";
/** Of the tokens that jobs exchange for credentials. */
export const audience = "sts.amazonaws.com";

/** An account has one provider of an issuer at most, so its ARN is known before. */
export function oidcProviderArn({ accountId }: Environment): string {
  return `arn:aws:iam::${accountId}:oidc-provider/${issuer}`;
}
