import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

interface Service {
  image: string;
  profiles?: string[];
  ports?: string[];
  environment?: Record<string, string>;
  healthcheck?: object;
  networks?: object;
}

const root = join(__dirname, "..");
const text = readFileSync(join(root, "docker-compose.localstack.yml"), "utf8");
const compose: { name: string; services: Record<string, Service> } = parse(text);
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
