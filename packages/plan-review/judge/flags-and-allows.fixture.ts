import type { Kind, Verdict } from "../effects/effect";
import { type MadeChange, reviewOf } from "../made-plan.fixture";

type Cases = Readonly<Record<string, readonly MadeChange[]>>;

/** Plans that have an effect of some kinds (of one verdict, where it is given), and plans that have none of it, each by its reason. */
export function flagsAndAllows(
  kinds: Kind | readonly Kind[],
  { flags, allows, verdict }: { readonly flags: Cases; readonly allows: Cases; readonly verdict?: Verdict },
): void {
  const found = (changes: readonly MadeChange[]) => {
    const { planFindings, changes: reviewed } = reviewOf(...changes);
    return [...planFindings, ...reviewed.flatMap(({ findings }) => findings)]
      .filter((finding) => kinds.includes(finding.rule) && (verdict === undefined || finding.verdict === verdict))
      .map(({ says }) => says);
  };
  describe([kinds].flat().join(", "), () => {
    test.each(Object.entries(flags))("flags %s", (_, changes) => expect(found(changes).length).toBeGreaterThan(0));
    test.each(Object.entries(allows))("allows %s", (_, changes) => expect(found(changes)).toEqual([]));
  });
}

/** What is said of some changes. */
export function saidOf(changes: readonly MadeChange[]): string[] {
  return reviewOf(...changes).changes.flatMap(({ findings }) => findings.map(({ says }) => says));
}
