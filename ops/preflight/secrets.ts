import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import type { Environment } from "../../stacks/environments";
import type { Service } from "../../stacks/services";
import { type Check, missing, ok, orAbsent } from "./check";
import type { Clients } from "./clients";

type Asked = Pick<Clients, "secrets" | "ssm">;

/** Whether they exist: their values are not read. */
export function secretChecks({ region }: Environment, services: readonly Service[], clients: Asked): Check[] {
  const sources = services.flatMap((service: Service) => Object.values(service.secrets));
  const secrets = sources.flatMap((source) => ("secretsManager" in source ? [source.secretsManager] : []));
  const parameters = sources.flatMap((source) => ("parameter" in source ? [source.parameter] : []));
  return [
    ...[...new Set(secrets)].map((name) => secret(name, region, clients)),
    ...[...new Set(parameters)].map((name) => parameter(name, region, clients)),
  ];
}

function secret(name: string, region: string, { secrets }: Asked): Check {
  const ask = async () => {
    const question = secrets.send(new DescribeSecretCommand({ SecretId: name }));
    const found = await orAbsent("ResourceNotFoundException", question);
    if (!found) {
      return missing(
        "not there yet",
        `aws secretsmanager create-secret --region ${region} --name ${name} --secret-string …`,
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

function parameter(name: string, region: string, { ssm }: Asked): Check {
  const ask = async () => {
    const ParameterFilters = [{ Key: "Name", Option: "Equals", Values: [name] }];
    const { Parameters: found = [] } = await ssm.send(new DescribeParametersCommand({ ParameterFilters }));
    if (found.some(({ Name }) => Name === name)) return ok("has a value");
    return missing(
      "not there yet",
      `aws ssm put-parameter --region ${region} --type SecureString --name ${name} --value …`,
    );
  };
  return { title: `parameter ${name}`, permission: "ssm:DescribeParameters", ask };
}
