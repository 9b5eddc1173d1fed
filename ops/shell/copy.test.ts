import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Copy } from "./copy";
import { root } from "./paths";

const file = "cdktf.json";
const original = readFileSync(join(root, file), "utf8");
const edit = { file, from: '"language": "typescript"', to: '"language": "english"' };

it("edits its own files for as long as the work takes, also when that fails", async () => {
  const copy = await Copy.make();
  const read = () => readFileSync(join(copy.folder, file), "utf8");
  const seen = await copy.edited([edit, { ...edit, from: "english", to: "latin" }], async () => read());
  expect(seen).toContain('"language": "latin"');
  expect(read()).toBe(original);

  const failing = copy.edited([edit], () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(read()).toBe(original);
  await expect(copy.edited([{ ...edit, from: "nowhere" }], async () => {})).rejects.toThrow(
    "cdktf.json has no place that matches nowhere",
  );
  expect(readFileSync(join(root, file), "utf8")).toBe(original);
  copy.remove();
  expect(existsSync(copy.folder)).toBe(false);
});

it("is a git checkout after a commit, in which nothing else lies: its packages are a link", async () => {
  const copy = await Copy.make();
  await copy.commit();
  const git = (...args: string[]) => execFileSync("git", args, { cwd: copy.folder, encoding: "utf8" });
  expect(git("status", "--porcelain")).toBe("");
  expect(git("ls-files", "-z").split("\0").filter(Boolean).sort()).toEqual([...copy.files].sort());
  copy.remove();
});

it("begins with a commit, and goes on with the checkout; what a deploy wrote stays", async () => {
  const copy = await Copy.make("HEAD");
  const added = join(copy.folder, "cdktf.out/plan");
  expect(readFileSync(join(copy.folder, "main.ts"), "utf8")).toContain("new App");
  mkdirSync(join(copy.folder, "cdktf.out"));
  writeFileSync(added, "");
  await copy.edited([edit], async () => {
    await copy.takeCheckout();
    expect(readFileSync(join(copy.folder, file), "utf8")).toBe(original);
  });
  expect(existsSync(added)).toBe(true);
  copy.remove();
});
