import { join } from "node:path";
import { assertDockerHasSpace, ensureDockerEngine, stopDockerEngine } from "../install/docker-engine";
import { Copy } from "../shell/copy";
import { root } from "../shell/paths";
import { thenClean } from "../shell/run";
import { assertEmulatorPortsFree, discardEmulator, startEmulator } from "./emulator";
import { prepare } from "./up";

/** Work on an emulated AWS that exists for it alone: it takes the place of what `make up` started. Nothing stays, however the work ends. */
export async function withEmulator<Result>(
  env: NodeJS.ProcessEnv,
  work: () => Promise<Result>,
  folder = root,
): Promise<Result> {
  return thenClean(stopDockerEngine, async () => {
    await ensureDockerEngine();
    await assertDockerHasSpace();
    await prepare();
    await discardEmulator();
    await assertEmulatorPortsFree();
    return thenClean(discardEmulator, async () => {
      await startEmulator("ministack", env, join(folder, "docker-compose.localstack.yml"));
      return work();
    });
  });
}

/** Work on a copy of the checkout, or of a commit. */
export async function withCopy<Result>(work: (copy: Copy) => Promise<Result>, commit?: string): Promise<Result> {
  const copy = await Copy.make(commit);
  return thenClean(
    async () => copy.remove(),
    () => work(copy),
  );
}
