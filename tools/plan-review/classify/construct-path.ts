import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ResourceChange } from "../read/plan";
import type { Stacks } from "./classify";

/** CDKTF's names are the parts of the path and eight digits of its hash: `backend-service_task_F79514A6`. */
export function constructPath({
  name,
  module_address,
}: Pick<ResourceChange, "name" | "module_address">): string | undefined {
  const [, path] = /^(.+)_[0-9A-F]{8}$/.exec(name) ?? [];
  return path === undefined || module_address !== undefined ? undefined : path.replaceAll("_", "/");
}

/** What a synthesis wrote beside each resource, from a folder such as `cdktf.out`; nothing where there is none. */
export function synthesizedStacks(folder: string): Stacks {
  const stacks = join(folder, "stacks");
  const paths = new Map<string, string>();
  for (const stack of existsSync(stacks) ? readdirSync(stacks) : []) {
    const file = join(stacks, stack, "cdk.tf.json");
    if (existsSync(file))
      for (const [address, path] of pathsIn(readFileSync(file, "utf8"))) paths.set(`${stack} ${address}`, path);
  }
  return { constructOf: (stack, address) => paths.get(`${stack} ${address}`) };
}

type Resources = Record<string, Record<string, { "//"?: { metadata?: { path?: string } } }>>;

function pathsIn(text: string): [string, string][] {
  const { resource = {} } = JSON.parse(text) as { resource?: Resources };
  return Object.entries(resource).flatMap(([type, byName]) =>
    Object.entries(byName).flatMap(([name, { "//": comment }]): [string, string][] => {
      const path = comment?.metadata?.path;
      return path === undefined ? [] : [[`${type}.${name}`, path.slice(path.indexOf("/") + 1)]];
    }),
  );
}
