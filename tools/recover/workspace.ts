import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attempt, run, SetupError } from "../setup/run";
import type { Configuration } from "./configuration";
import { type Values, writtenAgain } from "./import-ids";

/** Ids as `terraform import` wants them, by the address that each shall have. */
export type Imports = ReadonlyMap<string, string>;

export interface State {
  readonly resources?: readonly StateResource[];
  readonly [field: string]: unknown;
}

interface StateResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes: Values }[];
}

export interface Change {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly after: Values };
}

interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
}

const planFile = "recover.tfplan";

/** A folder in which Terraform works on a configuration of ours. */
export class Workspace {
  private constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async open(folder: string, configuration: Configuration, env: NodeJS.ProcessEnv, state?: State) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const workspace = new Workspace(folder, env);
    workspace.configure(configuration);
    if (state) workspace.replaceLocalState(state);
    await workspace.terraform("init", "-input=false", "-no-color");
    return workspace;
  }

  configure(configuration: Configuration): void {
    writeFileSync(join(this.folder, "cdk.tf.json"), JSON.stringify(configuration, null, 1));
  }

  replaceLocalState(state: State): void {
    writeFileSync(join(this.folder, "terraform.tfstate"), JSON.stringify(state));
  }

  async terraform(...args: string[]): Promise<string> {
    return run("recover", "terraform", args, { cwd: this.folder, env: this.env });
  }

  /** Empty before the first deploy. */
  async state(): Promise<State> {
    const state = await this.terraform("state", "pull");
    return state.trim() ? JSON.parse(state) : {};
  }

  /** What Terraform would do to these addresses and to what they need; to everything, when none is named. */
  async plan(targets: Iterable<string>): Promise<readonly Change[]> {
    const { changes, errors } = await this.tryPlan(targets);
    if (errors.length > 0) throw asError(errors);
    return changes;
  }

  async apply(): Promise<void> {
    await this.terraform("apply", "-input=false", "-no-color", planFile);
  }

  /** Addresses of the state's resources that do not exist any more. */
  async vanished(): Promise<ReadonlySet<string>> {
    await this.terraform("plan", "-refresh-only", "-input=false", "-no-color", `-out=${planFile}`);
    const { resource_drift: drift = [] } = JSON.parse(await this.terraform("show", "-json", planFile));
    const gone = (drift as Change[]).filter(({ change }) => change.actions.join() === "delete");
    return new Set(gone.map(({ address }) => address));
  }

  /**
   * Takes resources into the state, and gives those that exist. Nothing that exists is changed; what they need and cannot be imported,
   * because it has no identity of its own, is written again.
   */
  async import(configuration: Configuration, wanted: Imports): Promise<Imports> {
    const blocks = [...wanted].map(([to, id]) => ({ to, id }));
    this.configure({ ...configuration, import: blocks });
    const { changes, errors } = await this.tryPlan(wanted.keys());
    if (errors.length > 0) {
      const absent = [...wanted.keys()].filter((address) => errors.some((error) => saysAbsent(error, address)));
      if (absent.length === 0) throw asError(errors);
      const rest = [...wanted].filter(([address]) => !absent.includes(address));
      return rest.length === 0 ? new Map() : this.import(configuration, new Map(rest));
    }
    const others = changes.filter(({ type, change }) => !isHarmless(change.actions.join(), type));
    if (others.length > 0) {
      const list = others.map(({ address, change }) => `${address} (${change.actions.join(", ")})`);
      throw new SetupError(`An import must change nothing, but this one would change ${list.join(", ")}.`);
    }
    await this.apply();
    return wanted;
  }

  private async tryPlan(targets: Iterable<string>): Promise<{ changes: readonly Change[]; errors: Diagnostic[] }> {
    const targeting = [...targets].map((address) => `-target=${address}`);
    const args = ["plan", "-input=false", "-json", `-out=${planFile}`, ...targeting];
    const { code, output } = await attempt("terraform", args, { cwd: this.folder, env: this.env });
    const errors = diagnostics(output).filter(({ severity }) => severity === "error");
    if (code !== 0)
      return {
        changes: [],
        errors: errors.length > 0 ? errors : [{ severity: "error", summary: "terraform plan", detail: output }],
      };
    const plan = JSON.parse(await this.terraform("show", "-json", planFile));
    return { changes: plan.resource_changes ?? [], errors: [] };
  }
}

function isHarmless(action: string, type: string): boolean {
  return action === "no-op" || action === "read" || (action === "create" && writtenAgain.has(type));
}

function asError(errors: readonly Diagnostic[]): SetupError {
  return new SetupError(errors.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n"));
}

function diagnostics(output: string): Diagnostic[] {
  const lines = output.split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line)).flatMap(({ diagnostic }) => (diagnostic ? [diagnostic] : []));
}

function saysAbsent({ summary, detail, address }: Diagnostic, candidate: string): boolean {
  const about = address === candidate || detail.includes(`"${candidate}"`);
  return (
    about &&
    /non-existent remote object|not found|no association|couldn't find|doesn't exist/i.test(`${summary} ${detail}`)
  );
}
