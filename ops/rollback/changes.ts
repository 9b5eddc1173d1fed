import type { Difference } from "../../packages/plan-review/classify/differences";
import { differenceInWords } from "../../packages/plan-review/print/words";
import type { ReviewedChange } from "../../packages/plan-review/review";

/** What a rollback changes of each type, as plan-review names it. */
const ofRollback: Readonly<Record<string, RegExp>> = {
  aws_ecs_task_definition: /^container_definitions\b.*\.image$/,
  aws_ecs_service: /^task_definition$/,
  aws_ssm_parameter: /^(insecure_)?value\b/,
};

export interface Planned {
  /** What Terraform does so that other images run. */
  readonly ofRollback: readonly string[];
  /** What the checkout would change with any images: of other resources, or of the same ones. */
  readonly ofCheckout: readonly string[];
}

/** A line for each change in a plan of the stack `compute`. */
export function plannedChanges(changes: readonly ReviewedChange[]): Planned {
  const lines = changes.map(({ action, address, type, differences, unknown }) => {
    const isKept = action === "update" || action === "replace";
    const places = isKept ? [...differences.map(inWords), ...unknown.map(afterApply)] : [];
    const isExpected = ({ path }: Place) => ofRollback[type]?.test(path) === true;
    const further = places.filter((place) => !isExpected(place)).map(({ words }) => words);
    return { line: `${action} ${address}`, isOfRollback: places.some(isExpected), further };
  });
  return {
    ofRollback: lines.filter(({ isOfRollback }) => isOfRollback).map(({ line }) => line),
    ofCheckout: lines
      .filter(({ isOfRollback, further }) => !isOfRollback || further.length > 0)
      .map(({ line, further }) => (further.length > 0 ? `${line}: ${shortened(further)}` : line)),
  };
}

interface Place {
  readonly path: string;
  readonly words: string;
}

function inWords(difference: Difference): Place {
  return { path: difference.path, words: differenceInWords(difference) };
}

function afterApply(path: string): Place {
  return { path, words: `${path}: known after apply` };
}

function shortened(words: readonly string[]): string {
  const more = words.length > 3 ? [`${words.length - 3} more`] : [];
  return [...words.slice(0, 3), ...more].join("; ");
}
