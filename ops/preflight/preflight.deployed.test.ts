import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../shell/paths";

it("finds what bootstrap made, as data", () => {
  const args = ["ops/cli.ts", "preflight", "--environment", "dev", "--json"];
  const { stdout } = spawnSync(join(root, "node_modules/.bin/tsx"), args, { cwd: root, encoding: "utf8" });
  const { checks } = JSON.parse(stdout) as { checks: { title: string; state: string }[] };
  const made = ["state bucket", "key", "role of ecs", "GitHub's OIDC provider"];
  expect(checks.filter(({ title }) => made.includes(title)).map(({ state }) => state)).toEqual(made.map(() => "ok"));
});
