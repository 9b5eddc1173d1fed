import type { ClassifiedChange } from "../classify/classify";
import type { Rule, Subject } from "./rule";

/**
 * What the rules that are allowed for a change do not speak about; undefined where they say it all.
 * A rule speaks about a difference when it would flag that one alone, or about the whole change when it leans on no difference at all.
 */
export function unsaid(
  change: ClassifiedChange,
  allowed: readonly Rule[],
  subject: Subject,
): ClassifiedChange | undefined {
  const flags = ({ check }: Rule, some: Pick<ClassifiedChange, "differences" | "unknown">) =>
    check({ ...subject, changes: [{ ...change, ...some }] }).some((flag) => flag.change !== undefined);
  const onWhole = allowed.filter((rule) => flags(rule, { differences: [], unknown: [] }));
  if (onWhole.length > 0 && change.action !== "update") return undefined;
  const onSome = allowed.filter((rule) => !onWhole.includes(rule));
  const isSaid = (path: string) => onWhole.some(({ speaksOf = /./ }) => speaksOf.test(path));
  const differences = change.differences.filter(
    (each) => !isSaid(each.path) && !onSome.some((rule) => flags(rule, { differences: [each], unknown: [] })),
  );
  const unknown = change.unknown.filter(
    (path) => !isSaid(path) && !onSome.some((rule) => flags(rule, { differences: [], unknown: [path] })),
  );
  const isRest = change.action !== "update" || differences.length + unknown.length > 0;
  return isRest ? { ...change, differences, unknown } : undefined;
}
