import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import { keyAlias } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import type { Service } from "../../stacks/services";
import { type Check, missing, ok, orAbsent } from "./check";
import type { Clients } from "./clients";

type Asked = Pick<Clients, "secrets" | "ssm">;

/** Whether they exist: their values are not read. Roles of tasks may decrypt with the environment's key, so that is what they are made with. */
export function secretChecks(environment: Environment, services: readonly Service[], clients: Asked): Check[] {
  const sources = services.flatMap((service: Service) => Object.values(service.secrets));
  const secrets = sources.flatMap((source) => ("secretsManager" in source ? [source.secretsManager] : []));
  const parameters = sources.flatMap((source) => ("parameter" in source ? [source.parameter] : []));
  return [
    ...[...new Set(secrets)].map((name) => secret(name, environment, clients)),
    ...[...new Set(parameters)].map((name) => parameter(name, environment, clients)),
  ];
}

function secret(name: string, environment: Environment, { secrets }: Asked): Check {
  const { region } = environment;
  const ask = async () => {
    const question = secrets.send(new DescribeSecretCommand({ SecretId: name }));
    const found = await orAbsent("ResourceNotFoundException", question);
    if (!found) {
      return missing(
        "not there yet",
        `aws secretsmanager create-secret --region ${region} --kms-key-id ${keyAlias(environment)} --name ${name} --secret-string …`,
      );
    }
    if (found.DeletedDate) {
      return missing("being deleted", `aws secretsmanager restore-secret --region ${region} --secret-id ${name}`);
    }
    const stages = Object.values(found.VersionIdsToStages ?? {}).flat();
    if (stages.includes("AWSCURRENT")) return ok("has a value");
    return missing(
      "has no value",
      `aws secretsmanager put-secret-value --region ${region} --secret-id ${name} --secret-string …`,
    );
  };
  return { title: `secret ${name}`, permission: "secretsmanager:DescribeSecret", ask };
}

function parameter(name: string, environment: Environment, { ssm }: Asked): Check {
  const ask = async () => {
    const ParameterFilters = [{ Key: "Name", Option: "Equals", Values: [name] }];
    const { Parameters: found = [] } = await ssm.send(new DescribeParametersCommand({ ParameterFilters }));
    if (found.some(({ Name }) => Name === name)) return ok("has a value");
    return missing(
      "not there yet",
      `aws ssm put-parameter --region ${environment.region} --type SecureString --key-id ${keyAlias(environment)} --name ${name} --value …`,
    );
  };
  return { title: `parameter ${name}`, permission: "ssm:DescribeParameters", ask };
}
