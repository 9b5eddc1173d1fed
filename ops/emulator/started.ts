import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "../shell/paths";
import { ask } from "../shell/run";
import type { Owner, Started } from "./instance";

/** Settings of `docker-compose.localstack.yml` that decide how the emulator behaves, with what they are if nothing is set. */
const settings: Readonly<Record<string, string>> = {
  EMULATOR_AUTH: "false",
  EVENTUAL_CONSISTENCY_SEED: "",
  CLOUDWATCH_MINUTE_SECONDS: "10",
  WITHOUT_PATCHES: "",
};
const sources = ["docker-compose.localstack.yml", "localstack"];

/** What this checkout writes on an instance that it starts. */
export async function startedHere(env: NodeJS.ProcessEnv, owner: Owner | null = null): Promise<Started> {
  const version = (await ask("git", ["describe", "--always", "--dirty"])) ?? "unknown";
  const set = Object.entries(settings).map(([name, usual]) => [name, env[name] || usual]);
  return { checkout: root, version, owner, settings: { ...Object.fromEntries(set), sources: await sourcesHash() } };
}

async function sourcesHash(): Promise<string> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...sources];
  const listed = ((await ask("git", args)) ?? "").split("\0");
  const files = listed.filter((file) => file && !/\.(md|test\.ts)$/.test(file) && isFile(join(root, file)));
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 12);
}

/** What differs between an instance as it was started and as this checkout would start it, in words. */
export function differences(started: Started, wanted: Started): string[] {
  return Object.entries(wanted.settings).flatMap(([name, value]) => {
    const before = started.settings[name] ?? "";
    if (before === value) return [];
    return name === "sources" ? ["its own files"] : [`${name}=${before} instead of ${value || "nothing"}`];
  });
}

/** Git also lists what was deleted and not committed, and links to folders. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
