import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
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

it("is of a commit as it was, with the packages of this checkout", async () => {
  const copy = await Copy.at("HEAD");
  const committed = execFileSync("git", ["show", `HEAD:${file}`], { cwd: root, encoding: "utf8" });
  expect(readFileSync(join(copy.folder, file), "utf8")).toBe(committed);
  expect(existsSync(join(copy.folder, "node_modules/jest/package.json"))).toBe(true);
  copy.remove();
  await expect(Copy.at("no-such-commit")).rejects.toThrow("git archive failed");
});
