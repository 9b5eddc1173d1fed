import type { Found } from "./found";

export function hasUnknown(value: unknown): boolean {
  if (value === true) return true;
  return value !== null && typeof value === "object" && Object.values(value).some(hasUnknown);
}

/** What a value that is known only after the apply comes from, by the configuration of the plan. */
export function knownAfterApply(
  { references }: Found,
  argument: string,
): { readonly text: string; readonly from: string } {
  const all = references[argument] ?? [];
  // Terraform lists `aws_sns_topic.page[0].arn`, and then `aws_sns_topic.page[0]` and `aws_sns_topic.page`.
  const isPart = (each: string) => all.some((other) => each.startsWith(`${other}.`) || each.startsWith(`${other}[`));
  const sources = [...new Set(all)].filter((each) => !isPart(each) && !each.startsWith("("));
  const from = sources.length > 0 ? `, from ${sources.join(", ")}` : "";
  return { text: `(known after apply${from})`, from };
}
