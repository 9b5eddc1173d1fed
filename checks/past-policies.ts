import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Copy, Edit } from "../ops/shell/copy";

/** The one way past the policies: a prop of the composition root, in a copy of the checkout. */
const withoutPolicies: Edit = { file: "main.ts", from: "policies, exceptions }", to: "policies: [], exceptions: [] }" };

/** Edits that policies may refuse, with the one that lets them be synthesized, unless the copy has it already. */
export function pastPolicies(copy: Copy, edits: readonly Edit[]): readonly Edit[] {
  const main = readFileSync(join(copy.folder, withoutPolicies.file), "utf8");
  return main.includes(withoutPolicies.to) ? edits : [...edits, withoutPolicies];
}
