import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { missingOutput } from "../deploy/workspace";
import { attempt, run, SetupError } from "../shell/run";
import { type Configuration, needing } from "./configuration";
import { type Values, writtenAgain } from "./import-ids";

/** Ids as `terraform import` wants them, by the address that each shall have. */
export type Imports = ReadonlyMap<string, string>;

export interface Imported {
  readonly imports: Imports;
  /** Addresses of what needs something that no deploy has made yet: an output of another stack, or a resource of this one. */
  readonly early: ReadonlySet<string>;
}

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
    private configuration: Configuration,
  ) {}

  static async open(folder: string, configuration: Configuration, env: NodeJS.ProcessEnv, state?: State) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const workspace = new Workspace(folder, env, configuration);
    workspace.configure(configuration);
    if (state) workspace.replaceLocalState(state);
    await workspace.terraform("init", "-input=false", "-no-color");
    return workspace;
  }

  configure(configuration: Configuration): void {
    this.configuration = configuration;
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

  /** What Terraform would do to these addresses, those that are not too early, and to what they need; to everything, when none is named. */
  async plan(targets: readonly string[]): Promise<readonly Change[]> {
    const { changes, errors } = await this.tryPlan(targets);
    if (errors.length === 0) return changes;
    const early = this.early(errors, targets);
    if (early.length === 0) throw asError(errors);
    const rest = targets.filter((address) => !early.includes(address));
    return rest.length === 0 ? [] : this.plan(rest);
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
   * Takes resources into the state, those that exist and are not too early. Nothing that exists is changed; what they need and cannot be
   * imported, because it has no identity of its own, is written again.
   */
  async import(configuration: Configuration, wanted: Imports): Promise<Imported> {
    const blocks = [...wanted].map(([to, id]) => ({ to, id }));
    this.configure({ ...configuration, import: blocks });
    const addresses = [...wanted.keys()];
    const { changes, errors } = await this.tryPlan(addresses);
    const others = changes.filter(({ type, change }) => !isHarmless(change.actions.join(), type));
    if (errors.length + others.length === 0) {
      await this.apply();
      return { imports: wanted, early: new Set() };
    }
    const early = errors.length > 0 ? this.early(errors, addresses) : this.needingNew(others, addresses);
    const absent = addresses.filter((address) => errors.some((error) => saysAbsent(error, address)));
    if (early.length + absent.length === 0) throw errors.length > 0 ? asError(errors) : wouldChange(others);
    const rest = [...wanted].filter(([address]) => ![...early, ...absent].includes(address));
    const imported =
      rest.length === 0 ? { imports: new Map(), early: [] } : await this.import(configuration, new Map(rest));
    return { ...imported, early: new Set([...early, ...imported.early]) };
  }

  /** Those of the addresses that Terraform cannot plan, see {@link Imported}. */
  private early(errors: readonly Diagnostic[], addresses: readonly string[]): string[] {
    const outputs = errors.flatMap(({ detail }) => missingOutput.exec(detail)?.slice(1) ?? []);
    const needed = needing(this.configuration, (body) => outputs.some((each) => JSON.stringify(body).includes(each)));
    return addresses.filter((address) => needed.has(address));
  }

  /** Those of the addresses for which others would have to be created, see {@link Imported}; none when more would happen than that. */
  private needingNew(others: readonly Change[], addresses: readonly string[]): string[] {
    if (others.some(({ change }) => change.actions.join() !== "create")) return [];
    const created = others.map(({ address }) => address);
    const needed = needing(this.configuration, (_, address) => created.includes(address));
    return addresses.filter((address) => needed.has(address));
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

function wouldChange(changes: readonly Change[]): SetupError {
  const list = changes.map(({ address, change }) => `${address} (${change.actions.join(", ")})`);
  return new SetupError(`An import must change nothing, but this one would change ${list.join(", ")}.`);
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
