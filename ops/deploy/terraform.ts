import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { synthesizedStacks } from "../../packages/plan-review/classify/construct-path";
import { appendToLog } from "../shell/log";
import { attempt, SetupError } from "../shell/run";
import type { TerraformEvents } from "./terraform-events";

/** Checksums of the official builds of the providers; without an entry, Terraform leaves its cache aside, too: https://github.com/hashicorp/terraform/issues/32129 */
export const providerLocks = "stacks/terraform.lock.hcl";

export interface ApplyOptions {
  /** Addresses of the resources to apply, with what they need; all if none is named. */
  readonly targets?: readonly string[];
  /** After each part of what Terraform prints. */
  readonly onEvent?: () => void;
}

/** Runs Terraform on the stacks that were synthesized in a folder, each in the folder in which cdktf would. */
export class Terraform {
  private readonly initializing = new Map<string, Promise<void>>();

  constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** `terraform show -json` of a plan, which stays on disk to be applied. Its values may be secrets. */
  async plan(stack: string, planArguments: readonly string[]): Promise<string> {
    await this.initialize(stack);
    await this.run(stack, "plan", "-input=false", "-no-color", "-out=plan", ...planArguments);
    const shown = await this.run(stack, "show", "-json", "plan");
    const json = shown.split("\n").find((line) => line.startsWith('{"format_version"'));
    if (json === undefined) throw new SetupError(`terraform show -json of ${stack} printed no plan.`);
    return json;
  }

  /** Applies the last plan as it was shown. Terraform refuses when the state has changed since. */
  async applyPlan(stack: string, applyArguments: readonly string[] = []): Promise<void> {
    await this.run(stack, "apply", "-input=false", "-no-color", ...applyArguments, "plan");
  }

  /** The value of an output, as JSON. */
  async output(stack: string, name: string): Promise<string> {
    await this.initialize(stack);
    return this.run(stack, "output", "-json", name);
  }

  apply(
    stack: string,
    events: TerraformEvents,
    { targets = [], onEvent = () => {} }: ApplyOptions = {},
  ): Promise<void> {
    const targeted = targets.map((address) => `-target=${address}`);
    return this.watched(["apply", ...targeted], stack, events, onEvent);
  }

  destroy(stack: string, events: TerraformEvents): Promise<void> {
    return this.watched(["destroy"], stack, events, () => {});
  }

  private async watched(
    [command, ...options]: readonly ["apply" | "destroy", ...string[]],
    stack: string,
    events: TerraformEvents,
    onEvent: () => void,
  ): Promise<void> {
    await this.initialize(stack);
    const args = [command, "-auto-approve", "-input=false", "-json", ...this.parallelism(), ...options];
    const log = (lines: readonly string[]) => appendToLog(command === "apply" ? "deploy" : "destroy", stack, lines);
    log([`$ terraform ${args.join(" ")}`]);
    const onOutput = (chunk: Buffer) => {
      log(events.read(chunk));
      onEvent();
    };
    const { code } = await this.attempt(stack, args, onOutput);
    if (code === 0) return;
    const { constructOf } = synthesizedStacks(join(this.folder, "cdktf.out"));
    const errors = events.errors((address) => constructOf(stack, address));
    throw new SetupError(`terraform ${command} of ${stack} failed (exit ${code}):\n${errors}`);
  }

  /** An emulator limits no rate of calls, and much of a stack's time is waiting. */
  private parallelism(): string[] {
    return this.env.AWS_ENDPOINT_URL ? ["-parallelism=30"] : [];
  }

  /** Runs `terraform init`, only where providers or backend are not those of the last time. The versions are exact: a lock file of another one must give way. */
  initialize(stack: string): Promise<void> {
    const running = this.initializing.get(stack);
    if (running) return running;
    const begun = this.initializeOnce(stack).finally(() => this.initializing.delete(stack));
    this.initializing.set(stack, begun);
    return begun;
  }

  private async initializeOnce(stack: string): Promise<void> {
    const cwd = this.folderOf(stack);
    const marker = join(cwd, ".terraform/initialized");
    if (textOf(marker) === initialization(cwd) && hasProviders(cwd)) return;
    const locks = join(this.folder, providerLocks);
    // What this machine built itself has other checksums than the official builds.
    const isLocked = this.env.GITHUB_ACTIONS === "true" && existsSync(locks);
    if (isLocked) copyFileSync(locks, join(cwd, ".terraform.lock.hcl"));
    await this.run(stack, "init", "-input=false", "-no-color", ...(isLocked ? [] : ["-upgrade"]));
    writeFileSync(marker, initialization(cwd));
  }

  private folderOf(stack: string): string {
    return join(this.folder, "cdktf.out/stacks", stack);
  }

  private async run(stack: string, ...args: string[]): Promise<string> {
    const { code, output } = await this.attempt(stack, args);
    if (code === 0) return output;
    const end = output.trim().split("\n").slice(-20).join("\n");
    throw new SetupError(`terraform ${args[0]} of ${stack} failed (exit ${code}):\n${end}`);
  }

  private attempt(stack: string, args: readonly string[], onOutput?: (chunk: Buffer) => void) {
    const options = { cwd: this.folderOf(stack), env: this.env, endsItself: true };
    return attempt("terraform", args, { ...options, ...(onOutput && { onOutput }) });
  }
}

/** Of what a stack needs, and of what `terraform init` wrote, which somebody may have run by hand. */
function initialization(folder: string): string {
  const { terraform } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  const written = [".terraform/terraform.tfstate", ".terraform.lock.hcl"].map((file) => textOf(join(folder, file)));
  return createHash("sha256")
    .update(JSON.stringify([terraform, ...written]))
    .digest("hex");
}

/** They are links into a cache, which may have been removed. */
function hasProviders(folder: string): boolean {
  const providers = join(folder, ".terraform/providers");
  if (!existsSync(providers)) return false;
  return readdirSync(providers, { recursive: true }).every((path) => existsSync(join(providers, String(path))));
}

function textOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
