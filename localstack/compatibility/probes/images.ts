import { createHash } from "node:crypto";
import {
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  type CreateRepositoryCommandInput,
  DeleteRepositoryCommand,
  DescribeImageScanFindingsCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetDownloadUrlForLayerCommand,
  GetLifecyclePolicyPreviewCommand,
  InitiateLayerUploadCommand,
  PutImageCommand,
  PutLifecyclePolicyCommand,
  StartLifecyclePolicyPreviewCommand,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import { type Probe, seen } from "../probe";
import type { ProbeContext } from "../probe-context";

const service = "ECR";

async function createRepository(
  context: ProbeContext,
  settings: Partial<CreateRepositoryCommandInput> = {},
): Promise<string> {
  const ecr = context.client(ECRClient);
  const repositoryName = context.name;
  await ecr.send(new CreateRepositoryCommand({ repositoryName, ...settings }));
  context.afterwards(() => ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true })));
  return repositoryName;
}

/** Pushes an image of one tiny layer, as `docker push` does. */
async function push(context: ProbeContext, repositoryName: string, imageTag: string, content: string): Promise<string> {
  const ecr = context.client(ECRClient);
  const upload = async (text: string) => {
    const layerPartBlob = Buffer.from(text);
    const digest = `sha256:${createHash("sha256").update(layerPartBlob).digest("hex")}`;
    const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }));
    const part = { partFirstByte: 0, partLastByte: layerPartBlob.length - 1, layerPartBlob };
    await ecr.send(new UploadLayerPartCommand({ repositoryName, uploadId, ...part }));
    await ecr.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [digest] }));
    return { digest, size: layerPartBlob.length };
  };
  const config = { mediaType: "application/vnd.oci.image.config.v1+json", ...(await upload(`{"is":"${content}"}`)) };
  const layer = { mediaType: "application/vnd.oci.image.layer.v1.tar", ...(await upload(content)) };
  const imageManifestMediaType = "application/vnd.oci.image.manifest.v1+json";
  const manifest = { schemaVersion: 2, mediaType: imageManifestMediaType, config, layers: [layer] };
  const image = { repositoryName, imageTag, imageManifest: JSON.stringify(manifest), imageManifestMediaType };
  await ecr.send(new PutImageCommand(image));
  return layer.digest;
}

export const imageProbes = [
  {
    id: "ecr-push",
    service,
    capability: "An image that was pushed can be had from its repository.",
    note: "Pulling is not seen here: tasks run what is in the local Docker store, and the repository's address is AWS's.",
    run: async (context) => {
      const repositoryName = await createRepository(context);
      const layerDigest = await push(context, repositoryName, "1", "content");
      const ecr = context.client(ECRClient);
      const { downloadUrl = "" } = await ecr.send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }));
      const { repositories } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }));
      const addresses = [new URL(downloadUrl).hostname, String(repositories?.[0]?.repositoryUri)];
      // Behind them would be the real AWS, which is never asked.
      if (addresses.some((address) => address.includes("amazonaws.com"))) return "stored";
      return seen((await (await fetch(downloadUrl)).text()) === "content");
    },
  },
  {
    id: "ecr-immutable-tags",
    service,
    capability: "A tag that is immutable cannot be given to another image.",
    run: async (context) => {
      const repositoryName = await createRepository(context, { imageTagMutability: "IMMUTABLE" });
      await push(context, repositoryName, "1", "one");
      try {
        await push(context, repositoryName, "1", "two");
        return "stored";
      } catch (error) {
        if ((error as Error).name === "ImageTagAlreadyExistsException") return "enforced";
        throw error;
      }
    },
  },
  {
    id: "ecr-lifecycle",
    service,
    capability: "A lifecycle policy says which images expire.",
    note: "Which images the lifecycle rules expire, and that those in use stay, is not seen here.",
    run: async (context) => {
      const ecr = context.client(ECRClient);
      const repositoryName = await createRepository(context);
      await push(context, repositoryName, "1", "one");
      await push(context, repositoryName, "2", "two");
      const selection = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 };
      const lifecyclePolicyText = JSON.stringify({
        rules: [{ rulePriority: 1, selection, action: { type: "expire" } }],
      });
      await ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
      await ecr.send(new StartLifecyclePolicyPreviewCommand({ repositoryName }));
      return seen(
        await context.within(20, async () => {
          const { previewResults = [] } = await ecr.send(new GetLifecyclePolicyPreviewCommand({ repositoryName }));
          return previewResults.length === 1;
        }),
      );
    },
  },
  {
    id: "ecr-scan",
    service,
    capability: "An image is scanned when it is pushed.",
    note: "What a scan finds is not seen here.",
    run: async (context) => {
      const repositoryName = await createRepository(context, { imageScanningConfiguration: { scanOnPush: true } });
      await push(context, repositoryName, "1", "one");
      const imageId = { imageTag: "1" };
      const ecr = context.client(ECRClient);
      const command = new DescribeImageScanFindingsCommand({ repositoryName, imageId });
      const status = async () => {
        try {
          return (await ecr.send(command)).imageScanStatus?.status;
        } catch (error) {
          // Not yet.
          if ((error as Error).name === "ScanNotFoundException") return undefined;
          throw error;
        }
      };
      return seen(await context.within(20, async () => (await status()) !== undefined));
    },
  },
] as const satisfies readonly Probe[];
