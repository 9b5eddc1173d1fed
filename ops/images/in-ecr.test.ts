import type { ECRClient } from "@aws-sdk/client-ecr";
import { parseImage } from "./image";
import { imagesToLeave, pushedImages } from "./in-ecr";

const registry = "111111111111.dkr.ecr.us-east-1.amazonaws.com";
const image = (name: string) => parseImage(`${registry}/staging/${name}:0123456789abcdef`);
const wanted = [image("backend"), image("frontend"), image("gateway")];

/** Has the images of these names. */
function ecrWith(...names: string[]): ECRClient {
  const send = async ({ input }: { input: { repositoryName: string } }) => {
    if (names.includes(input.repositoryName.replace("staging/", ""))) return {};
    throw Object.assign(new Error(), { name: "ImageNotFoundException" });
  };
  return { send } as unknown as ECRClient;
}

const state = (...names: string[]) => ({
  resources: [
    { type: "aws_ecr_repository", instances: [{ attributes: { name: "staging/backend" } }] },
    {
      type: "docker_registry_image",
      instances: names.map((name) => ({ attributes: { name: `${registry}/staging/${name}:0123456789abcdef` } })),
    },
  ],
});

it("leaves an image that a pipeline pushed, and keeps one that is in the state", async () => {
  const pushed = async () => pushedImages(state("gateway"));
  expect(await imagesToLeave(wanted, ecrWith("backend", "gateway"), pushed)).toEqual([
    "staging/backend:0123456789abcdef",
  ]);
});

it("leaves what is in ECR where the state has another tag, or was lost", async () => {
  const older = {
    resources: [{ type: "docker_registry_image", instances: [{ attributes: { name: "staging/backend:older" } }] }],
  };
  for (const found of [older, { resources: [] }, {}]) {
    const left = await imagesToLeave(wanted, ecrWith("backend"), async () => pushedImages(found));
    expect(left).toEqual(["staging/backend:0123456789abcdef"]);
  }
});

it("does not read the state where ECR has none of the images", async () => {
  const pushed = jest.fn();
  expect(await imagesToLeave(wanted, ecrWith(), pushed)).toEqual([]);
  expect(pushed).not.toHaveBeenCalled();
});
