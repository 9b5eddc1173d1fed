import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentHash, sourceFiles } from "./content-hash";

const platform = "linux/amd64";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "content-hash-"));
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, ".dockerignore"), "node_modules\n**/*.test.ts\nDockerfile\n");
  writeFileSync(join(folder, "Dockerfile"), "FROM scratch");
  writeFileSync(join(folder, "src/server.ts"), "listen();");
});
afterEach(() => rmSync(folder, { recursive: true }));

it("is the same for the same sources", () => {
  expect(contentHash(folder, platform)).toMatch(/^[0-9a-f]{16}$/);
  expect(contentHash(folder, platform)).toBe(contentHash(folder, platform));
});

it.each([
  ["a changed file", () => writeFileSync(join(folder, "src/server.ts"), "listen(1);")],
  ["a new file", () => writeFileSync(join(folder, "src/new.ts"), "")],
  ["the Dockerfile, although it is ignored", () => writeFileSync(join(folder, "Dockerfile"), "FROM node")],
  ["a permission to execute", () => chmodSync(join(folder, "src/server.ts"), 0o755)],
])("changes with %s", (_, change) => {
  const before = contentHash(folder, platform);
  change();
  expect(contentHash(folder, platform)).not.toBe(before);
});

it("changes with the platform", () => {
  expect(contentHash(folder, "linux/arm64")).not.toBe(contentHash(folder, platform));
});

it("ignores what Docker ignores", () => {
  const before = contentHash(folder, platform);
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "node_modules/library.js"), "");
  writeFileSync(join(folder, "src/server.test.ts"), "");
  expect(contentHash(folder, platform)).toBe(before);
});

it.each(["nginx", "apps/backend", "apps/frontend"])(
  "takes no file of %s that git ignores, such as what a build left behind",
  (name) => {
    const source = join(__dirname, "../..", name);
    const git = ["ls-files", "--cached", "--others", "--exclude-standard"];
    const known = execFileSync("git", git, { cwd: source, encoding: "utf8" }).split("\n");
    expect(sourceFiles(source).filter((file) => !known.includes(file))).toEqual([]);
  },
);

it.each([
  ["apps/backend", /\.(test|fixture)\./],
  ["apps/frontend", /\.(test|fixture)\./],
  ["nginx", /\.ts$/],
])("a change of the tests of %s is no release", (image, tests) => {
  expect(sourceFiles(join(__dirname, "../..", image)).filter((file) => tests.test(file))).toEqual([]);
});
