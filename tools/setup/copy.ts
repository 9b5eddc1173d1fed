import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./paths";
import { ask, SetupError } from "./run";

/** A copy of what git knows of this folder, uncommitted changes included, in which a proof may edit rows as a user would. */
export class Copy {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Copy> {
    const files = await ask("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    if (files === null) throw new SetupError("This is no git checkout: git ls-files fails.");
    const folder = mkdtempSync(join(tmpdir(), "portfolio-dashboard-"));
    for (const file of files.split("\0").filter(Boolean)) {
      cpSync(join(root, file), join(folder, file), { recursive: true, force: true });
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    return new Copy(folder);
  }

  /** Replaces the one place in a file that matches; an error when there is none. */
  edit(file: string, from: string | RegExp, to: string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, "utf8");
    const after = before.replace(from, () => to);
    if (after === before) throw new SetupError(`${file} has no place that matches ${from}`);
    writeFileSync(path, after);
  }

  add(from: string, to: string): void {
    cpSync(join(root, from), join(this.folder, to), { recursive: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
