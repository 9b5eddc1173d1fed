import type { Environment } from "../../stacks/environments";
import type { Service } from "../../stacks/services";
import { key, oidcProvider, serviceLinkedRoles, stateBucket } from "./bootstrapped";
import { type Check, type Result, resultOf, type State, unknown } from "./check";
import type { Clients } from "./clients";
import { dockerChecks, type Machine } from "./docker";
import { domainChecks, type ResolveNs } from "./domain";
import { credentials, zones } from "./identity";
import { mailChecks } from "./mails";
import { type Needs, needsOf } from "./needs";
import { quotaChecks } from "./quota-checks";
import { secretChecks } from "./secrets";

export interface Preflight {
  readonly environment: Environment;
  readonly services: readonly Service[];
  readonly clients: Clients;
  readonly machine: Machine;
  readonly resolveNs: ResolveNs;
}

export interface Report {
  readonly results: readonly Result[];
  readonly exitCode: 0 | 1 | 2;
}

/** What a deployment needs and the account has, or lacks. Reads only. Of an account that is not the row's, nothing more is asked. */
export async function preflight(given: Preflight): Promise<Report> {
  const { environment, services, clients } = given;
  const checks = checksOf(given, needsOf(environment, services));
  const identity = await resultOf(credentials(environment, clients));
  const meant = identity.state === "ok" ? checks : checks.map(unasked);
  const results = [identity, ...(await Promise.all(meant.map(resultOf)))];
  return { results, exitCode: identity.state === "unknown" ? 2 : results.every(({ state }) => state === "ok") ? 0 : 1 };
}

/** All but whose credentials they are. */
export function checksOf(
  { environment, services, clients, machine, resolveNs }: Preflight,
  needs: Needs,
): readonly Check[] {
  return [
    zones(environment, clients),
    stateBucket(environment, clients),
    key(environment, clients),
    ...serviceLinkedRoles(environment, clients),
    oidcProvider(environment, clients),
    ...quotaChecks(environment, needs, clients),
    ...domainChecks(environment, clients, resolveNs),
    ...secretChecks(environment, services, clients),
    ...dockerChecks(environment, machine),
    ...mailChecks(environment, needs, clients),
  ];
}

function unasked(check: Check): Check {
  if (check.permission === null) return check;
  return { ...check, ask: async () => unknown("not asked: see credentials") };
}

const marks: Readonly<Record<State, string>> = { ok: "✓", missing: "✗", unknown: "?" };
const order: readonly State[] = ["ok", "missing", "unknown"];

export function countsOf(results: readonly Result[]) {
  return Object.fromEntries(
    order.map((state) => [state, results.filter((result) => result.state === state).length]),
  ) as Record<State, number>;
}

/** One line a check, its remedy below, and in the end how many there are of each. */
export function printed(results: readonly Result[]): string {
  const width = Math.max(...results.map(({ title }) => title.length));
  const lines = results.flatMap(({ state, title, found, remedy }) => [
    `${marks[state]} ${title.padEnd(width)} ${found}`,
    ...(remedy?.split("\n").map((line) => `    ${line}`) ?? []),
  ]);
  const counts = countsOf(results);
  return [...lines, order.map((state) => `${counts[state]} ${state}`).join(", ")].join("\n");
}

export function asJson({ name, accountId, region }: Environment, results: readonly Result[]): string {
  const content = { environment: name, accountId, region, checks: results, ...countsOf(results) };
  return JSON.stringify(content, null, 2);
}
