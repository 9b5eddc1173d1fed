/** How far apart the days of the data are; "period" when no other word fits. */
export const spacings = ["day", "week", "month", "quarter", "year", "period"] as const;
export type Spacing = (typeof spacings)[number];

const adjectives: Readonly<Record<Spacing, string>> = {
  day: "daily returns",
  week: "weekly returns",
  month: "monthly returns",
  quarter: "quarterly returns",
  year: "yearly returns",
  period: "returns",
};

/** "monthly returns" */
export function returnsOf(spacing: Spacing | undefined): string {
  return adjectives[spacing ?? "period"];
}
