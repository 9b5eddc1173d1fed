import type { Environment } from "../../stacks/environments";
import type { Service } from "../../stacks/services";
import { type Found, find, remedyOf } from "../secrets/find";
import type { Named } from "../secrets/named";
import { type Check, missing, ok } from "./check";
import type { Clients } from "./clients";

const permissions = { secret: "secretsmanager:DescribeSecret", parameter: "ssm:DescribeParameters" };
const words: Readonly<Record<Exclude<Found, "there">, string>> = {
  absent: "not there yet",
  "being deleted": "being deleted",
  "without a value": "has no value",
};

/** Whether they exist: their values are not read. */
export function secretChecks(
  environment: Environment,
  services: readonly Service[],
  clients: Pick<Clients, "secrets" | "ssm">,
): Check[] {
  const sources = services.flatMap((service: Service) => Object.values(service.secrets));
  const secrets = sources.flatMap((source) => ("secretsManager" in source ? [source.secretsManager] : []));
  const parameters = sources.flatMap((source) => ("parameter" in source ? [source.parameter] : []));
  const check = (named: Named): Check => ({
    title: `${named.kind} ${named.name}`,
    permission: permissions[named.kind],
    ask: async () => {
      const found = await find(named, clients);
      return found === "there" ? ok("has a value") : missing(words[found], remedyOf(named, found, environment));
    },
  });
  return [
    ...[...new Set(secrets)].map((name) => check({ kind: "secret", name })),
    ...[...new Set(parameters)].map((name) => check({ kind: "parameter", name })),
  ];
}
