import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { bucketName } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import { formatImage } from "../images/image";
import { wantedImages } from "../images/wanted";
import { clientConfiguration } from "../shell/client-configuration";
import { synthesizedStack } from "../shell/paths";
import { ask } from "../shell/run";
import { emulatorAt } from "./emulator-at";
import type { Dependencies } from "./synthesis";
import type { Outputs } from "./terraform-events";

/** What the result of an apply depends on, in the order of the reasons to apply again. */
const reasons = {
  format: "it was applied by another version of this program",
  emulator: "it was applied to another emulator",
  configuration: "its configuration changed",
  variables: "its variables changed",
  upstream: "outputs of the stacks that it depends on changed",
  images: "its images in Docker are other ones",
  state: "its state changed since",
} as const;

type Part = keyof typeof reasons;
type Hashes = Readonly<Record<Part, string>>;

const format = "1";

export interface LastApplyProps {
  readonly environment: Environment;
  readonly env: NodeJS.ProcessEnv;
  readonly dependencies: Dependencies;
  /** The checkout, with its synthesized stacks. */
  readonly folder: string;
  /** Applies everything: FORCE=1. */
  readonly isForced?: boolean;
  readonly s3?: Pick<S3Client, "send">;
  /** Ids of local images. */
  readonly imageIds?: (images: readonly string[]) => Promise<string>;
}

/**
 * On the emulator: of what each stack was applied last, so that it need not be applied again. The record is an object in the bucket of the
 * states: it goes with the emulator. What somebody changed there without Terraform is not noticed.
 */
export class LastApply {
  private readonly s3: Pick<S3Client, "send">;
  private readonly bucket: string;

  constructor(
    private readonly props: LastApplyProps,
    /** The container of the emulator, and when it was started: what it emulates is in its memory. */
    private readonly emulator: string,
  ) {
    const { environment, env, s3 } = props;
    const connection = { ...clientConfiguration(env), region: environment.region, forcePathStyle: true };
    this.s3 = s3 ?? new S3Client(connection);
    this.bucket = bucketName(environment, "state");
  }

  /** Nothing on AWS, in CI, and on an emulator that is no container of this machine. */
  static async onEmulator(props: LastApplyProps): Promise<LastApply | undefined> {
    const { AWS_ENDPOINT_URL, CI } = props.env;
    if (CI === "true" || !AWS_ENDPOINT_URL) return undefined;
    const emulator = await emulatorAt(AWS_ENDPOINT_URL);
    return emulator === null ? undefined : new LastApply(props, emulator);
  }

  /** Why a stack must be applied; undefined when nothing that its apply depends on has changed since the last one. */
  async reasonToApply(stack: string): Promise<string | undefined> {
    if (this.props.isForced) return "FORCE=1";
    const last = await this.read(keyOf(stack));
    if (last === undefined) return "no complete apply to this emulator is recorded";
    const [before, now]: [Partial<Hashes>, Hashes] = [JSON.parse(last), await this.hashes(stack)];
    const changed = (Object.keys(reasons) as Part[]).find((part) => before[part] !== now[part]);
    return changed && reasons[changed];
  }

  /** Before an apply begins: one that is interrupted leaves no record. */
  async forget(stack: string): Promise<void> {
    await this.s3
      .send(new DeleteObjectCommand({ Bucket: this.bucket, Key: keyOf(stack) }))
      .catch((error: Error) => absent(error));
  }

  async record(stack: string): Promise<void> {
    const Body = JSON.stringify(await this.hashes(stack));
    await this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: keyOf(stack), Body }));
  }

  /** As the state has them. */
  async outputs(stack: string): Promise<Outputs> {
    return JSON.parse((await this.state(stack)) ?? "{}").outputs ?? {};
  }

  private async hashes(stack: string): Promise<Hashes> {
    const { env, dependencies, folder } = this.props;
    const configuration = readFileSync(synthesizedStack(stack, folder), "utf8");
    const declared = Object.keys(JSON.parse(configuration).variable ?? {}).sort();
    const upstream = (dependencies.get(stack) ?? []).map(async (each) => read(await this.outputs(each), configuration));
    const parts: Record<Part, unknown> = {
      format,
      emulator: this.emulator,
      configuration,
      variables: declared.map((name) => [name, env[`TF_VAR_${name}`]]),
      upstream: await Promise.all(upstream),
      images: await this.images(stack),
      state: await this.state(stack),
    };
    const hashed = Object.entries(parts).map(([part, value]) => [part, sha256(JSON.stringify(value ?? null))]);
    return Object.fromEntries(hashed);
  }

  /** Ids of the images that the stack builds. */
  private async images(stack: string): Promise<string> {
    const { environment, folder, imageIds = localImageIds } = this.props;
    return stack === `${environment.name}-images` ? imageIds(wantedImages(environment, folder).map(formatImage)) : "";
  }

  private async state(stack: string): Promise<string | undefined> {
    const file = join(this.props.folder, ".state", `${stack}.tfstate`);
    return existsSync(file) ? readFileSync(file, "utf8") : this.read(`${stack}.tfstate`);
  }

  private async read(Key: string): Promise<string | undefined> {
    try {
      const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key }));
      return await Body?.transformToString();
    } catch (error) {
      return absent(error as Error);
    }
  }
}

function keyOf(stack: string): string {
  return `${stack}.applied.json`;
}

function absent(error: Error): undefined {
  if (!["NoSuchKey", "NoSuchBucket"].includes(error.name)) throw error;
}

/** The outputs that a configuration refers to. */
function read(outputs: Outputs, configuration: string): [string, unknown][] {
  return Object.entries(outputs).filter(([name]) => configuration.includes(`.outputs.${name}`));
}

async function localImageIds(images: readonly string[]): Promise<string> {
  const ids = images.map((image) => ask("docker", ["image", "inspect", "--format", "{{.Id}}", image]));
  return (await Promise.all(ids)).join(" ");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
