import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient } from "@aws-sdk/client-ecs";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { Environment } from "../../stacks/environments";
import { services } from "../../stacks/services";
import { assertNotRolledBack } from "../deploy/explain-rollbacks";
import { synthesize } from "../deploy/synthesis";
import { Terraform } from "../deploy/terraform";
import { formatImage, type ImageReference } from "../images/image";
import { missingImages } from "../images/registry";
import { releasesOf } from "../images/releases";
import { primaryImages } from "../images/task-images";
import { wantedImages } from "../images/wanted";
import { reasonOf } from "../preflight/check";
import { clientConfiguration } from "../shell/client-configuration";
import { assertAgreed } from "../shell/confirm";
import { root } from "../shell/paths";
import { ask, SetupError } from "../shell/run";
import type { Account } from "./rollback";

export function accountOf(environment: Environment, env: NodeJS.ProcessEnv, isAgreed: boolean): Account {
  const { name, region } = environment;
  const connection = { ...clientConfiguration(env), region };
  const stack = `${name}-compute`;
  return {
    releases: () => releasesOf(new SSMClient(connection), environment).catch(explainUnread),
    running: () =>
      primaryImages(
        new ECSClient(connection),
        name,
        services.map((service) => service.name),
      ),
    imageNames: async () => {
      await synthesize();
      return wantedImages(environment).map((image) => image.name);
    },
    missing: (images) =>
      env.TF_VAR_push_images === "false" ? missingInDocker(images) : missingImages(new ECRClient(connection), images),
    plan: async (tags) => {
      const plans = new Terraform(root, { ...env, TF_VAR_image_tags: JSON.stringify(tags) });
      const json = await plans.plan(stack, []);
      const apply = async () => {
        await plans.applyPlan(stack);
        await assertNotRolledBack(environment, JSON.parse(await plans.output(stack, "services")), env);
      };
      return { json, apply };
    },
    assertAgreed: (question) => (isAgreed ? Promise.resolve() : assertAgreed(question, "Nothing was changed.")),
    folder: `${root}/cdktf.out`,
  };
}

/** Nothing was asked before: who has no credentials, or the wrong endpoint, learns it here. */
function explainUnread(error: Error): never {
  if (error instanceof SetupError) throw error;
  throw new SetupError(`The recorded releases cannot be read: ${reasonOf(error)}. Nothing was changed.`);
}

/** An emulated ECS starts the images of the local Docker. */
async function missingInDocker(images: readonly ImageReference[]): Promise<ImageReference[]> {
  const found = await Promise.all(images.map((image) => ask("docker", ["image", "inspect", formatImage(image)])));
  return images.filter((_, index) => found[index] === null);
}
