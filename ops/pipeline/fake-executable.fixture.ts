import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A program of the shell in the place of another one, for whoever has the folder in front of the others. */
export function putProgram(folder: string, name: string, lines: readonly string[]): void {
  const file = join(folder, name);
  writeFileSync(file, ["#!/bin/sh", ...lines].join("\n"));
  chmodSync(file, 0o755);
}

/** A Terraform that says what `planned.json` in a stack's folder says, and writes down its calls. That the real one understands them is not shown here. */
export function putTerraform(folder: string): void {
  putProgram(folder, "terraform", [
    'echo "$@" >> calls',
    '[ "$1" != init ] || mkdir -p .terraform/providers',
    '[ "$1" != show ] || cat planned.json',
    '[ ! -e "fails-$1" ] || exit 1',
  ]);
}
