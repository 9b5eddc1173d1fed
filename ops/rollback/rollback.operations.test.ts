import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { ECSClient } from "@aws-sdk/client-ecs";
import { DeleteParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { releasesParameter } from "../../stacks/constructs/names";
import { apply, deploy, deployStacks } from "../deploy/deployment";
import { leftToChange } from "../deploy/left-to-change.fixture";
import { findEnvironment } from "../emulator/emulator";
import { formatImage } from "../images/image";
import { releasesOf } from "../images/releases";
import { primaryImages } from "../images/task-images";
import { runningImages } from "../promote/running";
import { Copy, type Edit } from "../shell/copy";
import { root } from "../shell/paths";

/** The dev stacks that `make up` deployed, whose history begins anew. Images are looked for in the local Docker, and not in ECR. */
jest.setTimeout(1_800_000);

const dev = findEnvironment("dev");
const ecs = new ECSClient();
const ssm = new SSMClient();
const services = ["frontend", "backend"];

const rollback = (...args: string[]) =>
  spawnSync(join(root, "node_modules/.bin/tsx"), ["ops/cli.ts", "rollback", "--environment", "dev", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  });

async function runningTags(): Promise<Record<string, string>> {
  return Object.fromEntries((await primaryImages(ecs, "dev", services)).map(({ name, tag }) => [name, tag]));
}

const recordedTags = async () => (await releasesOf(ssm, dev)).map(({ tags }) => tags);

async function withEdited(edit: Edit, work: (folder: string) => Promise<void>): Promise<void> {
  const copy = await Copy.make();
  try {
    copy.edit(edit.file, edit.from, edit.to);
    await work(copy.folder);
  } finally {
    copy.remove();
  }
}

const deployCompute = () => deployStacks(["dev-compute"], process.env);

let first: Record<string, string>;

beforeAll(async () => {
  await ssm.send(new DeleteParameterCommand({ Name: releasesParameter(dev) }));
  await deployCompute();
  first = await runningTags();
});

it("records each deployment of other images", async () => {
  expect(await recordedTags()).toEqual([first]);
  const label = { file: "apps/backend/Dockerfile", from: /$/, to: "LABEL release=rollback\n" };
  await withEdited(label, (folder) => apply(dev, process.env, folder));
  const second = await runningTags();
  expect(second).toEqual({ ...first, backend: expect.not.stringMatching(String(first.backend)) });
  expect(await recordedTags()).toEqual([first, second]);
});

it("runs the release before, changes nothing else, and says then that nothing earlier is recorded", async () => {
  const { backend: second } = await runningTags();
  const asked = rollback();
  expect(asked.stderr).toContain("Nobody is there to ask");
  expect((await runningTags()).backend).toBe(second);

  const { status, stdout, stderr } = rollback("--yes");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain(`  backend: ${second} → ${first.backend}\n`);
  expect(stdout).toMatch(/ {2}replace aws_ecs_task_definition\.backend-\S+\n/);
  expect(stdout).not.toContain("This checkout also changes");
  expect(await runningTags()).toEqual(first);
  const [app] = (await primaryImages(ecs, "dev", ["backend"]))
    .filter(({ name }) => name === "backend")
    .map(formatImage);
  expect(await runningImages(ecs, "dev", services)).toContain(app);

  const again = rollback("--yes");
  expect(again.stderr).toContain("Nothing earlier is recorded: what runs is release 1, the oldest one.");
  expect(again.status).toBe(1);
  expect(rollback("--list").stdout).toMatch(/✓ 3 .*\n {2}2 .*\n {2}1 /);
  // This checkout has the images of the first release: its own plan agrees with what runs.
  expect(leftToChange("dev-compute")).toBe("");
});

it("goes to a release by its version, and names an image that does not exist any more", async () => {
  const [, second] = await recordedTags();
  const image = `${dev.accountId}.dkr.ecr.${dev.region}.amazonaws.com/dev/backend:${second?.backend}`;
  execFileSync("docker", ["image", "rm", "--force", image]);
  const { status, stderr } = rollback("--to", "2", "--yes");
  expect(stderr).toContain(`Images of this release do not exist any more:\n  ${image}\n`);
  expect(status).toBe(1);
  const unknown = rollback("--to", "99", "--yes");
  expect(unknown.stderr).toContain("There is no release 99; there are 1, 2, 3.");
  expect(await runningTags()).toEqual(first);
});

it("records what ran before, once more, when ECS rolls a release back", async () => {
  const crash = {
    file: "apps/backend/src/server.ts",
    from: "function main(): void {",
    to: "function main(): void {\n  process.exit(1);",
  };
  await withEdited(crash, async (folder) => {
    await expect(deploy(dev, process.env, folder)).rejects.toThrow("Service backend was rolled back");
  });
  const recorded = await recordedTags();
  expect(recorded.at(-2)).not.toEqual(first);
  expect(recorded.at(-1)).toEqual(first);
  expect(await runningTags()).toEqual(first);
  await deployCompute();
});
