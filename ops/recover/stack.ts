import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, synthesizedStack } from "../shell/paths";
import { SetupError } from "../shell/run";
import { bodies, type Configuration, refersTo, unchanging, withBodies } from "./configuration";
import type { Values } from "./import-ids";
import type { Known, Unknown } from "./survey";
import { type Imported, type Imports, type State, Workspace } from "./workspace";

/** A synthesized stack, its state, and what can be put right in it. */
export class Stack {
  private constructor(
    readonly name: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly configuration: Configuration,
    private readonly workspace: Workspace,
  ) {}

  static async open(name: string, env: NodeJS.ProcessEnv): Promise<Stack> {
    const configuration: Configuration = JSON.parse(readFileSync(synthesizedStack(name), "utf8"));
    return new Stack(name, env, configuration, await Workspace.open(folderOf(name), configuration, env));
  }

  async unlock(lockId: string): Promise<void> {
    await this.workspace.terraform("force-unlock", "-force", lockId);
  }

  async known(): Promise<Known> {
    const resources = managed(await this.workspace.state());
    const attributes = resources.flatMap(({ instances }) => instances.map((instance) => instance.attributes));
    return {
      configured: new Set(bodies(this.configuration).keys()),
      addresses: new Set(resources.map(addressOf)),
      ids: new Set(attributes.flatMap(({ arn, id }) => [arn, id])),
    };
  }

  /** Of these addresses, those at which the state names what does not exist any more. Asks AWS; the state stays as it is. */
  async vanished(addresses: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const state = await this.workspace.state();
    const copy = { ...state, resources: managed(state).filter((each) => addresses.has(addressOf(each))) };
    const workspace = await Workspace.open(`${folderOf(this.name)}-refreshed`, this.empty(), this.env, copy);
    return workspace.vanished();
  }

  /** No resource, and no backend: what a state beside it has is only looked at, or goes. */
  private empty(): Configuration {
    const { backend: _, ...settings } = this.configuration.terraform;
    return { terraform: settings, provider: this.configuration.provider };
  }

  async forget(addresses: ReadonlySet<string>): Promise<void> {
    await this.workspace.terraform("state", "rm", ...addresses);
  }

  /** The state has those that exist afterwards, as they are. */
  async import(wanted: Imports): Promise<Imported> {
    const imported = await this.workspace.import(unchanging(this.configuration), wanted);
    // Other stacks read outputs from this state.
    if (imported.imports.size > 0) {
      await this.workspace.terraform("apply", "-refresh-only", "-auto-approve", "-input=false", "-no-color");
    }
    return imported;
  }

  /** Arguments that the configuration gives literally, without those that refer to something. */
  literals(address: string): Values {
    const body = bodies(this.configuration).get(address) ?? {};
    return Object.fromEntries(Object.entries(body).filter(([, value]) => !JSON.stringify(value).includes("${")));
  }

  /** What Terraform knows beforehand of resources that it would create. */
  async planned(addresses: readonly string[]): Promise<ReadonlyMap<string, Values>> {
    this.workspace.configure(unchanging(this.configuration));
    const changes = await this.workspace.plan(addresses);
    const creations = changes.filter(({ address, change }) => addresses.includes(address) && isCreation(change));
    return new Map(creations.map(({ address, change }) => [address, change.after]));
  }

  /**
   * Destroys resources whose address belongs to another, and gives those that existed. They get names of their own in a copy of the state
   * that lies beside the real one: Terraform knows in which order they go, and how long each takes.
   */
  async remove(duplicates: readonly Unknown[]): Promise<readonly Unknown[]> {
    const { output: _, ...withoutOutputs } = this.configuration;
    const alone = { ...withoutOutputs, ...this.empty() };
    const own = bodies(alone);
    const named = new Map(duplicates.map((duplicate, index) => [`${duplicate.address}-${index}`, duplicate]));
    const copies = [...named].map(([name, { address }]) => {
      const body = own.get(address) ?? {};
      const needed = [...named].filter(([, other]) => refersTo(body, other.address)).map(([other]) => other);
      return [name, { ...body, depends_on: [...(body.depends_on ?? []), ...needed] }] as const;
    });
    const copy = await this.workspace.state();
    const workspace = await Workspace.open(`${folderOf(this.name)}-duplicates`, alone, this.env, copy);
    const imports = new Map([...named].map(([name, { id }]) => [name, id]));
    const { imports: found } = await workspace.import(
      unchanging(withBodies(alone, new Map([...own, ...copies]))),
      imports,
    );
    if (found.size === 0) return [];

    const state = await workspace.state();
    workspace.replaceLocalState({ ...state, resources: managed(state).filter((each) => found.has(addressOf(each))) });
    workspace.configure(this.empty());
    const changes = await workspace.plan([]);
    const wrong = changes.filter(({ address, change }) => !found.has(address) || change.actions.join() !== "delete");
    if (wrong.length > 0) {
      throw new SetupError(`Only duplicates may go, but ${wrong.map(({ address }) => address).join(", ")} would.`);
    }
    await workspace.apply();
    return [...found.keys()].flatMap((name) => named.get(name) ?? []);
  }
}

/** As deep as the stack's own folder, from which its relative paths are seen. */
function folderOf(stack: string): string {
  return join(root, "cdktf.out/recover", stack);
}

function managed({ resources = [] }: State) {
  return resources.filter(({ mode }) => mode === "managed");
}

function addressOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type}.${name}`;
}

function isCreation({ actions }: { readonly actions: readonly string[] }): boolean {
  return actions.join() === "create";
}
