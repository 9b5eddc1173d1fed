import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { clientConfiguration } from "../../ops/shell/client-configuration";
import { SetupError } from "../../ops/shell/run";

const pollMilliseconds = 500;
/** As the emulator's Compose file has it. */
const defaultMinuteSeconds = "10";

interface Destroyable {
  destroy(): void;
}

type Undo = () => Promise<unknown>;
type Configuration = ReturnType<typeof clientConfiguration> & { readonly maxAttempts: number };

/** An emulated AWS as one probe sees it: its clients, names that are nobody else's, and what must be removed afterwards. */
export class ProbeContext {
  /** Sorts behind the load balancers of the stacks: requests without a known name to the first one. */
  readonly name = `zz-probe-${randomUUID().slice(0, 8)}`;
  private readonly undos: Undo[] = [];
  private readonly root: ProbeContext;
  private readonly clients = new Map<unknown, Destroyable>();
  private readonly shared = new Map<unknown, Promise<unknown>>();

  constructor(
    readonly env: NodeJS.ProcessEnv,
    parent?: ProbeContext,
  ) {
    if (!env.AWS_ENDPOINT_URL) {
      throw new SetupError("Probes are for an emulated AWS: AWS_ENDPOINT_URL must say where it is.");
    }
    this.root = parent?.root ?? this;
  }

  /** A part of this one with a name of its own, closed with it at the latest. */
  child(): ProbeContext {
    const child = new ProbeContext(this.env, this);
    this.afterwards(() => child.close());
    return child;
  }

  get account(): string {
    return this.env.AWS_ACCESS_KEY_ID ?? "";
  }

  get region(): string {
    return this.env.AWS_REGION ?? "us-east-1";
  }

  /** How long this many of CloudWatch's minutes last here. */
  minutes(count: number): number {
    return count * Number(this.env.CLOUDWATCH_MINUTE_SECONDS ?? defaultMinuteSeconds);
  }

  /** The one client of its kind. */
  client<Client extends Destroyable>(Kind: new (configuration: Configuration) => Client, more: object = {}): Client {
    const existing = this.root.clients.get(Kind) as Client | undefined;
    if (existing) return existing;
    const client = new Kind({ ...clientConfiguration(this.env), maxAttempts: 2, ...more });
    this.root.clients.set(Kind, client);
    return client;
  }

  /** A client of a probe's own, whose connections end with it. */
  own<Client extends Destroyable>(client: Client): Client {
    this.afterwards(async () => client.destroy());
    return client;
  }

  /** Made once for all probes of a run, and removed after the last one. */
  once<Made>(make: (context: ProbeContext) => Promise<Made>): Promise<Made> {
    const made = this.root.shared.get(make) ?? this.root.make(make);
    this.root.shared.set(make, made);
    return made as Promise<Made>;
  }

  private async make<Made>(make: (context: ProbeContext) => Promise<Made>): Promise<Made> {
    const context = new ProbeContext(this.env, this);
    try {
      return await make(context);
    } finally {
      // What it leans on was made before, and goes after it.
      this.afterwards(() => context.close());
    }
  }

  /** Removes something at the end, the newest first. */
  afterwards(undo: Undo): void {
    this.undos.push(undo);
  }

  /** Removes all that was made; an error for what could not be removed. */
  async close(): Promise<void> {
    const problems: Error[] = [];
    for (const undo of this.undos.splice(0).reverse()) {
      await this.undone(undo).catch((error: NodeJS.ErrnoException) => {
        // Whoever does not answer any more took all that it had along.
        if (error.code !== "ECONNREFUSED") problems.push(error);
      });
    }
    for (const client of this.clients.values()) client.destroy();
    this.clients.clear();
    if (problems.length > 0) throw new Error(`not removed: ${problems.map(({ message }) => message).join("; ")}`);
  }

  /** A network interface stays for a while after its task or gateway was stopped; until then its subnet cannot be removed. */
  private async undone(undo: Undo): Promise<void> {
    let error: Error | undefined;
    const isUndone = await this.within(60, async () => {
      error = await undo().then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      return error?.name !== "DependencyViolation";
    });
    if (!isUndone || error) throw error;
  }

  /** Whether the condition is met in time. */
  async within(seconds: number, condition: () => Promise<boolean>): Promise<boolean> {
    for (const deadline = Date.now() + seconds * 1000; ; await sleep(pollMilliseconds)) {
      if (await condition()) return true;
      if (Date.now() > deadline) return false;
    }
  }
}
