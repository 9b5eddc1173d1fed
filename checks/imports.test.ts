import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { root } from "../ops/shell/paths";

/** Top-level folders, and those that each may import besides npm packages. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "main.ts": ["stacks"],
  apps: [],
  nginx: [],
  packages: [],
  stacks: ["packages"],
  ops: ["stacks", "packages"],
  localstack: ["ops", "stacks", "packages"],
  checks: ["nginx", "localstack", "ops", "stacks", "packages"],
};
const packagesOf: Readonly<Record<string, readonly string[]>> = {
  text: [],
  prices: [],
  "plan-review": ["text", "prices"],
  "alarm-lab": ["plan-review"],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

/** Tests may look anywhere; they, and what only they use, are no part of the program. */
const isProgram = (file: string) => !/\.(test|fixture)\.tsx?$/.test(file);

function importsOf(files: readonly string[]): Import[] {
  return files.flatMap((from) => {
    const source = readFileSync(join(root, from), "utf8");
    const named = [...source.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*"(\.{1,2}\/[^"]+)"/g)];
    return named.flatMap(([, path = ""]) => {
      const to = fileAt(normalize(join(dirname(from), path)));
      return to ? [{ from, to }] : [];
    });
  });
}

function fileAt(path: string): string | undefined {
  // A dynamic import names what TypeScript would make of the file.
  const plain = path.replace(/\.js$/, "");
  return [path, ...["ts", "tsx", "js", "mjs"].map((ending) => `${plain}.${ending}`)].find(
    (file) => /\.(ts|tsx|js|mjs)$/.test(file) && existsSync(join(root, file)),
  );
}

/** The first circle in a graph, as the names on the way round; undefined where there is none. */
function circleIn(graph: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const finished = new Set<string>();
  const visit = (node: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(node)) return fromTheFirst(path.slice(path.indexOf(node)));
    if (finished.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...path, node]);
      if (circle) return circle;
    }
    finished.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle) return circle;
  }
  return undefined;
}

/** A circle has no beginning: it is written from the name that comes first in the alphabet. */
function fromTheFirst(circle: readonly string[]): readonly string[] {
  const first = circle.indexOf([...circle].sort()[0] as string);
  const turned = [...circle.slice(first), ...circle.slice(0, first)];
  return [...turned, turned[0] as string];
}

/** In each folder, what its files and folders import of each other: a folder stands for all below it. */
function levelsOf(imports: readonly Import[]): Map<string, Map<string, Set<string>>> {
  const levels = new Map<string, Map<string, Set<string>>>();
  for (const { from, to } of imports) {
    const [a, b] = [from.split("/"), to.split("/")];
    const depth = a.findIndex((part, index) => part !== b[index]);
    if (depth === -1) continue;
    const folder = a.slice(0, depth).join("/") || ".";
    const level = levels.get(folder) ?? new Map<string, Set<string>>();
    const [name, other] = [a[depth] as string, b[depth] as string];
    levels.set(folder, level.set(name, (level.get(name) ?? new Set()).add(other)));
  }
  return levels;
}

/** A line for each folder whose parts import each other in a circle. */
function circles(imports: readonly Import[]): string[] {
  return [...levelsOf(imports)].flatMap(([folder, level]) => {
    const circle = circleIn(level);
    return circle ? [`${folder}: ${circle.join(" → ")}`] : [];
  });
}

/** A line for each import between folders that must not know each other. */
function wrongArrows(imports: readonly Import[]): string[] {
  return imports
    .filter(({ from, to }) => {
      const [[a = "", inA = ""], [b = "", inB = ""]] = [from.split("/"), to.split("/")];
      if (a === "packages" && b === "packages") return inA !== inB && !packagesOf[inA]?.includes(inB);
      if (a === "apps" && b === "apps") return inA !== inB;
      return a !== b && !allowed[a]?.includes(b);
    })
    .map(({ from, to }) => `${from} imports ${to}`);
}

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /\.(ts|tsx|js|mjs)$/.test(file) && existsSync(join(root, file)) && isProgram(file));
const imports = importsOf(files);

it("reads the imports", () => {
  expect(imports.length).toBeGreaterThan(500);
  expect(imports).toContainEqual({ from: "main.ts", to: "stacks/environments.ts" });
});

it("imports in one direction: packages, then stacks, then ops, then localstack, then checks", () => {
  expect(wrongArrows(imports)).toEqual([]);
});

it("has no circle of files or folders, at any level", () => {
  expect(circles(imports)).toEqual([]);
});

it.each<[string, Import, string]>([
  ["of files", { from: "stacks/tables.ts", to: "main.ts" }, ".: main.ts → stacks → main.ts"],
  [
    "of folders",
    { from: "stacks/alarms/row.ts", to: "stacks/constructs/account.ts" },
    "stacks: alarms → constructs → alarms",
  ],
])("names a circle %s", (_, added, named) => {
  expect(circles([...imports, added])).toEqual([named]);
});

it("names an import that goes the wrong way", () => {
  const added = { from: "packages/prices/usage.ts", to: "stacks/services.ts" };
  expect(wrongArrows([...imports, added])).toEqual(["packages/prices/usage.ts imports stacks/services.ts"]);
});
