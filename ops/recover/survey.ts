import { typeOf } from "./configuration";
import { idsFromArns } from "./import-ids";
import type { Tagged } from "./tagged";

/** A resource that no state knows, and what code made it. */
export interface Unknown {
  readonly address: string;
  readonly arn: string;
  /** As `terraform import` wants it. */
  readonly id: string;
}

export interface Survey {
  /** Their address is free: the state gets them. */
  readonly imports: readonly Unknown[];
  /** The state has another at their address: they are removed. */
  readonly duplicates: readonly Unknown[];
  /**
   * Left alone: nothing in the configuration has their address any more, several have the same and none is in the state, or they keep data
   * beside the one that the state has.
   */
  readonly unclear: readonly Unknown[];
}

/** What a stack's configuration has, and what its state knows. */
export interface Known {
  readonly configured: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
  /** Every ARN and every id of the state. */
  readonly ids: ReadonlySet<string>;
}

/** Sorts what carries the tag of one stack. */
export function survey(tagged: readonly Tagged[], { configured, addresses, ids }: Known): Survey {
  const unknown = newestRevisions(tagged.flatMap(asUnknown)).filter(({ arn, id }) => !ids.has(arn) && !ids.has(id));
  const sharing = (address: string) => unknown.filter((other) => other.address === address).length;
  const free = unknown.filter(({ address }) => configured.has(address) && !addresses.has(address));
  const double = unknown.filter((each) => configured.has(each.address) && addresses.has(each.address) && !isPast(each));
  return {
    imports: free.filter(({ address }) => sharing(address) === 1),
    duplicates: double.filter((each) => !keepsData(each)),
    unclear: [
      ...double.filter(keepsData),
      ...unknown.filter(({ address }) => !configured.has(address)),
      ...free.filter(({ address }) => sharing(address) > 1),
    ],
  };
}

function asUnknown({ arn, tags }: Tagged): Unknown[] {
  const address = tags.Address ?? "";
  const id = idsFromArns[typeOf(address)]?.(arn);
  return id === undefined ? [] : [{ address, arn, id }];
}

/** Earlier revisions of a task definition stay on purpose: a rollback starts them. */
function isPast({ address }: Unknown): boolean {
  return typeOf(address) === "aws_ecs_task_definition";
}

/** What is lost with these does not come back, so a person decides. */
function keepsData({ address }: Unknown): boolean {
  const types = ["aws_cloudwatch_log_group", "aws_ecr_repository", "aws_kms_key", "aws_route53_zone", "aws_s3_bucket"];
  return types.includes(typeOf(address));
}

function newestRevisions(found: readonly Unknown[]): Unknown[] {
  const revision = ({ arn }: Unknown) => Number(arn.split(":").at(-1));
  return found.filter(
    (each) =>
      !isPast(each) ||
      found.every((other) => other.address !== each.address || other === each || revision(other) < revision(each)),
  );
}
