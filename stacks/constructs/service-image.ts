import { join } from "node:path";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Image } from "@cdktf/provider-docker/lib/image";
import { RegistryImage } from "@cdktf/provider-docker/lib/registry-image";
import type { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { contentHash } from "./content-hash";

export interface ServiceImageProps {
  readonly repositoryName: string;
  /** The folder with the Dockerfile, seen from the repository's root. */
  readonly folder: string;
  /** False leaves the image in the local Docker: an emulated ECS takes it from there. */
  readonly pushImages: TerraformVariable;
  /** Removes the repository with its images when the stack is destroyed. */
  readonly forceDelete: boolean;
}

/** A repository with immutable tags, and the image in it: built here, tagged with the hash of its sources, pushed. 0.10 USD per GB and month. */
export class ServiceImage extends Construct {
  /** What a task definition names. */
  readonly reference: string;
  readonly repositoryArn: string;

  constructor(scope: Construct, id: string, { repositoryName, folder, pushImages, forceDelete }: ServiceImageProps) {
    super(scope, id);
    const repository = new EcrRepository(this, "repository", {
      name: repositoryName,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS" }],
      forceDelete,
    });
    new EcrLifecyclePolicy(this, "lifecycle", { repository: repository.name, policy: keepNewest(20) });

    const image = new Image(this, "image", {
      name: `${repository.repositoryUrl}:${contentHash(join(__dirname, "../..", folder))}`,
      // Seen from cdktf.out/stacks/<stack>, where Terraform runs.
      buildAttribute: { context: `../../../${folder}`, platform: "linux/amd64" },
      // A new tag replaces this resource; the image behind the old tag is what a rollback starts.
      keepLocally: true,
    });
    const pushed = new RegistryImage(this, "pushed", { name: image.name, keepRemotely: true });
    pushed.addOverride("count", `\${var.${pushImages.friendlyUniqueId} ? 1 : 0}`);

    this.reference = image.name;
    this.repositoryArn = repository.arn;
  }
}

function keepNewest(count: number): string {
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: `Keep the newest ${count} images to roll back to`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: count },
        action: { type: "expire" },
      },
    ],
  });
}
