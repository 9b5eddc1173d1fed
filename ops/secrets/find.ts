import { DescribeSecretCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { keyAlias } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import type { Named } from "./named";

export interface SecretClients {
  readonly secrets: Pick<SecretsManagerClient, "send">;
  readonly ssm: Pick<SSMClient, "send">;
}

export type Found = "there" | "absent" | "being deleted" | "without a value";

/** Whether it exists: its value is not read. */
export async function find({ kind, name }: Named, { secrets, ssm }: SecretClients): Promise<Found> {
  if (kind === "parameter") {
    const ParameterFilters = [{ Key: "Name", Option: "Equals", Values: [name] }];
    const { Parameters: found = [] } = await ssm.send(new DescribeParametersCommand({ ParameterFilters }));
    return found.some(({ Name }) => Name === name) ? "there" : "absent";
  }
  try {
    const { DeletedDate, VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId: name }));
    if (DeletedDate) return "being deleted";
    return Object.values(VersionIdsToStages).flat().includes("AWSCURRENT") ? "there" : "without a value";
  } catch (error) {
    if ((error as Error).name === "ResourceNotFoundException") return "absent";
    throw error;
  }
}

/** The command that mends it. Roles of tasks may decrypt with the environment's key, so that is what it is made with. */
export function remedyOf({ kind, name }: Named, found: Found, environment: Environment): string {
  const { region } = environment;
  if (kind === "parameter") {
    return `aws ssm put-parameter --region ${region} --type SecureString --key-id ${keyAlias(environment)} --name ${name} --value …`;
  }
  if (found === "being deleted") return `aws secretsmanager restore-secret --region ${region} --secret-id ${name}`;
  if (found === "without a value") {
    return `aws secretsmanager put-secret-value --region ${region} --secret-id ${name} --secret-string …`;
  }
  return `aws secretsmanager create-secret --region ${region} --kms-key-id ${keyAlias(environment)} --name ${name} --secret-string …`;
}
