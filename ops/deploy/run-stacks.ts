import { root } from "../shell/paths";
import { note, step } from "../shell/progress";
import { SetupError } from "../shell/run";
import { type Gate, gate, inOrder } from "./in-order";
import type { LastApply } from "./last-apply";
import { bootstrapStack, type Dependencies } from "./synthesis";
import { type ApplyOptions, Terraform } from "./terraform";
import { type Outputs, type StackOutputs, TerraformEvents } from "./terraform-events";

/** Synthesized stacks, and how they are applied. */
export interface Stacks {
  readonly names: readonly string[];
  readonly dependencies: Dependencies;
  readonly env: NodeJS.ProcessEnv;
  readonly folder?: string;
  /** Of stacks that need not be applied again. */
  readonly lastApply?: Pick<LastApply, "reasonToApply" | "forget" | "record" | "outputs"> | undefined;
  /** What else explains why a stack could not be applied. */
  readonly explain?: (stack: string) => Promise<string>;
}

/**
 * The AWS provider waits up to a minute until S3 has shown a lifecycle configuration often enough, and no resource needs it:
 * https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/s3/bucket_lifecycle_configuration.go
 */
const onlyWaitedFor = ["aws_s3_bucket_lifecycle_configuration"];
const stateBucketType = "aws_s3_bucket";

/** Applies stacks, each as soon as those that it depends on are applied. Gives their outputs. */
export async function applyStacks(stacks: Stacks): Promise<StackOutputs> {
  return new Applying(stacks).run();
}

class Applying {
  private readonly folder: string;
  private readonly terraform: Terraform;
  private readonly outputs: Record<string, Outputs> = {};
  /** Whether the bucket of the states was created just now. */
  private isNew = false;
  /** Open once Terraform has planned a stack, and waits for AWS more than it works. */
  private readonly planned: ReadonlyMap<string, Gate>;

  constructor(private readonly stacks: Stacks) {
    this.folder = stacks.folder ?? root;
    this.terraform = new Terraform(this.folder, stacks.env);
    this.planned = new Map(stacks.names.map((name) => [name, gate()]));
  }

  async run(): Promise<StackOutputs> {
    const { names } = this.stacks;
    const dependenciesOf = dependenciesIn(this.stacks);
    const bootstrap = names.filter(isBootstrap);
    // Each part is named by its stack's name and a word.
    const ahead = bootstrap.length === 0 ? [] : names.filter((name) => !isBootstrap(name)).map(aheadOf);
    const failures = await inOrder(
      [...names, ...ahead],
      (name) => (ahead.includes(name) ? bootstrap : [...dependenciesOf(name), aheadOf(name)]),
      (name, release) => {
        if (ahead.includes(name)) return this.applyAhead(stackOf(name));
        const applied = isBootstrap(name) ? this.applyBootstrap(name, release) : this.applyWhole(name);
        return applied.finally(() => this.planned.get(name)?.open());
      },
    );
    assertNone(failures);
    return this.outputs;
  }

  private async applyBootstrap(stack: string, release: () => void): Promise<void> {
    const events = new TerraformEvents();
    const onEvent = () => {
      if (!this.isNew && events.hasCreated(stateBucketType)) this.begin();
      if (events.isLeftWith(onlyWaitedFor)) release();
    };
    await this.applyWhole(stack, events, { onEvent });
  }

  /** While the bootstrap stack is applied. One that cannot be initialized yet will be when it is applied. */
  private begin(): void {
    this.isNew = true;
    for (const stack of this.stacks.names) if (!isBootstrap(stack)) this.terraform.initialize(stack).catch(() => {});
  }

  /** In a new environment: what a stack needs of no other stack, while those are applied. Much of it is waiting. */
  private async applyAhead(stack: string): Promise<void> {
    const { names, dependencies } = this.stacks;
    const first = names.filter((name) => !isBootstrap(name) && (dependencies.get(name) ?? []).length === 0);
    if (!this.isNew || first.includes(stack)) return;
    // They are what everything waits for, and get the processor first.
    await Promise.all(first.map((name) => this.planned.get(name)?.opened));
    // It loads cdktf, which most runs do not need.
    const { independentResources } = await import("./independent.js");
    const targets = independentResources(stack, this.folder);
    if (targets.length === 0) return;
    await this.applied(`Apply what ${stack} needs of no other stack`, stack, new TerraformEvents(), { targets });
  }

  private async applyWhole(stack: string, events = new TerraformEvents(), options: ApplyOptions = {}): Promise<void> {
    const { lastApply } = this.stacks;
    const reason = await lastApply?.reasonToApply(stack);
    if (lastApply && reason === undefined) {
      note(`${stack}: nothing that it depends on has changed since the last apply`);
      this.outputs[stack] = await lastApply.outputs(stack);
      return;
    }
    if (reason !== undefined) note(`${stack}: ${reason}`);
    await lastApply?.forget(stack);
    const onEvent = () => {
      if (events.isPlanned) this.planned.get(stack)?.open();
      options.onEvent?.();
    };
    await this.applied(`Apply ${stack}`, stack, events, { ...options, onEvent });
    this.outputs[stack] = events.outputs;
    await lastApply?.record(stack);
  }

  private async applied(title: string, stack: string, events: TerraformEvents, options: ApplyOptions): Promise<void> {
    const { explain = async () => "" } = this.stacks;
    await watched(title, events, () => this.terraform.apply(stack, events, options)).catch(async (error: Error) => {
      if (!(error instanceof SetupError)) throw error;
      throw new SetupError([error.message, await explain(stack)].filter(Boolean).join("\n"));
    });
  }
}

const aheadWord = " (ahead)";
const aheadOf = (stack: string) => stack + aheadWord;
const stackOf = (part: string) => part.slice(0, -aheadWord.length);

/** Destroys stacks, each as soon as those that depend on it are destroyed. */
export async function destroyStacks(stacks: Stacks): Promise<void> {
  const terraform = new Terraform(stacks.folder ?? root, stacks.env);
  const dependenciesOf = dependenciesIn(stacks);
  const dependants = (name: string) => stacks.names.filter((other) => dependenciesOf(other).includes(name));
  const failures = await inOrder(stacks.names, dependants, async (stack) => {
    const events = new TerraformEvents();
    await watched(`Destroy ${stack}`, events, () => terraform.destroy(stack, events));
  });
  assertNone(failures);
}

/** All others need the bootstrap stack, which no synthesis says. */
function dependenciesIn({ names, dependencies }: Stacks): (name: string) => readonly string[] {
  const first = names.filter(isBootstrap);
  return (name) => (isBootstrap(name) ? [] : [...first, ...(dependencies.get(name) ?? [])]);
}

function isBootstrap(stack: string): boolean {
  return stack.startsWith(bootstrapStack(""));
}

async function watched(title: string, events: TerraformEvents, work: () => Promise<void>): Promise<void> {
  await step(title, work, { waitsFor: () => events.waitsFor(), done: () => events.done });
}

function assertNone(failures: readonly Error[]): void {
  const unexpected = failures.find((failure) => !(failure instanceof SetupError));
  if (unexpected) throw unexpected;
  if (failures.length > 0) throw new SetupError(failures.map(({ message }) => message).join("\n\n"));
}
