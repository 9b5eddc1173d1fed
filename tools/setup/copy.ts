import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./paths";
import { ask, run, SetupError } from "./run";

/** Replaces the one place in a file that matches. */
export interface Edit {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** A copy of what git knows of this folder, uncommitted changes included, in which a proof may edit rows as a user would. Gone when the process ends. */
export class Copy {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Copy> {
    const files = await ask("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    if (files === null) throw new SetupError("This is no git checkout: git ls-files fails.");
    const copy = Copy.empty();
    const { folder } = copy;
    // Git also lists what was deleted and not committed.
    for (const file of files.split("\0").filter((name) => name && existsSync(join(root, name)))) {
      cpSync(join(root, file), join(folder, file), { recursive: true, force: true });
    }
    copy.usePackages(join(root, "node_modules"));
    return copy;
  }

  /** A commit as it is, with the packages of this checkout. */
  static async at(commit: string): Promise<Copy> {
    const copy = Copy.empty();
    const archive = join(copy.folder, ".archive.tar");
    await run("copy", "git", ["archive", "--output", archive, commit]);
    await run("copy", "tar", ["-xf", archive, "-C", copy.folder]);
    rmSync(archive);
    copy.usePackages(join(root, "node_modules"));
    return copy;
  }

  private static empty(): Copy {
    const copy = new Copy(mkdtempSync(join(tmpdir(), "portfolio-dashboard-")));
    process.once("exit", () => copy.remove());
    return copy;
  }

  /** Lets the copy find these packages. */
  usePackages(packages: string): void {
    const link = join(this.folder, "node_modules");
    rmSync(link, { force: true });
    symlinkSync(packages, link);
  }

  /** Replaces the one place in a file that matches; an error when there is none. */
  edit(file: string, from: string | RegExp, to: string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, "utf8");
    const after = before.replace(from, () => to);
    if (after === before) throw new SetupError(`${file} has no place that matches ${from}`);
    writeFileSync(path, after);
  }

  /** Does work with some files edited, and puts them back. */
  async edited<Result>(edits: readonly Edit[], work: () => Promise<Result>): Promise<Result> {
    const paths = [...new Set(edits.map(({ file }) => join(this.folder, file)))];
    const before = paths.map((path) => ({ path, text: readFileSync(path) }));
    try {
      for (const { file, from, to } of edits) this.edit(file, from, to);
      return await work();
    } finally {
      for (const { path, text } of before) writeFileSync(path, text);
    }
  }

  add(from: string, to: string): void {
    cpSync(join(root, from), join(this.folder, to), { recursive: true });
  }

  remove(): void {
    // Whoever was killed a moment ago may still have written.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
