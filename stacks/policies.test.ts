import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Access, type Environment, environments } from "./environments";
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

describe("who sees the dashboard", () => {
  const promise = "shows the dashboard to addresses, to who signs in, or to everyone for a reason";
  const [policy] = policies.filter((each) => each.promise === promise);
  const [dev] = environments;
  const violations = (deployed: Environment, row: Environment) =>
    policy?.violations(Synthesized.of(...Object.values(stacksOf(deployed))), row).length;

  it.each<[string, Access, Access, number]>([
    ["all of the internet, where the row has ranges", { everyone: "a sample" }, { ranges: ["203.0.113.0/24"] }, 1],
    ["another range than the row has", { ranges: ["198.51.100.0/24"] }, { ranges: ["203.0.113.0/24"] }, 1],
    ["everyone, for another reason", { everyone: "a sample" }, { everyone: "a demonstration" }, 1],
    ["everyone, without a sign-in", { everyone: "a sample" }, maximalEnvironment.access, 1],
    ["those ranges", { ranges: ["203.0.113.0/24"] }, { ranges: ["203.0.113.0/24"] }, 0],
  ])("finds %s", (_, deployed, wanted, found) => {
    expect(violations({ ...dev, access: deployed }, { ...dev, access: wanted })).toBe(found);
  });
});
