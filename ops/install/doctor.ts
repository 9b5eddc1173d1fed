import { ask } from "../shell/run";
import { composeVersion, mayInstallCompose } from "./compose-plugin";
import { dockerVersion, mayInstallOrStartDocker } from "./docker-engine";
import { terraformVersion } from "./terraform-providers";

interface Prerequisite {
  readonly name: string;
  readonly minimum: readonly [major: number, minor: number];
  readonly install: string;
  readonly find: () => Promise<string | null>;
  /** Whether `make up` can install it here, so that a person need not. */
  readonly mayInstall: () => Promise<boolean>;
}

const never = async () => false;

const prerequisites: readonly Prerequisite[] = [
  {
    name: "Node.js",
    minimum: [20, 9],
    install: "https://nodejs.org/en/download",
    find: async () => process.versions.node,
    mayInstall: never,
  },
  {
    name: "git",
    minimum: [2, 0],
    install: "apt-get install git",
    find: () => ask("git", ["--version"]),
    mayInstall: never,
  },
  {
    name: "Docker",
    minimum: [20, 10],
    install: "apt-get install docker.io (or start it, if it is installed)",
    find: dockerVersion,
    mayInstall: mayInstallOrStartDocker,
  },
  {
    name: "Docker Compose",
    minimum: [2, 20],
    install: "apt-get install docker-compose-plugin",
    find: composeVersion,
    mayInstall: mayInstallCompose,
  },
  {
    name: "Terraform",
    minimum: [1, 11],
    install: "https://developer.hashicorp.com/terraform/install",
    find: terraformVersion,
    mayInstall: never,
  },
];

/** Prints each prerequisite with its version, or how to get it. True when all are there, or installed by `make up`. */
export async function doctor(): Promise<boolean> {
  const results = await Promise.all(
    prerequisites.map(async ({ find, mayInstall, ...prerequisite }) =>
      examine({ ...prerequisite, found: await find(), installedByUp: await mayInstall() }),
    ),
  );
  for (const { line } of results) process.stdout.write(`${line}\n`);
  return results.every(({ isFine }) => isFine);
}

interface Examined {
  readonly name: string;
  readonly minimum: readonly [major: number, minor: number];
  readonly install: string;
  /** What the program prints of its version; null where there is none. */
  readonly found: string | null;
  readonly installedByUp: boolean;
}

export function examine({ name, minimum, install, found, installedByUp }: Examined): { isFine: boolean; line: string } {
  const version = found?.match(/\d+(\.\d+)+/)?.[0];
  const title = name.padEnd(15);
  if (version && atLeast(version, minimum)) return { isFine: true, line: `✓ ${title} ${version}` };
  const needs = `needs >= ${minimum.join(".")}`;
  if (found === null && installedByUp) {
    return { isFine: true, line: `○ ${title} not found, ${needs}. make up installs it` };
  }
  const state = version ?? (found === null ? "not found" : `"${found}" is no version`);
  return { isFine: false, line: `✗ ${title} ${state}, ${needs}. Install it with: ${install}` };
}

function atLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [foundMajor = 0, foundMinor = 0] = version.split(".").map(Number);
  return foundMajor > major || (foundMajor === major && foundMinor >= minor);
}
