import type { Arguments } from "../../../stacks/synthesized";

/** One way to get a resource wrong. */
export interface Operator {
  readonly id: string;
  /** What somebody did, in words. */
  readonly mistake: string;
  /** A type of resource, or `provider` or `backend`. */
  readonly type: string;
  /** Changes a copy of the resource's arguments in place, and may read its stack; `remove` takes the resource away. */
  readonly change: "remove" | ((resource: Arguments, stack: Arguments) => void);
  /** Whether this resource can be got wrong in this way. Absent: each of the type. */
  readonly applies?: (resource: Arguments, id: string) => boolean;
}

/** Changes JSON inside a string argument, such as a policy. */
export function inJson(argument: string, change: (content: Arguments) => void) {
  return (resource: Arguments): void => {
    const content = JSON.parse(resource[argument]) as Arguments;
    change(content);
    resource[argument] = JSON.stringify(content);
  };
}

/** Changes each container of a task definition. */
export function inContainers(change: (container: Arguments) => void) {
  return inJson("container_definitions", (containers) => {
    for (const container of containers as Arguments[]) change(container);
  });
}

/** Changes each statement of a policy. */
export function inStatements(argument: string, change: (statement: Arguments) => void) {
  return inJson(argument, (policy) => {
    for (const statement of policy.Statement as Arguments[]) change(statement);
  });
}

/** Gives arguments other values; undefined leaves one out. */
export function set(values: Arguments) {
  return (resource: Arguments): void => {
    for (const [argument, value] of Object.entries(values)) {
      if (value === undefined) delete resource[argument];
      else resource[argument] = value;
    }
  };
}
