import type { Environment } from "../../stacks/environments";
import { maximalEnvironment, servicesWithSecrets } from "../../stacks/maximal-environment";
import { type Answers, clientsWith, deployedAccount, machineWithoutDocker, nameServers } from "./account.fixture";
import { type Result, resultOf } from "./check";
import { needsOf } from "./needs";
import { checksOf } from "./preflight";

export const natEnvironment: Environment = { ...maximalEnvironment, egress: "nat-per-az" };
const needs = needsOf(natEnvironment, servicesWithSecrets);
export const complete = deployedAccount(natEnvironment);
export const resolveNs = async () => nameServers;

/** What a check finds in the complete account, except for some answers. */
export async function found(
  title: string,
  answers: Answers,
  dns: () => Promise<readonly string[]> = resolveNs,
): Promise<Result> {
  const given = {
    environment: natEnvironment,
    services: servicesWithSecrets,
    clients: clientsWith({ ...complete, ...answers }),
    machine: machineWithoutDocker,
    resolveNs: dns,
  };
  const check = checksOf(given, needs).find((each) => each.title === title);
  if (!check) throw new Error(`No check ${title}`);
  return resultOf(check);
}
