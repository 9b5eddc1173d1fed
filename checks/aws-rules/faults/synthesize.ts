import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { withEdits } from "../../../ops/shell/copy";
import { root } from "../../../ops/shell/paths";
import type { Asked, Printed } from "./printed";

// Run in a copy of the checkout, by printed.ts: edits the sources, synthesizes as main.ts does, and puts them back; one after the other.

const load = createRequire(__filename);
const stacks = join(root, "stacks");

async function main(): Promise<void> {
  const asked = JSON.parse(readFileSync(0, "utf8")) as Asked[];
  const printed: Printed[] = [];
  for (const each of asked) printed.push({ name: each.name, lines: await linesOf(each) });
  process.stdout.write(JSON.stringify(printed));
}

async function linesOf({ edits, rows }: Asked): Promise<string[]> {
  return withEdits(root, edits, async () => {
    // What was loaded before is as it was before.
    for (const file of Object.keys(load.cache)) if (file.startsWith(stacks)) delete load.cache[file];
    const outdir = mkdtempSync(join(tmpdir(), "portfolio-dashboard-synthesis-"));
    try {
      compose(new App({ outdir }), rows);
      return [];
    } catch (error) {
      const { name, message } = error as Error;
      if (name !== "ConfigurationError") throw error;
      return message.split("\n");
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });
}

function compose(app: App, rows: Asked["rows"]): void {
  const { composeStacks } = load(join(stacks, "environment-stacks"));
  const { policies } = load(join(stacks, "policies/all"));
  const { exceptions } = load(join(stacks, "policies/exceptions"));
  composeStacks(app, { ...tables(rows), policies, exceptions });
}

function tables(rows: Asked["rows"]) {
  const { environments } = load(join(stacks, "environments"));
  const { services } = load(join(stacks, "services"));
  const { maximalEnvironment, servicesWithSecrets, servicesWithWorker } = load(join(stacks, "maximal-environment"));
  if (rows === "shipped") return { environments, services };
  return { environments: [maximalEnvironment], services: rows === "full" ? servicesWithSecrets : servicesWithWorker };
}

main();
