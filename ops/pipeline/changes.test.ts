import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { services } from "../../stacks/services";
import { root } from "../shell/paths";
import { filesBetween, neededPipelines, pipelinesFor } from "./changes";

const actions = readdirSync(join(root, ".github/actions")).map((name) => `.github/actions/${name}`);
const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");

describe("the pipelines that a change needs", () => {
  it.each(services.map(({ name }) => name))(
    "of %s are its own for all that its jobs read, and nothing of other apps",
    (name) => {
      const read = [
        `apps/${name}/Dockerfile`,
        "nginx/Dockerfile",
        "Makefile",
        ...["package.json", "package-lock.json", "biome.json", "tsconfig.json", "jest.config.js", "docker-compose.yml"],
        // The tag of an image is made of these.
        ...["stacks/images-stack.ts", "stacks/constructs/service-image.ts", "stacks/constructs/content-hash.ts"],
        ...imported("ops/pipeline/images.ts", "ops/pipeline/push.ts", "ops/test/test.ts"),
        `.github/workflows/${name}-ci.yml`,
        ".github/workflows/service.yml",
        ...actions.map((action) => join(action, "action.yml")),
      ];
      expect(read.filter((file) => !existsSync(join(root, file)))).toEqual([]);
      expect(read.filter((file) => !pipelinesFor([file])[name])).toEqual([]);
      for (const other of services.filter((service) => service.name !== name)) {
        expect(pipelinesFor([`apps/${other.name}/Dockerfile`])[name]).toBe(false);
      }
    },
  );

  it("are those of the infrastructure for every source that is no app, nor words", () => {
    const left = tracked.filter((file) => !pipelinesFor([file]).infra);
    expect(left.filter((file) => !/^(apps|docs)\/|\.md$|^LICENSE$|^\.\w+$/.test(file))).toEqual([]);
    expect(pipelinesFor(["nginx/nginx.conf"])).toEqual({ frontend: true, backend: true, infra: true });
    expect(pipelinesFor(["stacks/README.md", "docs/pipelines.md", "LICENSE"])).toEqual({
      frontend: false,
      backend: false,
      infra: false,
    });
    // What nobody has thought of is checked.
    expect(pipelinesFor(["new-folder/file"]).infra).toBe(true);
  });
});

describe("what changed", () => {
  const folder = mkdtempSync(join(tmpdir(), "changes-"));
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
  const commit = (file: string, content: string) => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), content);
    git("add", ".");
    git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", file);
    return git("rev-parse", "HEAD");
  };
  let [first, second, elsewhere] = ["", "", ""];

  beforeAll(() => {
    git("init", "--quiet");
    first = commit("stacks/stack.ts", "one");
    git("switch", "--quiet", "--create", "other");
    elsewhere = commit("elsewhere", "x");
    git("switch", "--quiet", "-");
    second = commit("README.md", "words");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is every file that differs, and null for a commit that is not behind", async () => {
    expect(await filesBetween(first, second, folder)).toEqual(["README.md"]);
    expect(await filesBetween(second, second, folder)).toEqual([]);
    for (const stranger of [elsewhere, "0".repeat(40)]) expect(await filesBetween(stranger, second, folder)).toBeNull();
  });

  it("on main is since the newest commit that passed; where none is known, or by hand, everything", async () => {
    const head = execFileSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
    const passed =
      (...commits: string[]) =>
      () => ({
        greenCommits: async function* () {
          yield* commits;
        },
      });
    const [none, all] = [false, true].map((value) => ({ frontend: value, backend: value, infra: value }));
    expect(await neededPipelines("", passed("0".repeat(40), head))).toEqual(none);
    expect(await neededPipelines("", passed("0".repeat(40)))).toEqual(all);
    expect(await neededPipelines("HEAD", passed(), true)).toEqual(all);
    expect(await neededPipelines("HEAD", passed())).toEqual(none);
    await expect(neededPipelines("0".repeat(40), passed())).rejects.toThrow("is not behind what is checked out");
  });
});

/** Local modules that these files need to run, themselves included. */
function imported(...entries: string[]): string[] {
  const found = new Set<string>();
  const walk = (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    const text = readFileSync(join(root, file), "utf8");
    for (const [, from = ""] of text.matchAll(/^import (?!type)(?:[^;]*?from )?"(\.[^"]+)"/gms)) {
      walk(`${relative(root, join(root, dirname(file), from))}.ts`);
    }
  };
  entries.forEach(walk);
  return [...found];
}
