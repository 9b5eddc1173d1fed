import type { Environment } from "../environments";
import type { Arguments, Synthesized } from "../synthesized";

/** What every resource of every stack keeps, in each environment. */
export interface Policy {
  /** Read after "it": `opens only the public load balancer to the internet`. */
  readonly promise: string;
  /** One line for each resource that breaks it. */
  readonly violations: (stacks: Synthesized, environment: Environment) => string[];
}

/** A resource that may break a policy, and why. */
export interface PolicyException {
  readonly environment: string;
  readonly promise: string;
  /** As the policy names it: `aws_lb.public_load-balancer_1A989577`. */
  readonly resource: string;
  readonly because: string;
}

/** A line for each resource that breaks a policy without an exception, and for each exception that covers nothing. */
export function brokenPolicies(
  stacks: Synthesized,
  environment: Environment,
  policies: readonly Policy[],
  exceptions: readonly PolicyException[] = [],
): string[] {
  const own = exceptions.filter((exception) => exception.environment === environment.name);
  const broken = policies.flatMap(({ promise, violations }) =>
    violations(stacks, environment).map((resource) => ({ promise, resource })),
  );
  const isSame = (a: Pick<PolicyException, "promise" | "resource">, b: typeof a) =>
    a.promise === b.promise && a.resource === b.resource;
  return [
    ...broken
      .filter((each) => !own.some((exception) => isSame(exception, each)))
      .map(({ promise, resource }) => `${resource} breaks "${promise}"`),
    ...own
      .filter((exception) => !broken.some((each) => isSame(exception, each)))
      .map(({ promise, resource }) => `${resource} needs no exception from "${promise}"`),
  ];
}

/** The addresses of a type's resources that are not fine. */
export function each(
  stacks: Synthesized,
  type: string,
  isFine: (resource: Arguments, id: string) => boolean,
): string[] {
  return stacks
    .resources(type)
    .filter(([id, resource]) => !isFine(resource, id))
    .map(([id]) => `${type}.${id}`);
}

/** For each resource of a type the ones of another that must name it: those without are returned. */
export function lacking(stacks: Synthesized, type: string, companion: string, argument: string): string[] {
  const named = stacks.resources(companion).map(([, resource]) => String(resource[argument]));
  return each(stacks, type, (_, id) => named.some((reference) => reference.includes(`${type}.${id}.`))).map(
    (address) => `${address} has no ${companion}`,
  );
}

/** The resource that a reference names, as `${aws_iam_role.task_821A3805.arn}` does. */
export function named(stacks: Synthesized, reference: unknown): Arguments | undefined {
  const [, type, id] = /\$\{([a-z]\w+)\.([\w-]+)\./.exec(String(stacks.resolved(reference))) ?? [];
  return type === undefined ? undefined : stacks.resources(type).find(([each]) => each === id)?.[1];
}

export function statementsOf(json: string): Arguments[] {
  return (JSON.parse(json) as Arguments).Statement as Arguments[];
}

/** Containers of each task definition, with the task's id. */
export function containersOf(stacks: Synthesized): [task: string, container: Arguments][] {
  return stacks
    .resources("aws_ecs_task_definition")
    .flatMap(([id, task]) =>
      (JSON.parse(task.container_definitions) as Arguments[]).map((container): [string, Arguments] => [id, container]),
    );
}

export function eachContainer(stacks: Synthesized, isFine: (container: Arguments, task: string) => boolean): string[] {
  return containersOf(stacks)
    .filter(([task, container]) => !isFine(container, task))
    .map(([task, { name }]) => `${task}: container ${name}`);
}
