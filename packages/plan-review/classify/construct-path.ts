import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { at, isObject, type Json, type ResourceChange } from "../read/plan";
import { PlanError } from "../read/read";

export interface Stacks {
  /** Metadata of synthesized stacks: the path of the construct, by stack and address. */
  constructOf(stack: string, address: string): string | undefined;
}

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
  for (const stack of namesIn(stacks)) {
    const file = join(stacks, stack, "cdk.tf.json");
    if (!existsSync(file)) continue;
    for (const [address, path] of pathsIn(file)) paths.set(`${stack} ${address}`, path);
  }
  return { constructOf: (stack, address) => paths.get(`${stack} ${address}`) };
}

function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  if (statSync(folder).isDirectory()) return readdirSync(folder);
  throw new PlanError(`${folder} is no folder: name the one that cdktf synth wrote.`);
}

function pathsIn(file: string): [string, string][] {
  return entriesOf(at(contentsOf(file), "resource")).flatMap(([type, byName]) =>
    entriesOf(byName).flatMap(([name, values]): [string, string][] => {
      const path = at(values, "//", "metadata", "path");
      return typeof path === "string" ? [[`${type}.${name}`, path.slice(path.indexOf("/") + 1)]] : [];
    }),
  );
}

function contentsOf(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new PlanError(`${file} is no JSON that can be read: synthesize again, or name another folder.`);
  }
}

function entriesOf(value: Json | undefined): [string, Json | undefined][] {
  return isObject(value) ? Object.entries(value) : [];
}
