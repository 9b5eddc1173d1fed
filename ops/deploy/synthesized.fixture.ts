import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putProgram } from "../pipeline/fake-executable.fixture";
import { until } from "../shell/until";
import type { Dependencies } from "./synthesis";

const configuration = {
  terraform: { backend: { s3: { bucket: "b" } } },
  resource: { aws_lb: { lb: { "//": { metadata: { path: "stack/public/lb" } } } } },
};

/**
 * A folder with synthesized stacks and, in place of Terraform, a program that writes down when each run begins and ends. `applied.json` in a
 * stack's folder is what an apply prints; while there is a file `held`, it waits, with a lock that it releases on SIGINT as Terraform does.
 */
export class SynthesizedFolder {
  readonly folder = mkdtempSync(join(tmpdir(), "synthesized-"));
  readonly env: NodeJS.ProcessEnv = { ...process.env, PATH: `${this.folder}:${process.env.PATH}` };

  constructor(readonly dependencies: Dependencies) {
    for (const stack of dependencies.keys()) {
      mkdirSync(this.path(stack, ""), { recursive: true });
      writeFileSync(this.path(stack, "cdk.tf.json"), JSON.stringify(configuration));
    }
    putProgram(this.folder, "terraform", [
      'say() { echo "$1 $(basename "$PWD")" >> ../calls; }',
      'say "begin $1"',
      '[ "$1" != init ] || mkdir -p .terraform/providers',
      'echo "$@" >> arguments',
      `trap 'say interrupted; rm -f lock; exit 1' INT`,
      "touch lock",
      '[ "$1" = init ] || [ ! -e before.json ] || cat before.json',
      'while [ "$1" != init ] && [ -e held ]; do sleep 0.05; done',
      '[ "$1" = init ] || [ ! -e applied.json ] || cat applied.json',
      "rm -f lock",
      'say "end $1"',
      '[ "$1" = init ] || [ ! -e fails ]',
    ]);
  }

  path(stack: string, file: string): string {
    return join(this.folder, "cdktf.out/stacks", stack, file);
  }

  write(stack: string, file: string, text = ""): void {
    writeFileSync(this.path(stack, file), text);
  }

  remove(stack: string, file: string): void {
    rmSync(this.path(stack, file));
  }

  /** Begins and ends of runs, as `begin apply dev-network`; without those of `init`. */
  calls(): string[] {
    return this.lines("").filter((line) => !line.includes(" init "));
  }

  lines(stack: string): string[] {
    const file = stack ? this.path(stack, "arguments") : join(this.folder, "cdktf.out/stacks/calls");
    try {
      return readFileSync(file, "utf8").trim().split("\n");
    } catch {
      return [];
    }
  }

  async called(call: string): Promise<void> {
    await until(call, 20, async () => this.lines("").includes(call));
  }

  delete(): void {
    rmSync(this.folder, { recursive: true, maxRetries: 5 });
  }
}

/** Lines of `terraform apply -json`. */
export function events(...all: readonly object[]): string {
  return all.map((event) => `${JSON.stringify(event)}\n`).join("");
}

export function errorEvent(summary: string, detail = "", address?: string): object {
  const diagnostic = { severity: "error", summary, detail, ...(address && { address }) };
  return { "@level": "error", "@message": `Error: ${summary}`, type: "diagnostic", diagnostic };
}
