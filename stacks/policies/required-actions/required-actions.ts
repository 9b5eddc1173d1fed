import type { Environment } from "../../environments";
import type { Arguments, Synthesized } from "../../synthesized";
import { named } from "../policy";

/** What else a request depends on. */
export interface World {
  readonly stacks: Synthesized;
  readonly environment: Environment;
}

/** Actions that Terraform's AWS provider needs for a resource. */
export interface RequiredAction {
  /** To make, change and remove it. */
  readonly write?: readonly string[];
  /** To refresh it: a plan needs these, too. */
  readonly read?: readonly string[];
  /** ARNs as IAM sees them; `*` where the actions have none. Source: the service authorization reference of the service. */
  readonly on: (resource: Arguments, world: World) => string | readonly string[];
  /** Condition keys of the request. */
  readonly context?: (resource: Arguments, world: World) => Readonly<Record<string, string>>;
}

/** Of a type of resource. */
export interface RequiredActions {
  /** Where its actions were read. */
  readonly source: string;
  readonly calls: readonly RequiredAction[];
}

/** Stands for what AWS makes up, such as the end of a load balancer's ARN. */
const made = "0123456789abcdef";
export const anywhere = () => "*";

/** `actions("ecs", "CreateCluster DeleteCluster")` */
export function actions(service: string, names: string): string[] {
  return names.split(" ").map((name) => `${service}:${name}`);
}

/** Pike's table of what a type needs, for the arguments that ours have. */
export function pike(type: string): string {
  return `https://github.com/JamesWoolfenden/pike/blob/master/src/mapping/aws/resource/${type}.json`;
}

/** The ARN of something in the environment's account and region. */
export function inRegion(service: string, path: (resource: Arguments, world: World) => string): RequiredAction["on"] {
  return (resource, world) => {
    const { region, accountId } = world.environment;
    return `arn:aws:${service}:${region}:${accountId}:${path(resource, world)}`;
  };
}

/** The ARN of something that belongs to no region. */
export function inAccount(service: string, path: (resource: Arguments, world: World) => string): RequiredAction["on"] {
  return (resource, world) => `arn:aws:${service}::${world.environment.accountId}:${path(resource, world)}`;
}

/** With the end that AWS makes up. */
export function withId(path: string): string {
  return `${path}/${made}`;
}

/** The name of what an argument names, by a reference or as text. */
export function nameOf({ stacks }: World, reference: unknown, argument = "name"): string {
  return String(named(stacks, reference)?.[argument] ?? reference);
}

/** Of most types of EC2: the changes name its ARN, and reads name nothing. */
export function ec2(kind: string, write: string, read: string): RequiredAction[] {
  return [
    { write: actions("ec2", `${write} CreateTags DeleteTags`), on: inRegion("ec2", () => withId(kind)) },
    { read: actions("ec2", read), on: anywhere },
  ];
}

/** A role that AWS makes for a service when it is first used. */
export function linkedRole(service: string): RequiredAction {
  return {
    write: ["iam:CreateServiceLinkedRole"],
    on: inAccount("iam", () => `role/aws-service-role/${service}/AWSServiceRole`),
    context: () => ({ "iam:AWSServiceName": service }),
  };
}

/** Roles that are passed to a service, by the arguments that name them. */
export function passedRoles(service: string, ...args: readonly string[]): RequiredAction {
  return {
    write: ["iam:PassRole"],
    on: (resource, world) =>
      args
        .filter((argument) => resource[argument] !== undefined)
        .map((argument) => `arn:aws:iam::${world.environment.accountId}:role/${nameOf(world, resource[argument])}`),
    context: () => ({ "iam:PassedToService": service }),
  };
}
