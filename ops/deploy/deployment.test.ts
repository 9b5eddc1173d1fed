import { environments } from "../../stacks/environments";
import { LocalBuilds } from "../images/local-builds";
import { deploy } from "./deployment";
import { applyStacks } from "./run-stacks";

const inEcr = "dev/backend:0123456789abcdef";

jest.mock("node:fs", () => ({ ...jest.requireActual("node:fs"), writeFileSync: jest.fn() }));
jest.mock("./run-stacks", () => ({
  applyStacks: jest.fn(async () => ({ "dev-compute": { services: { value: [] } } })),
}));
jest.mock("./synthesis", () => ({ ...jest.requireActual("./synthesis"), synthesize: async () => new Map() }));
jest.mock("../images/local-builds");
jest.mock("../images/in-ecr", () => ({ imagesInEcr: async () => [inEcr] }));
jest.mock("./explain-rollbacks");
jest.mock("../install/base-images", () => ({ standIns: async () => [] }));

/** What Terraform is given; whether its services are steady is not asked here. */
async function givenToTerraform(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv | undefined> {
  jest.mocked(applyStacks).mockClear();
  await deploy(environments[0], env);
  return jest.mocked(applyStacks).mock.calls[0]?.[0].env;
}

it("leaves the images that ECR has: a tag is refused twice", async () => {
  expect((await givenToTerraform({}))?.TF_VAR_images_in_ecr).toBe(JSON.stringify([inEcr]));
});

it.each(["TF_VAR_prebuilt=true", "TF_VAR_push_images=false"])(
  "does not ask ECR where nothing is pushed: %s",
  async (setting) => {
    const [name = "", value] = setting.split("=");
    expect(await givenToTerraform({ [name]: value })).toEqual({ [name]: value });
  },
);

it.each([
  ["an emulator", { TF_VAR_push_images: "false" }, 1],
  ["an emulator with images that are there", { TF_VAR_push_images: "false", TF_VAR_prebuilt: "true" }, 0],
  ["AWS", {}, 0],
])("builds images beside Terraform for %s: %o, %i", async (_, env, count) => {
  jest.mocked(LocalBuilds).mockClear();
  await givenToTerraform(env);
  expect(LocalBuilds).toHaveBeenCalledTimes(count);
});
