import { createHash } from "node:crypto";
import type { Arguments } from "../../../stacks/synthesized";
import type { Operator } from "./operator";
import { mutantsPerOperator, operators, seed } from "./operators";

/** The synthesized stacks of one environment: each stack's id, and what Terraform reads. */
export type Stacks = Readonly<Record<string, Arguments>>;

/** One resource got wrong in one way. */
export interface Mutant {
  /** `<operator>/<environment>/<stack>/<address>`. */
  readonly id: string;
  readonly operator: Operator;
  readonly environment: string;
  /** The one that was changed. */
  readonly stack: string;
  /** All stacks of the environment, one of them changed. */
  readonly stacks: Stacks;
}

interface Place {
  readonly environment: string;
  readonly stack: string;
  readonly type: string;
  readonly id: string;
  readonly resource: Arguments;
}

/** The same mutants for the same stacks, each time: which of an operator's possible ones are made is decided by a hash of the seed and their names. */
export function generate(
  environments: Readonly<Record<string, Stacks>>,
  from: readonly Operator[] = operators,
): Mutant[] {
  const everywhere = Object.entries(environments).flatMap(([environment, stacks]) => places(environment, stacks));
  return from.flatMap((operator) => {
    const candidates = everywhere.filter(
      ({ type, resource, id }) => type === operator.type && (operator.applies?.(resource, id) ?? true),
    );
    if (candidates.length === 0) throw new Error(`Operator ${operator.id} applies to nothing.`);
    return candidates
      .map((place) => ({ place, order: hash(`${seed} ${operator.id} ${addressOf(place)}`) }))
      .sort((a, b) => a.order.localeCompare(b.order))
      .slice(0, mutantsPerOperator)
      .map(({ place }) => mutant(operator, environments[place.environment] as Stacks, place));
  });
}

function mutant(operator: Operator, stacks: Stacks, place: Place): Mutant {
  const { environment, stack, type, id } = place;
  const changed = { ...stacks, [stack]: structuredClone(stacks[stack]) } as Stacks;
  const siblings = siblingsOf(changed[stack] as Arguments, type);
  if (operator.change === "remove") delete siblings[id];
  else {
    const before = JSON.stringify(siblings[id]);
    operator.change(siblings[id], changed[stack] as Arguments);
    if (JSON.stringify(siblings[id]) === before) throw new Error(`Operator ${operator.id} changes nothing in ${id}.`);
  }
  return { id: `${operator.id}/${addressOf(place)}`, operator, environment, stack, stacks: changed };
}

function places(environment: string, stacks: Stacks): Place[] {
  return Object.entries(stacks).flatMap(([stack, content]) =>
    ["provider", "backend", ...Object.keys(content.resource ?? {})].flatMap((type) =>
      Object.entries(siblingsOf(content, type)).map(([id, resource]) => ({ environment, stack, type, id, resource })),
    ),
  );
}

/** Where the resources of a type, the AWS providers, or the backend stand in a stack, by id. */
function siblingsOf(content: Arguments, type: string): Arguments {
  if (type === "provider") return content.provider.aws ?? {};
  if (type === "backend") return content.terraform.backend.s3 ? content.terraform.backend : {};
  return content.resource?.[type] ?? {};
}

function addressOf({ environment, stack, type, id }: Place): string {
  return `${environment}/${stack}/${type}.${id}`;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
