import { compare, type Difference, type Json } from "./compare";

/** A difference that somebody has looked at. */
export interface Explanation {
  /** From the stack's name down; `*` stands for one part, whatever it is. */
  readonly path: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly reason: string;
}

export interface Review {
  /** Each explanation with the number of differences that it covers; none means that it is out of date. */
  readonly explained: readonly { readonly explanation: Explanation; readonly count: number }[];
  readonly unexplained: readonly Difference[];
}

export function review(differences: readonly Difference[], explanations: readonly Explanation[]): Review {
  return {
    explained: explanations.map((explanation) => ({
      explanation,
      count: differences.filter((difference) => covers(explanation, difference)).length,
    })),
    unexplained: differences.filter((difference) => !explanations.some((each) => covers(each, difference))),
  };
}

function covers({ path, before, after }: Explanation, difference: Difference): boolean {
  return (
    path.length === difference.path.length &&
    path.every((part, index) => part === "*" || part === difference.path[index]) &&
    compare(before, difference.before).length === 0 &&
    compare(after, difference.after).length === 0
  );
}
