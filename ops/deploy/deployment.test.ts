import { environments } from "../../stacks/environments";
import { run } from "../shell/run";
import { deploy } from "./deployment";

const inEcr = "dev/backend:0123456789abcdef";

jest.mock("../shell/run", () => ({ ...jest.requireActual("../shell/run"), run: jest.fn(async () => "") }));
jest.mock("../images/in-ecr", () => ({ imagesInEcr: async () => [inEcr] }));
jest.mock("./explain-rollbacks");
jest.mock("../install/base-images", () => ({ standIns: async () => [] }));

/** What `cdktf deploy` is given; whether its services are steady is not asked here. */
async function givenToTerraform(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv | undefined> {
  jest.mocked(run).mockClear();
  await deploy(environments[0], env).catch(() => {});
  return jest.mocked(run).mock.calls.find(([, , args]) => args[0] === "deploy")?.[3]?.env;
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
