import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { services } from "../../stacks/services";
import { root } from "../shell/paths";
import { readWorkflows, type Workflow } from "./workflows";

const actions = readdirSync(join(root, ".github/actions")).map((name) => `./.github/actions/${name}`);
const workflowNamed = (name: string): Workflow => {
  const found = readWorkflows().find((workflow) => workflow.name === name);
  if (!found) throw new Error(`There is no workflow ${name}.`);
  return found;
};

describe("a path filter", () => {
  const pathsOf = ({ on }: Workflow) => {
    expect(on.push?.paths).toEqual(on.pull_request?.paths);
    return on.push?.paths ?? [];
  };
  const isIn = (file: string, paths: readonly string[]) =>
    paths.some((path) => (path.endsWith("/**") ? file.startsWith(path.slice(0, -2)) : file === path));

  it.each(services.map(({ name }) => name))("of %s has all that its jobs read, and nothing of other apps", (name) => {
    const workflow = workflowNamed(`${name}-ci`);
    const paths = pathsOf(workflow);
    const read = [
      `apps/${name}/Dockerfile`,
      "nginx/Dockerfile",
      "Makefile",
      ...["package.json", "package-lock.json", "biome.json", "tsconfig.json", "jest.config.js", "docker-compose.yml"],
      // The tag of an image is made of these.
      ...["stacks/images-stack.ts", "stacks/constructs/service-image.ts", "stacks/constructs/content-hash.ts"],
      ...imported("ops/pipeline/images.ts", "ops/pipeline/push.ts", "ops/test/test.ts"),
      `.github/workflows/${name}-ci.yml`,
      ...[".github/workflows/service-check.yml", ".github/workflows/service-push.yml"],
      ...actions.map((action) => join(action, "action.yml")),
    ];
    expect(read.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(read.filter((file) => !isIn(file, paths))).toEqual([]);
    const others = services.filter((service) => service.name !== name);
    expect(others.filter((other) => isIn(`apps/${other.name}/Dockerfile`, paths))).toEqual([]);
    expect(workflow.jobs.check?.with).toMatchObject({ service: name });
  });

  it("of the infrastructure has every source that is no app, nor words", () => {
    const paths = pathsOf(workflowNamed("infra-ci"));
    const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
    const left = files.filter(
      (file) => !isIn(file, paths) && !file.startsWith("apps/") && !/\.md$|^LICENSE$|^\./.test(file),
    );
    expect(left).toEqual([]);
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
