import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { keepStateInBucket, useAccount } from "./constructs/account";
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
    keepStateInBucket(this, environment);
    this.useDocker(environment);
    const pushImages = new TerraformVariable(this, "push_images", {
      type: "bool",
      default: true,
      description: "Push to ECR; false where an emulated ECS reads the local Docker",
    });

    const image = (name: string, folder: string) =>
      new ServiceImage(this, `${name}-image`, {
        repositoryName: `${environment.name}/${name}`,
        folder,
        pushImages,
        forceDelete: !environment.deletionProtection,
      });
    this.gateway = image("gateway", "nginx");
    this.apps = new Map(services.map(({ name }) => [name, image(name, `apps/${name}`)]));
  }

  /** Pushes with the credentials of `docker login`, so that no registry token enters the state. */
  private useDocker({ accountId, region }: Environment): void {
    new DockerProvider(this, "docker", {
      registryAuth: [{ address: `${accountId}.dkr.ecr.${region}.amazonaws.com` }],
    });
    // The binding says "~> 3.0"; what is used here is the same in 4.
    this.addOverride("terraform.required_providers.docker.version", ">= 3.6.2, < 5.0.0");
  }
}
