import { root } from "../shell/paths";
import { note, step } from "../shell/progress";
import { SetupError } from "../shell/run";
import { inOrder } from "./in-order";
import type { LastApply } from "./last-apply";
import { bootstrapStack, type Dependencies } from "./synthesis";
import { Terraform } from "./terraform";
import { type Outputs, type StackOutputs, TerraformEvents } from "./terraform-events";

/** Synthesized stacks, and how they are applied. */
export interface Stacks {
  readonly names: readonly string[];
  readonly dependencies: Dependencies;
  readonly env: NodeJS.ProcessEnv;
  readonly folder?: string;
  /** Of stacks that need not be applied again. */
  readonly lastApply?: Pick<LastApply, "reasonToApply" | "forget" | "record" | "outputs"> | undefined;
}

/**
 * The AWS provider waits up to a minute until S3 has shown a lifecycle configuration often enough, and no resource needs it:
 * https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/s3/bucket_lifecycle_configuration.go
 */
const onlyWaitedFor = ["aws_s3_bucket_lifecycle_configuration"];

/** Applies stacks, each as soon as those that it depends on are applied. Gives their outputs. */
export async function applyStacks(stacks: Stacks): Promise<StackOutputs> {
  const { names, env, folder = root, lastApply } = stacks;
  const terraform = new Terraform(folder, env);
  const outputs: Record<string, Outputs> = {};
  const failures = await inOrder(names, dependenciesIn(stacks), async (stack, release) => {
    const reason = await lastApply?.reasonToApply(stack);
    if (lastApply && reason === undefined) {
      note(`${stack}: nothing that it depends on has changed since the last apply`);
      outputs[stack] = await lastApply.outputs(stack);
      return;
    }
    if (reason !== undefined) note(`${stack}: ${reason}`);
    await lastApply?.forget(stack);
    const releaseEarly = isBootstrap(stack) ? release : () => {};
    const events = new TerraformEvents();
    await watched(`Apply ${stack}`, events, () =>
      terraform.apply(stack, events, () => {
        if (events.isLeftWith(onlyWaitedFor)) releaseEarly();
      }),
    );
    outputs[stack] = events.outputs;
    await lastApply?.record(stack);
  });
  assertNone(failures);
  return outputs;
}

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
