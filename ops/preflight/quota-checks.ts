import { GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import type { Environment } from "../../stacks/environments";
import { type Answer, type Check, isDenied, missing, ok, orAbsent, reasonOf, unknown } from "./check";
import type { Clients } from "./clients";
import type { Needs } from "./needs";
import { type Quota, quotas } from "./quotas";

/** Those of which an environment needs any. */
export function quotaChecks(environment: Environment, needs: Needs, clients: Clients): Check[] {
  return quotas
    .filter((quota) => quota.needed(needs) > 0)
    .map((quota) => ({
      title: quota.title,
      permission: "servicequotas:GetServiceQuota",
      ask: () => ask(quota, environment, needs, clients),
    }));
}

async function ask(quota: Quota, environment: Environment, needs: Needs, clients: Clients): Promise<Answer> {
  const needed = quota.needed(needs);
  const need = `${needed} needed${quota.when ? ` ${quota.when}` : ""}`;
  const [value, others] = await Promise.all([
    settled(limitOf(quota, clients)),
    settled(typeof quota.others === "function" ? quota.others(clients, { environment: environment.name, needs }) : 0),
  ]);
  if ("error" in value) {
    const found = `quota not known: ${reasonOf(value.error)}. ${need}; a new account has ${quota.newAccount}`;
    return unknown(found, remedyOf(value.error, "servicequotas:GetServiceQuota", page(quota, environment)));
  }
  const limit = value.result;
  const used = "error" in others ? 0 : others.result;
  const found = `quota ${limit}, ${need}`;
  if (limit < needed + used) {
    return missing(`${found}, ${usage(quota, used)}`, increase(quota, environment, needed + used));
  }
  if ("error" in others) {
    const text = `${found}; use by others not known: ${reasonOf(others.error)}`;
    return unknown(text, remedyOf(others.error, quota.permission ?? "", page(quota, environment)));
  }
  return ok(`${found}, ${usage(quota, used)}`);
}

/** AWS has no value of the account's own for some of those that nobody raised. */
async function limitOf({ service, code }: Quota, { quotas: client }: Clients): Promise<number> {
  const input = { ServiceCode: service, QuotaCode: code };
  const applied = await orAbsent("NoSuchResourceException", client.send(new GetServiceQuotaCommand(input)));
  const { Quota: found } = applied ?? (await client.send(new GetAWSDefaultServiceQuotaCommand(input)));
  if (found?.Value === undefined) throw new Error("an answer without a value");
  return found.Value;
}

function usage({ others }: Quota, used: number): string {
  if (others === null) return "use by others in the account not counted";
  return others === "none" ? "shared with nobody" : `${used} used by others`;
}

function increase({ service, code }: Quota, { region }: Environment, value: number): string {
  return `aws service-quotas request-service-quota-increase --region ${region} --service-code ${service} --quota-code ${code} --desired-value ${Math.ceil(value)}\nAWS decides, within minutes or days.`;
}

function page({ service, code }: Quota, { region }: Environment): string {
  return `Look at https://${region}.console.aws.amazon.com/servicequotas/home/services/${service}/quotas/${code}`;
}

function remedyOf(error: unknown, permission: string, otherwise: string): string {
  return isDenied(error) ? `Ask with credentials that have ${permission}.` : otherwise;
}

async function settled<T>(work: T | Promise<T>): Promise<{ readonly result: T } | { readonly error: unknown }> {
  try {
    return { result: await work };
  } catch (error) {
    return { error };
  }
}
