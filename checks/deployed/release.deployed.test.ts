import { execFileSync } from "node:child_process";
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from "@aws-sdk/client-ecs";
import { apply } from "../../ops/deploy/deployment";
import { leftToChange } from "../../ops/deploy/left-to-change.fixture";
import { findEnvironment } from "../../ops/emulator/emulator";
import { runningImages } from "../../ops/promote/running";
import { Copy } from "../../ops/shell/copy";

/** Releases of the dev stacks that `make up` deployed. ECR's expiry is AWS's, and not shown here. */
jest.setTimeout(1_800_000);

const ecs = new ECSClient();
const dev = findEnvironment("dev");
const imageIds = () =>
  execFileSync("docker", ["images", "--quiet", "--no-trunc"], { encoding: "utf8" }).trim().split("\n");

/** The backend's image, as the newest task definition names it and as Docker knows it. */
async function backend(): Promise<{ revision: string; image: string; id: string }> {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster: "dev", services: ["backend"] }));
  const revision = String(services?.[0]?.taskDefinition);
  const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: revision }));
  const image = String(taskDefinition?.containerDefinitions?.find(({ name }) => name === "app")?.image);
  const id = execFileSync("docker", ["image", "inspect", "--format", "{{.Id}}", image], { encoding: "utf8" }).trim();
  return { revision, image, id };
}

it("goes from A to B and back to A, whose image is still there, without building it again", async () => {
  const first = await backend();
  const copy = await Copy.make();
  try {
    copy.edit("apps/backend/Dockerfile", /$/, "LABEL release=B\n");
    await apply(dev, process.env, copy.folder);
  } finally {
    copy.remove();
  }
  const second = await backend();
  expect(second.image).not.toBe(first.image);
  expect(second.id).not.toBe(first.id);

  await apply(dev, { ...process.env, TF_VAR_prebuilt: "true" });
  const third = await backend();
  expect(third).toEqual({ ...first, revision: third.revision });
  expect(await runningImages(ecs, "dev", ["backend"])).toContain(first.image);

  // Back to building: neither way removes an image.
  await apply(dev, process.env);
  expect(await backend()).toEqual(third);
  expect(imageIds()).toEqual(expect.arrayContaining([first.id, second.id]));
  expect(leftToChange("dev-images")).toBe("");
});
