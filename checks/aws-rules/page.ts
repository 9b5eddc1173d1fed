/** A rule as the emulator lists it at /_ministack/rules. */
export interface Rule {
  readonly service: string;
  readonly operations: readonly string[];
  /** AWS's error code. */
  readonly code: string;
  /** What is refused, as a sentence or a noun phrase. */
  readonly refuses: string;
  readonly source: string;
}

export async function rulesOf(endpoint: string): Promise<readonly Rule[]> {
  const answer = await fetch(`${endpoint}/_ministack/rules`);
  if (!answer.ok) throw new Error(`${endpoint} answers ${answer.status} instead of its rules.`);
  return (await answer.json()) as Rule[];
}

/** `localstack/RULES.md`: a list for each service, its rules in the order of their operations. */
export function page(rules: readonly Rule[]): string {
  const services = [...new Set(rules.map(({ service }) => service))].sort();
  return [
    "# What the emulated AWS refuses",
    "",
    "Written by `make check NAME=aws-rules ARGS=--page` from the emulator's rules; do not edit it by hand. Before these rules, each request is held against AWS's own service models: required parameters, types, lengths, ranges, patterns and enumerations. Each rule: the operations, what is refused, the error code, the source.",
    "",
    `${rules.length} rules for ${services.length} services.`,
    ...services.flatMap((service) => [
      "",
      `## ${service}`,
      "",
      ...listOf(rules.filter((rule) => rule.service === service)),
    ]),
    "",
  ].join("\n");
}

function listOf(rules: readonly Rule[]): string[] {
  return rules
    .map(({ operations, refuses, code, source }) => {
      const sentence = refuses.replaceAll(/[<*[\]]/g, (character) => `\\${character}`);
      return `- ${operations.join(", ")}: ${sentence} \`${code}\`. ${source}`.replaceAll(/\s+/g, " ");
    })
    .sort();
}
