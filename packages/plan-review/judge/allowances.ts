/** A rule that does not count for some addresses, until a day, for a reason. */
export interface Allowance {
  readonly rule: string;
  /** An address; `*` is any text. */
  readonly address: string;
  readonly reason: string;
  /** The last day on which it holds: `2026-12-31`. */
  readonly expires: string;
}

/** Something wrong with the configuration, in words for who wrote it. */
export class ConfigurationError extends Error {}

export function readAllowances(file: string, text: string, ruleIds: readonly string[]): Allowance[] {
  const { allow = [] } = parse(file, text);
  if (!Array.isArray(allow))
    throw new ConfigurationError(`${file} has an "allow" that is no list of { rule, address, reason, expires }.`);
  const problems = allow.flatMap((row, index) =>
    problemsOf(row, ruleIds).map((problem) => `allow[${index}]: ${problem}`),
  );
  if (problems.length > 0) throw new ConfigurationError(`${file}:\n  ${problems.join("\n  ")}`);
  return allow as Allowance[];
}

function parse(file: string, text: string): { allow?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    // The parser's own message quotes the text.
    throw new ConfigurationError(`${file} is not JSON.`);
  }
}

function problemsOf(row: Partial<Record<keyof Allowance, unknown>> | null, ruleIds: readonly string[]): string[] {
  const { rule, address, reason, expires } = row ?? {};
  const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";
  const isDay = isText(expires) && /^\d{4}-\d{2}-\d{2}$/.test(expires) && !Number.isNaN(Date.parse(expires));
  return [
    ...(isText(rule) && ruleIds.includes(rule)
      ? []
      : [`rule = ${JSON.stringify(rule)}; there are ${ruleIds.join(", ")}`]),
    ...(isText(address) ? [] : [`address = ${JSON.stringify(address)}; allowed: an address, in which * is any text`]),
    ...(isText(reason) ? [] : ["reason is missing: say why, for who reads this in a year"]),
    ...(isDay ? [] : [`expires = ${JSON.stringify(expires)}; allowed: a day such as 2026-12-31`]),
  ];
}

export function allowanceFor(
  allowances: readonly Allowance[],
  rule: string,
  address: string | undefined,
  today: string,
): Allowance | undefined {
  return allowances.find((each) => each.rule === rule && matches(each.address, address ?? "") && today <= each.expires);
}

/** Those whose day has passed: what they allowed counts again. */
export function expired(allowances: readonly Allowance[], today: string): Allowance[] {
  return allowances.filter(({ expires }) => expires < today);
}

function matches(pattern: string, address: string): boolean {
  const expression = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${expression.join(".*")}$`).test(address);
}
