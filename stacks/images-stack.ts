import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { createBackend, lookUpKeyArn, useAccount } from "./constructs/account";
import { registryOf } from "./constructs/names";
import { ServiceImage } from "./constructs/service-image";
import type { Environment } from "./environments";
import type { Service } from "./services";

export interface ImagesStackProps {
  readonly environment: Environment;
  readonly services: readonly Service[];
}

/** A repository and an image for the gateway and for each service's app. */
export class ImagesStack extends TerraformStack {
  readonly gateway: ServiceImage;
  readonly apps: ReadonlyMap<string, ServiceImage>;

  constructor(scope: Construct, id: string, { environment, services }: ImagesStackProps) {
    super(scope, id);
    useAccount(this, environment);
    createBackend(this, environment);
    const keyArn = lookUpKeyArn(this, environment);
    const { prebuilt, pushImages, imagesInEcr } = this.declareVariables();
    this.useDocker(environment, prebuilt);

    const image = (name: string, folder: string, architecture: Service["architecture"]) =>
      new ServiceImage(this, `${name}-image`, {
        name,
        repositoryName: `${environment.name}/${name}`,
        folder,
        platform: architecture === "ARM64" ? "linux/arm64" : "linux/amd64",
        exists: (image) => `(${prebuilt} || contains(${imagesInEcr}, "${image}"))`,
        pushes: pushImages,
        keyArn,
        forceDelete: !environment.deletionProtection,
      });
    this.gateway = image("gateway", "nginx", gatewayArchitecture(services));
    this.apps = new Map(services.map(({ name, architecture }) => [name, image(name, `apps/${name}`, architecture)]));
  }

  get all(): readonly ServiceImage[] {
    return [this.gateway, ...this.apps.values()];
  }

  /** The names of Terraform variables, for expressions. */
  private declareVariables(): { prebuilt: string; pushImages: string; imagesInEcr: string } {
    const prebuilt = new TerraformVariable(this, "prebuilt", {
      type: "bool",
      default: false,
      description: "The images are in their repositories already, so nothing is built here and no Docker is needed",
    });
    const pushImages = new TerraformVariable(this, "push_images", {
      type: "bool",
      default: true,
      description: "Push to ECR; false where an emulated ECS reads the local Docker",
    });
    const imagesInEcr = new TerraformVariable(this, "images_in_ecr", {
      type: "list(string)",
      default: [],
      description:
        "Of these (<environment>/<name>:<tag>) none is built or pushed: ECR has them, and refuses a tag twice",
    });
    const nameOf = ({ friendlyUniqueId }: TerraformVariable) => `var.${friendlyUniqueId}`;
    return { prebuilt: nameOf(prebuilt), pushImages: nameOf(pushImages), imagesInEcr: nameOf(imagesInEcr) };
  }

  /** Pushes with the credentials of `docker login`, so that no registry token enters the state. */
  private useDocker(environment: Environment, prebuilt: string): void {
    const docker = new DockerProvider(this, "docker", { registryAuth: [{ address: registryOf(environment) }] });
    docker.addOverride("disable_docker_daemon_check", `\${${prebuilt}}`);
    // The binding says "~> 3.0"; what is used here is the same in 4. One version, so that what was planned and tried is what is applied.
    this.addOverride("terraform.required_providers.docker.version", "4.5.0");
  }
}

/** One gateway image serves all that have a gateway; `tables.ts` sees to it that these agree. */
function gatewayArchitecture(services: readonly Service[]): Service["architecture"] {
  return services.find(({ exposure }) => exposure !== "none")?.architecture ?? "X86_64";
}
