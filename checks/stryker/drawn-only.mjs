import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { declareFactoryPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { keyOf } from "./key.mjs";

/** A checker of Stryker's: it lets the drawn mutants pass, and sets all others aside before a test runs. */
class DrawnOnly {
  async init() {
    this.drawn = new Set(JSON.parse(readFileSync(process.env.DRAWN_MUTANTS, "utf8")));
  }

  async check(mutants) {
    return Object.fromEntries(
      mutants.map((mutant) => [
        mutant.id,
        this.drawn.has(keyOf(relative(process.cwd(), mutant.fileName), mutant))
          ? { status: "passed" }
          : { status: "compileError", reason: "not drawn" },
      ]),
    );
  }

  async group(mutants) {
    return [mutants.map(({ id }) => id)];
  }
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.Checker, "drawn-only", () => new DrawnOnly())];
