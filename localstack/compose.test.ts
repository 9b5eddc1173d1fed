import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { instance } from "../ops/emulator/instance";

interface Service {
  container_name?: string;
  hostname?: string;
  image: string;
  profiles?: string[];
  ports?: string[];
  environment?: Record<string, string>;
  healthcheck?: object;
  networks?: object;
}

const root = join(__dirname, "..");
const text = readFileSync(join(root, "docker-compose.localstack.yml"), "utf8");
const compose: { name: string; services: Record<string, Service>; networks: Record<string, { name: string }> } =
  parse(text);
const services = Object.entries(compose.services);
const started = (profile?: string) =>
  services
    .filter(([, { profiles }]) => !profiles || (profile !== undefined && profiles.includes(profile)))
    .map(([name]) => name);

it("starts the free emulator when no profile is chosen", () => {
  expect(started()).toEqual(["emulator", "control-plane", "load-balancers"]);
});

it("adds LocalStack only with its profile", () => {
  expect(started("localstack")).toContain("localstack");
});

it("asks for no variable that the default profile does not need", () => {
  expect(text).not.toMatch(/\$\{[A-Z_]+:?\?/);
});

it.each(services)("%s is reachable from this machine alone", (_name, { ports = [] }) => {
  for (const port of ports) {
    expect(port).toMatch(/^127\.0\.0\.1:/);
  }
});

it.each(services)("%s says when it is ready", (_name, { healthcheck }) => {
  expect(healthcheck).toBeDefined();
});

it.each(services)("%s has a pinned image or one that is built here", (_name, { image }) => {
  expect(image).toMatch(/^portfolio-dashboard\/[a-z-]+$|:[0-9][0-9.]+$/);
});

it("knows the accounts and the private names of every environment", () => {
  const table = readFileSync(join(root, "stacks/environments.ts"), "utf8");
  const accounts = [...table.matchAll(/accountId: "(\d{12})"/g)].map(([, account]) => account);
  const names = [...table.matchAll(/^ {4}name: "(\w+)"/gm)].map(([, name]) => `backend.${name}.internal`);
  expect(compose.services["load-balancers"]?.environment?.ACCOUNTS).toContain(accounts.join(","));
  expect(compose.services["load-balancers"]?.networks).toMatchObject({ aws: { aliases: names } });
});

/** As Compose does it: `${NAME:+-${NAME:-}}`. */
function named(text = "", name = ""): string {
  return text.replaceAll(/\$\{EMULATOR_INSTANCE:\+-\$\{EMULATOR_INSTANCE:-\}\}/g, name && `-${name}`);
}

it.each(["", "proof"])("has the names of the instance %j", (name) => {
  const before = process.env.EMULATOR_INSTANCE;
  process.env.EMULATOR_INSTANCE = name;
  const { project, container } = instance();
  process.env.EMULATOR_INSTANCE = before ?? "";
  const { container_name, hostname, environment } = compose.services.emulator as Service;
  for (const text of [container_name, hostname, environment?.HOSTNAME]) expect(named(text, name)).toBe(container);
  for (const text of [compose.name, compose.networks.aws?.name]) expect(named(text, name)).toBe(project);
});
