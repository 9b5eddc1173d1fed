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
  /** From its root, as git lists them. */
  files: readonly string[] = [];

  private constructor(readonly folder: string) {}

  /** Of a commit, if one is given. */
  static async make(commit?: string): Promise<Copy> {
    const copy = new Copy(mkdtempSync(join(tmpdir(), "portfolio-dashboard-")));
    process.once("exit", () => copy.remove());
    if (commit === undefined) await copy.takeCheckout();
    else await copy.takeCommit(commit);
    copy.usePackages(join(root, "node_modules"));
    return copy;
  }

  /** Has the files of this folder instead of those that it had; what a deploy wrote beside them stays. */
  async takeCheckout(): Promise<void> {
    const listed = await ask("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    if (listed === null) throw new SetupError("This is no git checkout: git ls-files fails.");
    for (const file of this.files) rmSync(join(this.folder, file), { force: true });
    // Git also lists what was deleted and not committed.
    this.files = listed.split("\0").filter((name) => name && existsSync(join(root, name)));
    for (const file of this.files) cpSync(join(root, file), join(this.folder, file), { recursive: true, force: true });
  }

  private async takeCommit(commit: string): Promise<void> {
    const archive = join(this.folder, "commit.tar");
    await run("copy", "git", ["archive", "--format=tar", "--output", archive, commit]);
    const listed = await run("copy", "tar", ["-xvf", archive, "-C", this.folder]);
    rmSync(archive);
    this.files = listed.split("\n").filter((name) => name && !name.endsWith("/"));
  }

  /** Makes a git checkout of it: some tests look at what git has. */
  async commit(): Promise<void> {
    const git = (...args: string[]) => run("copy", "git", args, { cwd: this.folder });
    await git("init", "--quiet");
    await git("add", "--force", ...this.files);
    await git("-c", "user.name=copy", "-c", "user.email=copy@localhost", "commit", "--quiet", "-m", "As it is");
  }

  /** Lets a folder of the copy find these packages. */
  usePackages(packages: string, folder = "."): void {
    const link = join(this.folder, folder, "node_modules");
    rmSync(link, { force: true });
    symlinkSync(packages, link);
  }

  /** Replaces the one place in a file that matches; an error when there is none. */
  edit(file: string, from: string | RegExp, to: string): void {
    editFile(this.folder, { file, from, to });
  }

  /** Does work with some files edited, and puts them back. */
  edited<Result>(edits: readonly Edit[], work: () => Promise<Result>): Promise<Result> {
    return withEdits(this.folder, edits, work);
  }

  add(from: string, to: string): void {
    cpSync(join(root, from), join(this.folder, to), { recursive: true });
  }

  remove(): void {
    // Whoever was killed a moment ago may still have written.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Does work with some files of a folder edited, and puts them back. */
export async function withEdits<Result>(
  folder: string,
  edits: readonly Edit[],
  work: () => Promise<Result>,
): Promise<Result> {
  const paths = [...new Set(edits.map(({ file }) => join(folder, file)))];
  const before = paths.map((path) => ({ path, text: readFileSync(path) }));
  try {
    for (const edit of edits) editFile(folder, edit);
    return await work();
  } finally {
    for (const { path, text } of before) writeFileSync(path, text);
  }
}

function editFile(folder: string, { file, from, to }: Edit): void {
  const path = join(folder, file);
  const before = readFileSync(path, "utf8");
  const after = before.replace(from, () => to);
  if (after === before) throw new SetupError(`${file} has no place that matches ${from}`);
  writeFileSync(path, after);
}
