import { Copy } from "../../../ops/shell/copy";
import { attempt } from "../../../ops/shell/run";
import type { Judged } from "../judge";
import { wrongs } from "../wrongs";
import type { Wrong } from "../wrongs/wrong";
import { faults } from ".";
import { faultCalls } from "./calls";
import type { Fault, Variant } from "./fault";
import { type Printed, printedWith } from "./printed";

/** What catches a fault that was put back in one way. */
export interface Row {
  readonly fault: string;
  readonly putBack: string;
  readonly caughtAt: "synthesis" | "test" | "emulated AWS" | "not a fault" | "nowhere";
  readonly message: string;
}

/** The calls that Terraform would make with one of the faults. */
export const namedCalls: readonly Wrong[] = [...wrongs, ...faultCalls].filter(({ name }) =>
  faults.some(({ calls = [] }) => calls.includes(name)),
);

/** A row for each way to put a fault back, and for each call that the emulated AWS was asked. */
export async function rowsOf(judged: readonly Judged[]): Promise<readonly Row[]> {
  const each = faults.flatMap((fault) => fault.variants.map((variant) => ({ fault, variant })));
  const printed = await printedWith(
    each.map(({ fault, variant: { name, edits, rows = "shipped" } }) => ({ name: idOf(fault, name), edits, rows })),
  );
  const rows: Row[] = [];
  for (const fault of faults) {
    for (const variant of fault.variants) rows.push(await rowOf(fault, variant, printed));
    for (const call of fault.calls ?? []) rows.push(rowOfCall(fault, call, judged));
  }
  return rows;
}

export function asTable(rows: readonly Row[]): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
  const line = (...cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  const numbers = new Map(faults.map(({ title }, index) => [title, `${index + 1}. ${title}`]));
  return [
    line("fault", "put back as", "caught at", "message"),
    line("---", "---", "---", "---"),
    ...rows.map(({ fault, putBack, caughtAt, message }) =>
      line(numbers.get(fault) ?? fault, putBack, caughtAt, message),
    ),
    "",
  ].join("\n");
}

function idOf({ title }: Fault, variant: string): string {
  return `${title}: ${variant}`;
}

async function rowOf(fault: Fault, variant: Variant, printed: readonly Printed[]): Promise<Row> {
  const { name, caught, edits } = variant;
  const shared = { fault: fault.title, putBack: name };
  const lines = printed.find((each) => each.name === idOf(fault, name))?.lines ?? [];
  const [first, ...others] = lines;
  if (first !== undefined) {
    const more = others.length > 0 ? ` (and ${others.length} more lines)` : "";
    return { ...shared, caughtAt: "synthesis", message: `${first}${more}` };
  }
  if ("harmless" in caught) return { ...shared, caughtAt: "not a fault", message: caught.harmless };
  const failure = "test" in caught ? await failureOf(caught, edits) : undefined;
  if (failure === undefined) return { ...shared, caughtAt: "nowhere", message: "" };
  return { ...shared, caughtAt: "test", message: failure };
}

/** What a unit test says of edited sources; undefined if it succeeds. */
async function failureOf(
  { test, title }: { readonly test: string; readonly title: string },
  edits: Variant["edits"],
): Promise<string | undefined> {
  const copy = await Copy.make();
  try {
    const args = ["--runTestsByPath", test, "--testNamePattern", title];
    const run = () => attempt("node_modules/.bin/jest", args, { cwd: copy.folder });
    const { output } = await copy.edited(edits, run);
    return output.includes(`✕ ${title}`) ? `${test}: ✕ ${title}` : undefined;
  } finally {
    copy.remove();
  }
}

function rowOfCall({ title }: Fault, name: string, judged: readonly Judged[]): Row {
  const found = judged.find(({ wrong }) => wrong.name === name);
  const isCaught = found?.outcome === "caught" || found?.outcome === "other words";
  return {
    ...{ fault: title, putBack: `call: ${name}` },
    caughtAt: isCaught ? "emulated AWS" : "nowhere",
    message: found?.evidence ?? "",
  };
}
