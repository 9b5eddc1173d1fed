import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { root } from "../shell/paths";

describe("dependabot", () => {
  const { updates } = parse(readFileSync(join(root, ".github/dependabot.yml"), "utf8")) as {
    updates: { "package-ecosystem": string; directories: string[]; cooldown?: object; groups?: object }[];
  };
  const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
  const folders = (name: RegExp) =>
    new Set(tracked.filter((file) => name.test(file)).map((file) => `/${dirname(file).replace(/^\.$/, "")}`));
  const directoriesOf = (ecosystem: string) =>
    updates.find((update) => update["package-ecosystem"] === ecosystem)?.directories ?? [];
  const isCovered = (folder: string, directories: readonly string[]) =>
    directories.some((each) => each === folder || (each.endsWith("/*") && dirname(folder) === each.slice(0, -2)));

  it("waits before it proposes a release, and proposes them together", () => {
    expect(updates.filter(({ cooldown, groups }) => !cooldown || !groups)).toEqual([]);
  });

  it.each([
    ["npm", /(^|\/)package-lock\.json$/],
    ["docker", /^(apps|nginx|localstack\/[a-z-]+)\/.*Dockerfile$|^nginx\/Dockerfile$/],
    ["pip", /(^|\/)requirements\.txt$/],
  ])("looks after everything of %s", (ecosystem, name) => {
    const directories = directoriesOf(ecosystem);
    const shipped = [...folders(name)].filter((folder) => !folder.includes("added-services"));
    expect(shipped.length).toBeGreaterThan(0);
    expect(shipped.filter((folder) => !isCovered(folder, directories))).toEqual([]);
  });

  it("looks after the images that compose files name by a tag; without one they are built", () => {
    const files = tracked.filter((file) => /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/.test(file));
    const tagged = files.filter((file) => /^\s+image: \S+:\S+$/m.test(readFileSync(join(root, file), "utf8")));
    expect(tagged.length).toBeGreaterThan(0);
    const directories = directoriesOf("docker-compose");
    expect(tagged.filter((file) => !isCovered(`/${dirname(file).replace(/^\.$/, "")}`, directories))).toEqual([]);
  });

  it("finds each base image where it looks: in a FROM, without a variable", () => {
    const files = tracked.filter((file) => /(^|\/)Dockerfile$/.test(file));
    const from = files.flatMap((file) => readFileSync(join(root, file), "utf8").match(/^FROM .*$/gm) ?? []);
    expect(from.length).toBeGreaterThanOrEqual(files.length);
    expect(
      from.filter((line) => !/^FROM (base|[\w./-]+:[\w.-]+(@sha256:[0-9a-f]{64})?)( AS [a-z]+)?$/.test(line)),
    ).toEqual([]);
  });

  it("looks after the actions, ours included", () => {
    expect(directoriesOf("github-actions")).toEqual(["/", "/.github/actions/*"]);
  });
});
