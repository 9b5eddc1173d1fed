import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "../../../ops/deploy/workspace";
import { emulatorEnvironment } from "../../../ops/emulator/emulator";
import type { Copy } from "../../../ops/shell/copy";
import { root } from "../../../ops/shell/paths";
import { step } from "../../../ops/shell/progress";
import { SetupError } from "../../../ops/shell/run";
import type { Environment } from "../../../stacks/environments";
import { RecordedAccount } from "./recorded-account";
import { stateAfter, stateBefore } from "./state";

// biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON, of which a few fields are read
type Json = any;

/**
 * An environment as `make check NAME=environments` last left it on the emulator, from the plans that it wrote, brought up to the stacks as they are now:
 * Terraform plans without a refresh against the states that those plans end in.
 */
export async function withRecorded(
  row: Environment,
  stacks: readonly string[],
  copy: Copy,
  work: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  const recorded = stacks.map((stack) => readRecorded(stack));
  const key = recorded[0].prior_state.values.root_module.resources.find(({ type }: Json) => type === "aws_kms_key");
  const account = await RecordedAccount.start(row, key.values.key_id);
  const env = {
    ...(await emulatorEnvironment(row)),
    AWS_ENDPOINT_URL: account.endpoint,
    TF_CLI_ARGS_plan: "-refresh=false",
  };
  try {
    const workspace = new Workspace(copy, env);
    await workspace.synthesize();
    for (const [index, stack] of stacks.entries()) {
      await step(`Settle ${stack}`, () =>
        settle(stack, recorded[index], workspace, (state) => keep(stack, state, account, copy)),
      );
    }
    await work(workspace);
  } finally {
    account.stop();
  }
}

function readRecorded(stack: string): Json {
  const path = join(root, "reports/plans", `${stack}.plan.json`);
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new SetupError(`${path} is missing. It is written by: make check NAME=environments`);
  }
}

async function settle(
  stack: string,
  plan: Json,
  workspace: Workspace,
  keepState: (state: string) => void,
): Promise<void> {
  keepState(stateBefore(plan));
  for (let round = 1; round <= 4; round++) {
    const next = JSON.parse(await workspace.plan(stack, []));
    if (!changesAnything(next)) return;
    keepState(stateAfter(next));
  }
  throw new SetupError(`${stack} still has changes after four pretended applies.`);
}

function changesAnything({ resource_changes = [], output_changes = {} }: Json): boolean {
  const actions = [
    ...resource_changes.map(({ change }: Json) => change.actions),
    ...Object.values<Json>(output_changes).map((each) => each.actions),
  ];
  return actions.some((each) => !["no-op", "read"].includes(each.join()));
}

function keep(stack: string, state: string, account: RecordedAccount, copy: Copy): void {
  account.states.set(stack, state);
  if (!stack.startsWith("bootstrap")) return;
  mkdirSync(join(copy.folder, ".state"), { recursive: true });
  writeFileSync(join(copy.folder, ".state", `${stack}.tfstate`), state);
}
