import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { History } from "./history";

describe("the history of a checkout", () => {
  const folder = mkdtempSync(join(tmpdir(), "history-"));
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
  const commit = (file: string) => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), `${Math.random()}`);
    git("add", ".");
    git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", file);
    return git("rev-parse", "HEAD");
  };
  let commits: Record<"stacks" | "words" | "app", string>;

  beforeAll(() => {
    git("init", "--quiet");
    commits = {
      stacks: commit("stacks/deep/stack.ts"),
      words: commit("README.md"),
      app: commit("apps/backend/app.ts"),
    };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("knows the newest change of what a path filter names", async () => {
    const history = new History(folder);
    expect(await history.lastChange(["stacks/**", "main.ts"])).toBe(commits.stacks);
    expect(await history.lastChange(["stacks/**", "apps/backend/**"])).toBe(commits.app);
    expect(await history.lastChange(["README.md"])).toBe(commits.words);
  });

  it("knows which commit has another one in it, and takes none that it has never seen for one that has", async () => {
    const history = new History(folder);
    expect(await history.includes(commits.words, commits.stacks)).toBe(true);
    expect(await history.includes(commits.words, commits.words)).toBe(true);
    expect(await history.includes(commits.stacks, commits.words)).toBe(false);
    expect(await history.includes("0".repeat(40), commits.stacks)).toBe(false);
    expect(await history.includes(commits.app, "")).toBe(false);
  });
});
