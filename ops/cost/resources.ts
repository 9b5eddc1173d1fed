import { TerraformElement, type TerraformStack, Testing } from "cdktf";
import type { Environment } from "../../stacks/environments";
import { stacksOf } from "../../stacks/maximal-environment";
import type { Service } from "../../stacks/services";
import type { Arguments } from "../../stacks/synthesized";

export interface Resource {
  readonly stack: string;
  /** `aws_lb`; a data source has `data.` in front. */
  readonly type: string;
  /** In the configuration: how others refer to it. */
  readonly id: string;
  /** In the construct tree below its stack: how people find it. */
  readonly path: string;
  readonly arguments: Arguments;
}

/** What the stacks of an environment synthesize to, with the references between them. */
export class Resources {
  constructor(readonly all: readonly Resource[]) {}

  static of(environment: Environment, services: readonly Service[]): Resources {
    return new Resources(Object.values(stacksOf(environment, services)).flatMap(resourcesIn));
  }

  ofType(type: string): Resource[] {
    return this.all.filter((resource) => resource.type === type);
  }

  /** The resource of a type that an expression such as `${aws_ecs_service.web.name}` names. */
  referredTo(expression: unknown, type: string): Resource | undefined {
    return this.ofType(type).find((resource) => String(expression).includes(`${type}.${resource.id}.`));
  }

  /** Resources of a type, in the same stack, any of whose arguments name this one. */
  referringTo({ type, id, stack }: Resource, byType: string): Resource[] {
    return this.ofType(byType).filter(
      (resource) => resource.stack === stack && JSON.stringify(resource.arguments).includes(`${type}.${id}.`),
    );
  }
}

function resourcesIn(stack: TerraformStack): Resource[] {
  const paths = pathsIn(stack);
  const { resource = {}, data = {} } = JSON.parse(Testing.synth(stack)) as Arguments;
  const dataSources = Object.entries(data).map(([type, byId]) => [`data.${type}`, byId] as const);
  return [...Object.entries(resource), ...dataSources].flatMap(([type, byId]) =>
    Object.entries(byId as Record<string, Arguments>).map(([id, args]) => ({
      stack: stack.node.id,
      type,
      id,
      path: paths.get(id) ?? id,
      arguments: args,
    })),
  );
}

function pathsIn(stack: TerraformStack): Map<string, string> {
  const elements = stack.node.findAll().filter((construct) => TerraformElement.isTerraformElement(construct));
  return new Map(
    elements.map((element) => [element.friendlyUniqueId, element.node.path.replace(`${stack.node.path}/`, "")]),
  );
}
