import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../ops/shell/paths";
import { wrongs } from "../wrongs";
import { faults } from ".";
import { faultCalls } from "./calls";
import { type Printed, printedWith } from "./printed";

const variants = faults.flatMap(({ title, variants: all }) =>
  all.map((variant) => ({ ...variant, name: `${title}: ${variant.name}` })),
);
let printed: readonly Printed[];

beforeAll(async () => {
  const asItIs = (["shipped", "full", "worker"] as const).map((rows) => ({ name: rows, edits: [], rows }));
  const seen = variants.filter(({ caught }) => !("test" in caught));
  printed = await printedWith([...asItIs, ...seen.map(({ name, edits, rows = "shipped" }) => ({ name, edits, rows }))]);
}, 240_000);

it.each(["shipped", "full", "worker"])("synthesizes the tables without a fault: %s", (rows) => {
  expect(linesOf(rows)).toEqual([]);
});

it.each(variants)("$name", ({ name, caught }) => {
  if ("printed" in caught) {
    expect(caught.printed).not.toEqual([]);
    expect(linesOf(name)).toEqual(caught.printed);
  } else if ("harmless" in caught) expect(linesOf(name)).toEqual([]);
  else expect(readFileSync(join(root, caught.test), "utf8")).toContain(`"${caught.title}"`);
});

it("has each fault caught in some way, and each call that it names", () => {
  for (const { title, variants: all } of faults) {
    const isCaught = all.some(({ caught }) => "printed" in caught || "test" in caught);
    expect({ title, isCaught }).toEqual({ title, isCaught: true });
  }
  const calls = [...wrongs, ...faultCalls].map(({ name }) => name);
  expect(faults.flatMap((fault) => fault.calls ?? []).filter((name) => !calls.includes(name))).toEqual([]);
});

function linesOf(wanted: string): readonly string[] | undefined {
  return printed.find(({ name }) => name === wanted)?.lines;
}
