import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import dockerignore from "@balena/dockerignore";

/**
 * What an image is made of, as 16 hexadecimal digits: its platform, and names, permissions to execute, and contents of the files that
 * Docker would receive. Two checkouts of one commit agree, whatever else lies in the folder.
 */
export function contentHash(folder: string, platform: string): string {
  const hash = createHash("sha256").update(`${platform}\0`);
  for (const file of sourceFiles(folder)) {
    const path = join(folder, file);
    const executable = (statSync(path).mode & 0o100) !== 0;
    hash.update(`${file}\0${executable}\0`).update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

/** The files of a build context that its `.dockerignore` lets through, and the Dockerfile, which it cannot hold back, by name. */
export function sourceFiles(folder: string): string[] {
  const ignoreFile = join(folder, ".dockerignore");
  const ignored = dockerignore().add(existsSync(ignoreFile) ? readFileSync(ignoreFile, "utf8") : "");
  const below = (parent: string): string[] =>
    readdirSync(join(folder, parent), { withFileTypes: true }).flatMap((entry) => {
      const path = join(parent, entry.name);
      if (ignored.ignores(path) && path !== "Dockerfile") return [];
      return entry.isDirectory() ? below(path) : [path];
    });
  return below("").sort();
}
