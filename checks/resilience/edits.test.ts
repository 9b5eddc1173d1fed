import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Copy, Edit } from "../../ops/shell/copy";
import { root } from "../../ops/shell/paths";
import { addEverything } from "../environments/environments";
import { destroyDrill } from "./destroy";
import { faults } from "./faults";
import { change } from "./kill";
import { drillsWith } from "./prove";
import { badReleases } from "./releases";

/** What drills change in a copy of the sources must be there: else a proof that takes an hour fails at its end. */
const edits: Pick<Edit, "file" | "from">[] = [...faults.flatMap((fault) => fault.edits), ...badReleases, ...change];
addEverything({
  edit: (file: string, from: string | RegExp) => edits.push({ file, from }),
  add: (_from: string, _to: string) => {},
} as unknown as Copy);

it.each(edits)("$file has one place that is $from", ({ file, from }) => {
  const source = readFileSync(join(root, file), "utf8");
  expect(source.split(from)).toHaveLength(2);
});

it("knows the drill that must notice each fault", () => {
  const ids = [...drillsWith(1), destroyDrill].map(({ id }) => id);
  expect(faults.filter(({ drill }) => !ids.includes(drill))).toEqual([]);
  expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
});
