import {
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { type Level, type Probe, seen } from "../probe";
import type { ProbeContext } from "../probe-context";
import { actingAs } from "../role";

const service = "S3 and KMS";
const Key = "state";

const s3Of = (context: ProbeContext) => context.client(S3Client, { forcePathStyle: true });

/** To its last byte: a body that nobody reads ends the process when its connection is closed. */
async function read(s3: S3Client, input: GetObjectCommandInput): Promise<string | undefined> {
  const { Body } = await s3.send(new GetObjectCommand(input));
  return Body?.transformToString();
}

async function createBucket(context: ProbeContext): Promise<string> {
  const s3 = s3Of(context);
  const Bucket = context.name;
  await s3.send(new CreateBucketCommand({ Bucket }));
  context.afterwards(() => s3.send(new DeleteBucketCommand({ Bucket })));
  context.afterwards(async () => {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
      await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    }
  });
  return Bucket;
}

/** Enforced, if it fails in this way; any other failure is a surprise. */
async function refused(reason: RegExp, action: () => Promise<unknown>): Promise<Level> {
  try {
    await action();
    return "stored";
  } catch (error) {
    if (reason.test((error as Error).name)) return "enforced";
    throw error;
  }
}

export const storageProbes = [
  {
    id: "s3-conditional-write",
    service,
    capability: "Of two who write a new object on condition, one is refused: Terraform's lock.",
    run: async (context) => {
      const Bucket = await createBucket(context);
      const write = () => s3Of(context).send(new PutObjectCommand({ Bucket, Key, Body: "lock", IfNoneMatch: "*" }));
      const results = await Promise.allSettled([write(), write(), write()]);
      const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
      const surprise = reasons.find(({ name }) => !/PreconditionFailed|ConditionalRequestConflict/.test(name));
      if (surprise) throw surprise;
      return seen(reasons.length === 2);
    },
  },
  {
    id: "s3-versioning",
    service,
    capability: "An object that was overwritten can be read as it was.",
    run: async (context) => {
      const s3 = s3Of(context);
      const Bucket = await createBucket(context);
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
      const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: "before" }));
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: "after" }));
      return seen((await read(s3, { Bucket, Key, VersionId })) === "before");
    },
  },
  {
    id: "s3-bucket-policy",
    service,
    capability: "A bucket policy keeps out those whom it denies.",
    note: "`make up` allows what a policy forbids; with EMULATOR_AUTH=true it is refused, but every call counts as encrypted.",
    run: async (context) => {
      const s3 = s3Of(context);
      const Bucket = await createBucket(context);
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: "secret" }));
      const Resource = `arn:aws:s3:::${Bucket}/*`;
      const deny = { Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource };
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [deny] });
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
      context.afterwards(() => s3.send(new DeleteBucketPolicyCommand({ Bucket })));
      const reader = context.own(new S3Client({ ...(await actingAs(context, ["s3:*"])), forcePathStyle: true }));
      return refused(/AccessDenied/, () => read(reader, { Bucket, Key }));
    },
  },
  {
    id: "kms-encryption",
    service,
    capability: "What is encrypted with a key cannot be read while the key is disabled.",
    note: "Whether each service may use its key, by policy or grant, is not seen here: nothing is refused for want of a key.",
    run: async (context) => {
      const kms = context.client(KMSClient);
      const s3 = s3Of(context);
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: context.name }));
      const KeyId = KeyMetadata?.KeyId;
      context.afterwards(() => kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 })));
      const Bucket = await createBucket(context);
      const encryption = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: KeyId } as const;
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: "secret", ...encryption }));
      await kms.send(new DisableKeyCommand({ KeyId }));
      context.afterwards(() => kms.send(new EnableKeyCommand({ KeyId })));
      return refused(/Disabled/, () => read(s3, { Bucket, Key }));
    },
  },
] as const satisfies readonly Probe[];
