import { composeVersion } from "./compose-plugin";
import { dockerVersion } from "./docker-engine";
import { ask } from "./run";
import { terraformVersion } from "./terraform-providers";

interface Prerequisite {
  readonly name: string;
  readonly find: () => Promise<string | null>;
  readonly minimum: readonly [major: number, minor: number];
  readonly install: string;
}

const prerequisites: readonly Prerequisite[] = [
  {
    name: "Node.js",
    find: async () => process.versions.node,
    minimum: [20, 9],
    install: "https://nodejs.org/en/download",
  },
  { name: "git", find: () => ask("git", ["--version"]), minimum: [2, 0], install: "apt-get install git" },
  {
    name: "Docker",
    find: dockerVersion,
    minimum: [20, 10],
    install: "make up (as root), or: apt-get install docker.io",
  },
  {
    name: "Docker Compose",
    find: composeVersion,
    minimum: [2, 20],
    install: "make up (builds it), or: apt-get install docker-compose-plugin",
  },
  {
    name: "Terraform",
    find: terraformVersion,
    minimum: [1, 11],
    install: "https://developer.hashicorp.com/terraform/install",
  },
];

/** Prints each prerequisite with its version, or how to get it. True when all are there. */
export async function doctor(): Promise<boolean> {
  const results = await Promise.all(prerequisites.map(examine));
  for (const { line } of results) process.stdout.write(`${line}\n`);
  return results.every(({ found }) => found);
}

async function examine({ name, find, minimum, install }: Prerequisite): Promise<{ found: boolean; line: string }> {
  const text = await find();
  const version = text?.match(/\d+(\.\d+)+/)?.[0];
  const wanted = `>= ${minimum.join(".")}`;
  if (version && atLeast(version, minimum)) return { found: true, line: `✓ ${name.padEnd(15)} ${version}` };
  const state = version ? `${version}, needs ${wanted}` : `not found, needs ${wanted}`;
  return { found: false, line: `✗ ${name.padEnd(15)} ${state}. Get it with: ${install}` };
}

function atLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [foundMajor = 0, foundMinor = 0] = version.split(".").map(Number);
  return foundMajor > major || (foundMajor === major && foundMinor >= minor);
}
