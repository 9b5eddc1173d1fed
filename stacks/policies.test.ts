import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Environment, environments } from "./environments";
import { maximalEnvironment, servicesWithSecrets, servicesWithWorker, stacksOf } from "./maximal-environment";
import { policies } from "./policies/all";
import { exceptions } from "./policies/exceptions";
import { brokenPolicies } from "./policies/policy";
import { type Service, services } from "./services";
import { Synthesized } from "./synthesized";

const rows: readonly [title: string, Environment, readonly Service[]][] = [
  ...environments.map((environment): [string, Environment, readonly Service[]] => [
    environment.name,
    environment,
    services,
  ]),
  ["full", maximalEnvironment, servicesWithSecrets],
  ["full, with a worker", maximalEnvironment, servicesWithWorker],
];

describe.each(rows)("in %s", (_, environment, table) => {
  const stacks = Synthesized.of(...Object.values(stacksOf(environment, table)));

  it.each(policies.map((policy) => [policy.promise, policy] as const))("%s", (promise, policy) => {
    const own = exceptions.filter((exception) => exception.promise === promise);
    expect(brokenPolicies(stacks, environment, [policy], own)).toEqual([]);
  });
});

it("promises each thing once", () => {
  const promises = policies.map(({ promise }) => promise);
  expect(new Set(promises).size).toBe(promises.length);
});

it("never asks for an environment by its name", () => {
  const sources = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?<!test)\.ts$/.test(name),
  );
  const names = environments.map(({ name }) => name).join("|");
  const asking = sources.filter((name) =>
    new RegExp(`[!=]== "(${names})"`).test(readFileSync(join(__dirname, name), "utf8")),
  );
  expect(asking).toEqual([]);
});

it("asks cdktf's own questions of constructs: with cdktf's fork `instanceof` is always false", () => {
  const sources = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?<!test)\.ts$/.test(name),
  );
  const asking = sources.filter((name) => /instanceof Terraform/.test(readFileSync(join(__dirname, name), "utf8")));
  expect(asking).toEqual([]);
});
