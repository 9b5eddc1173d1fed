import { App } from "cdktf";
import { composeStacks } from "./environment-stacks";
import { environments } from "./environments";
import { policies } from "./policies/all";
import { type Service, services } from "./services";

const [frontend, backend] = services;
const promise = "mounts writable and shared folders only where the image declares them with VOLUME";
const undeclared: readonly Service[] = [{ ...frontend, writablePaths: ["/tmp", "/var/cache"] }, backend];
const task = "frontend-service_task_92809130: container app: /var/cache";

const compose = (table: readonly Service[], checked = policies, exceptions = [] as { resource: string }[]) =>
  composeStacks(new App({ outdir: "/nowhere" }), {
    environments,
    services: table,
    policies: checked,
    exceptions: exceptions.flatMap((exception) =>
      environments.map(({ name }) => ({ environment: name, promise, because: "a test", ...exception })),
    ),
  });

it("composes the shipped tables", () => {
  expect(() => compose(services)).not.toThrow();
});

it("refuses a row that breaks a policy, with one line for all environments", () => {
  expect(() => compose(undeclared)).toThrow(
    expect.objectContaining({ message: `policies: dev, staging, prod: ${task} breaks "${promise}"` }),
  );
});

it("lets a resource break a policy where an exception gives the reason, and refuses an exception that covers nothing", () => {
  expect(() => compose(undeclared, policies, [{ resource: task }])).not.toThrow();
  expect(() => compose(services, policies, [{ resource: task }])).toThrow(
    `${task} needs no exception from "${promise}"`,
  );
});

it("has one way past the policies, for proofs", () => {
  expect(() => compose(undeclared, [])).not.toThrow();
});
