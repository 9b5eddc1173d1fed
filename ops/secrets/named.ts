import { readFileSync } from "node:fs";
import { synthesizedStack } from "../shell/paths";

/** What stacks refer to by name, and do not create. */
export interface Named {
  readonly kind: "secret" | "parameter";
  readonly name: string;
}

interface Synthesized {
  readonly data?: {
    readonly aws_secretsmanager_secret?: Readonly<Record<string, { readonly name: string }>>;
    readonly aws_secretsmanager_secret_version?: Readonly<Record<string, { readonly secret_id: string }>>;
  };
  readonly resource?: {
    readonly aws_ecs_task_definition?: Readonly<Record<string, { readonly container_definitions: string }>>;
  };
}

/** The secrets and parameters that synthesized stacks read, in a checkout. */
export function namedIn(stacks: readonly string[], folder: string): readonly Named[] {
  const found = stacks.flatMap((stack) => {
    const { data, resource }: Synthesized = JSON.parse(readFileSync(synthesizedStack(stack, folder), "utf8"));
    const versions = Object.values(data?.aws_secretsmanager_secret_version ?? {}).map(({ secret_id }) => secret_id);
    const secrets = [
      ...Object.values(data?.aws_secretsmanager_secret ?? {}).map(({ name }) => name),
      // Not those of which Terraform knows the name only later.
      ...versions.filter((name) => !name.includes("${")),
    ];
    const parameters = Object.values(resource?.aws_ecs_task_definition ?? {}).flatMap(parametersOf);
    return [
      ...secrets.map((name): Named => ({ kind: "secret", name })),
      ...parameters.map((name): Named => ({ kind: "parameter", name })),
    ];
  });
  return [...new Map(found.map((each) => [`${each.kind} ${each.name}`, each])).values()];
}

function parametersOf({ container_definitions }: { readonly container_definitions: string }): string[] {
  const containers: { readonly secrets?: readonly { readonly valueFrom: string }[] }[] =
    JSON.parse(container_definitions);
  const sources = containers.flatMap(({ secrets = [] }) => secrets.map(({ valueFrom }) => valueFrom));
  return sources.flatMap((source) => /^arn:aws:ssm:[^:]+:\d+:parameter(\/.+)$/.exec(source)?.[1] ?? []);
}
