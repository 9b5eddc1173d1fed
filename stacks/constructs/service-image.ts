import { join } from "node:path";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Image } from "@cdktf/provider-docker/lib/image";
import { RegistryImage } from "@cdktf/provider-docker/lib/registry-image";
import { Construct } from "constructs";
import { contentHash } from "./content-hash";

export interface ServiceImageProps {
  /** `gateway`, or a service. */
  readonly name: string;
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
  readonly name: string;
  readonly repositoryUrl: string;
  /** The hash of the sources. The same whether the image is built here or was there before. */
  readonly tag: string;
  readonly repositoryArn: string;

  constructor(scope: Construct, id: string, props: ServiceImageProps) {
    super(scope, id);
    const { name, repositoryName, folder, platform, exists, pushes, keyArn, forceDelete } = props;
    const repository = new EcrRepository(this, "repository", {
      name: repositoryName,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: keyArn }],
      forceDelete,
    });
    new EcrLifecyclePolicy(this, "lifecycle", { repository: repository.name, policy: keepNewest(20) });

    this.name = name;
    this.repositoryUrl = repository.repositoryUrl;
    this.repositoryArn = repository.arn;
    this.tag = contentHash(join(__dirname, "../..", folder), platform);
    const reference = `${this.repositoryUrl}:${this.tag}`;
    const isThere = exists(`${repositoryName}:${this.tag}`);
    const image = new Image(this, "image", {
      name: reference,
      // Seen from cdktf.out/stacks/<stack>, where Terraform runs.
      buildAttribute: { context: `../../../${folder}`, platform },
      // A new tag replaces this resource; the image behind the old tag is what a rollback starts.
      keepLocally: true,
    });
    image.addOverride("count", `\${${isThere} ? 0 : 1}`);
    const pushed = new RegistryImage(this, "pushed", { name: reference, keepRemotely: true, dependsOn: [image] });
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
