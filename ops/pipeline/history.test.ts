import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { History } from "./history";

describe("the history of a checkout", () => {
  const folder = mkdtempSync(join(tmpdir(), "history-"));
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
  const commit = (file: string, content: string) => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), content);
    git("add", ".");
    git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", file);
    return git("rev-parse", "HEAD");
  };
  let commits: Record<"stacks" | "words" | "app", string>;

  beforeAll(() => {
    git("init", "--quiet");
    commits = {
      stacks: commit("stacks/deep/stack.ts", "right"),
      words: commit("README.md", "words"),
      app: commit("apps/backend/app.ts", "app"),
    };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("knows what is as it was in a commit, by the words of a path filter", async () => {
    const history = new History(folder);
    expect(await history.isUnchangedSince(commits.words, ["stacks/**", "main.ts"])).toBe(true);
    expect(await history.isUnchangedSince(commits.words, ["stacks/**", "apps/backend/**"])).toBe(false);
    expect(await history.isUnchangedSince(commits.stacks, ["README.md"])).toBe(false);
    expect(await history.isUnchangedSince(commits.app, ["**"])).toBe(true);
  });

  it("takes a change and its revert, which together start no run, for no change", async () => {
    commit("stacks/deep/stack.ts", "wrong");
    expect(await new History(folder).isUnchangedSince(commits.app, ["stacks/**"])).toBe(false);
    commit("stacks/deep/stack.ts", "right");
    expect(await new History(folder).isUnchangedSince(commits.app, ["stacks/**"])).toBe(true);
  });

  it("knows nothing of a commit that is not behind it", async () => {
    const history = new History(folder);
    git("switch", "--quiet", "--create", "other");
    const elsewhere = commit("elsewhere", "x");
    git("switch", "--quiet", "-");
    for (const stranger of [elsewhere, "0".repeat(40), ""]) {
      expect(await history.isUnchangedSince(stranger, ["README.md"])).toBe(false);
    }
  });
});
