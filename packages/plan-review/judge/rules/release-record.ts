import type { ClassifiedChange } from "../../classify/classify";
import { type Subject, words } from "../rule";
import { releases } from "./containers";

const value = /^(insecure_)?value(\.|$)/;

/** Whether a parameter of Systems Manager only repeats the versions of images that the same plans deploy. */
export function isRecordOfRelease({ type, differences, unknown }: ClassifiedChange, { changes }: Subject): boolean {
  if (type !== "aws_ssm_parameter" || differences.length === 0) return false;
  const deployed = new Set(changes.flatMap(releases).map(([old, now]) => `${old.version} → ${now.version}`));
  return (
    differences.every(
      (each) => value.test(each.path) && deployed.has(`${words(each.before)} → ${words(each.after)}`),
    ) && unknown.every((path) => value.test(path))
  );
}
