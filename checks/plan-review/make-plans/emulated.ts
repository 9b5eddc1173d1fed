import { inPreparedAccount } from "../../../ops/deploy/bootstrap";
import { apply } from "../../../ops/deploy/deployment";
import { Workspace } from "../../../ops/deploy/workspace";
import { emulatorEnvironment } from "../../../ops/emulator/emulator";
import { withEmulator } from "../../../ops/emulator/with-emulator";
import type { Copy } from "../../../ops/shell/copy";
import type { Environment } from "../../../stacks/environments";

/** An environment that is applied to the emulator from the unchanged copy, and discarded in the end. */
export async function withEmulated(
  row: Environment,
  copy: Copy,
  work: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  const env = await emulatorEnvironment(row);
  await withEmulator(env, async () => {
    const prepared = await inPreparedAccount(row, env, copy.folder);
    await apply(row, prepared, copy.folder, { withBootstrap: true });
    await work(new Workspace(copy, env));
  });
}
