import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import dockerignore from "@balena/dockerignore";

/**
 * What an image is made of, as 16 hexadecimal digits: names, permissions to execute, and contents of the files that Docker would receive.
 * Two checkouts of one commit agree, whatever else lies in the folder.
 */
export function contentHash(folder: string): string {
  const ignoreFile = join(folder, ".dockerignore");
  const ignored = dockerignore().add(existsSync(ignoreFile) ? readFileSync(ignoreFile, "utf8") : "");
  const hash = createHash("sha256");
  for (const file of filesBelow(folder, folder, (path) => ignored.ignores(path))) {
    const executable = (statSync(join(folder, file)).mode & 0o100) !== 0;
    hash
      .update(`${file}\0${executable}\0`)
      .update(readFileSync(join(folder, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(root: string, folder: string, ignores: (path: string) => boolean): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (ignores(relative(root, path))) return [];
      return entry.isDirectory() ? filesBelow(root, path, ignores) : [relative(root, path)];
    })
    .sort();
}
