import { join } from "node:path";
import { attempt, SetupError } from "../shell/run";

/** What Terraform plans for the stacks that were synthesized in a folder, and the apply of exactly that. */
export class StackPlans {
  private readonly initialized = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** `terraform show -json` of a plan, which stays on disk to be applied. Its values may be secrets. */
  async plan(stack: string, planArguments: readonly string[]): Promise<string> {
    await this.initialize(stack);
    await this.terraform(stack, "plan", "-input=false", "-no-color", "-out=plan", ...planArguments);
    const shown = await this.terraform(stack, "show", "-json", "plan");
    const json = shown.split("\n").find((line) => line.startsWith('{"format_version"'));
    if (json === undefined) throw new SetupError(`terraform show -json of ${stack} printed no plan.`);
    return json;
  }

  /** Applies the last plan as it was shown. Terraform refuses when the state has changed since. */
  async apply(stack: string, applyArguments: readonly string[] = []): Promise<void> {
    await this.terraform(stack, "apply", "-input=false", "-no-color", ...applyArguments, "plan");
  }

  /** The value of an output, as JSON. */
  async output(stack: string, name: string): Promise<string> {
    await this.initialize(stack);
    return this.terraform(stack, "output", "-json", name);
  }

  private async initialize(stack: string): Promise<void> {
    if (this.initialized.has(stack)) return;
    await this.terraform(stack, "init", "-input=false", "-no-color");
    this.initialized.add(stack);
  }

  private async terraform(stack: string, ...args: string[]): Promise<string> {
    const cwd = join(this.folder, "cdktf.out/stacks", stack);
    const { code, output } = await attempt("terraform", args, { cwd, env: this.env });
    if (code === 0) return output;
    const end = output.trim().split("\n").slice(-20).join("\n");
    throw new SetupError(`terraform ${args[0]} of ${stack} failed (exit ${code}):\n${end}`);
  }
}
