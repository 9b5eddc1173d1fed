import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A Terraform that says what `planned.json` in a stack's folder says, and writes down its calls. That the real one understands them is not shown here. */
export function putTerraform(folder: string): void {
  const script = [
    "#!/bin/sh",
    'echo "$@" >> calls',
    '[ "$1" != show ] || cat planned.json',
    '[ ! -e "fails-$1" ] || exit 1',
  ];
  writeFileSync(join(folder, "terraform"), script.join("\n"));
  chmodSync(join(folder, "terraform"), 0o755);
}
