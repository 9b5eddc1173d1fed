import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Copy } from "../shell/copy";
import { attempt, SetupError } from "../shell/run";
import { Terraform } from "./terraform";

/** Terraform's word where a stack refers to what the state of another does not have. */
export const missingOutput = /does not have an attribute named "(cross-stack-output-[^"]+)"/;

/** Those words in an error, if it has them. */
export function missingOutputIn({ message }: Error): string | undefined {
  // Terraform breaks its lines.
  return missingOutput.exec(message.replace(/\s+/g, " "))?.[0];
}

/** The stacks of a copy as they were synthesized, and the plans that Terraform makes of them. */
export class Workspace {
  private readonly plans: Terraform;

  constructor(
    readonly copy: Copy,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.plans = new Terraform(copy.folder, env);
  }

  /** The synthesized JSON of each stack, by the stack's name. */
  async synthesize(): Promise<ReadonlyMap<string, string>> {
    const options = { cwd: this.copy.folder, env: this.env };
    const { code, output } = await attempt("node_modules/.bin/tsx", ["main.ts"], options);
    if (code !== 0)
      throw new SetupError(`main.ts failed (exit ${code}):\n${output.trim().split("\n").slice(-20).join("\n")}`);
    const stacks = join(this.copy.folder, "cdktf.out/stacks");
    return new Map(readdirSync(stacks).map((stack) => [stack, readFileSync(this.file(stack, "cdk.tf.json"), "utf8")]));
  }

  file(stack: string, name: string): string {
    return join(this.copy.folder, "cdktf.out/stacks", stack, name);
  }

  /** `terraform show -json` of a plan. */
  plan(stack: string, planArguments: readonly string[]): Promise<string> {
    return this.plans.plan(stack, ["-lock=false", ...planArguments]);
  }

  /** Does what the last plan says. */
  apply(stack: string): Promise<void> {
    return this.plans.applyPlan(stack);
  }
}
