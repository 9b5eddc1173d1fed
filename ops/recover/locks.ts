import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { basename } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";

/** What Terraform writes beside a state while it changes it. */
export interface Lock {
  readonly stack: string;
  readonly id: string;
  readonly operation: string;
  /** `user@host` */
  readonly who: string;
  readonly created: string;
}

const ending = ".tfstate.tflock";

/** The locks on the states in a bucket. */
export async function locksIn(client: S3Client, bucket: string): Promise<Lock[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  const keys = Contents.map(({ Key = "" }) => Key).filter((key) => key.endsWith(ending));
  return Promise.all(
    keys.map(async (Key) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const { ID, Operation, Who, Created } = JSON.parse((await Body?.transformToString()) ?? "{}");
      return { stack: Key.slice(0, -ending.length), id: ID, operation: Operation, who: Who, created: Created };
    }),
  );
}

export type Holder = "alive" | "dead" | "elsewhere";

/**
 * Whether a Terraform runs on this machine that works in the stack's folder, and on the same AWS: with the same AWS_ENDPOINT_URL, or without
 * one. Of another machine nothing can be said from here.
 */
export function holderOf({ stack, who }: Lock, endpoint = ""): Holder {
  if (who.split("@").at(-1) !== hostname()) return "elsewhere";
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return processes.some((pid) => worksIn(pid, stack, endpoint)) ? "alive" : "dead";
}

function worksIn(pid: string, stack: string, endpoint: string): boolean {
  try {
    const isTerraform = readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "terraform";
    return isTerraform && basename(readlinkSync(`/proc/${pid}/cwd`)) === stack && endpointOf(pid) === endpoint;
  } catch (error) {
    // Another user's Terraform may be the one; a process that ended while we looked is not.
    return (error as NodeJS.ErrnoException).code === "EACCES";
  }
}

function endpointOf(pid: string): string {
  const variables = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  const name = "AWS_ENDPOINT_URL=";
  return variables.find((variable) => variable.startsWith(name))?.slice(name.length) ?? "";
}
