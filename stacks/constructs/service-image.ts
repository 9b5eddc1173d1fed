import { join } from "node:path";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Image } from "@cdktf/provider-docker/lib/image";
import { RegistryImage } from "@cdktf/provider-docker/lib/registry-image";
import { Construct } from "constructs";
import { contentHash } from "./content-hash";

export interface ServiceImageProps {
  readonly repositoryName: string;
  /** The folder with the Dockerfile, seen from the repository's root. */
  readonly folder: string;
  readonly platform: "linux/amd64" | "linux/arm64";
  /** A Terraform expression: whether `<repository>:<tag>` exists already, so that it is neither built nor pushed. */
  readonly exists: (image: string) => string;
  /** A Terraform expression: whether what is built is pushed. */
  readonly pushes: string;
  readonly keyArn: string;
  /** Removes the repository with its images when the stack is destroyed. */
  readonly forceDelete: boolean;
}

/** A repository with immutable tags, and the image in it, tagged with the hash of its sources. 0.10 USD per GB and month. */
export class ServiceImage extends Construct {
  /** What a task definition names. The same whether the image is built here or was there before. */
  readonly reference: string;
  readonly repositoryArn: string;

  constructor(scope: Construct, id: string, props: ServiceImageProps) {
    super(scope, id);
    const { repositoryName, folder, platform, exists, pushes, keyArn, forceDelete } = props;
    const repository = new EcrRepository(this, "repository", {
      name: repositoryName,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: keyArn }],
      forceDelete,
    });
    new EcrLifecyclePolicy(this, "lifecycle", { repository: repository.name, policy: keepNewest(20) });

    const tag = contentHash(join(__dirname, "../..", folder), platform);
    const isThere = exists(`${repositoryName}:${tag}`);
    this.reference = `${repository.repositoryUrl}:${tag}`;
    this.repositoryArn = repository.arn;
    const image = new Image(this, "image", {
      name: this.reference,
      // Seen from cdktf.out/stacks/<stack>, where Terraform runs.
      buildAttribute: { context: `../../../${folder}`, platform },
      // A new tag replaces this resource; the image behind the old tag is what a rollback starts.
      keepLocally: true,
    });
    image.addOverride("count", `\${${isThere} ? 0 : 1}`);
    const pushed = new RegistryImage(this, "pushed", { name: this.reference, keepRemotely: true, dependsOn: [image] });
    pushed.addOverride("count", `\${${isThere} || !${pushes} ? 0 : 1}`);
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
