import { lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { resolve } from "node:path";
import { awsState, emulatorState, root, stateLink } from "../shell/paths";
import { SetupError } from "../shell/run";

/**
 * Runs before each synthesis (see `cdktf.json`), so also before a `cdktf deploy` by hand.
 * The environment decides where Terraform's calls go; this makes sure that it is where they are meant to go, and that the state of the
 * bootstrap stack, which lies on disk, is never mixed up between emulators and AWS.
 */
export async function checkTarget(env: NodeJS.ProcessEnv, folder = root): Promise<void> {
  const endpoint = env.AWS_ENDPOINT_URL;
  if (endpoint) await assertAnswers(endpoint);
  linkState(folder, endpoint ? emulatorState(endpoint) : awsState);
}

async function assertAnswers(endpoint: string): Promise<void> {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(5000) });
  } catch {
    throw new SetupError(
      `No emulator answers at AWS_ENDPOINT_URL=${endpoint}. Start it with: make up. Nothing was called.`,
    );
  }
}

function linkState(checkout: string, target: string): void {
  const link = stateLink(checkout);
  mkdirSync(resolve(checkout, target), { recursive: true });
  const current = lstatSync(link, { throwIfNoEntry: false });
  if (current && !current.isSymbolicLink()) throw new SetupError(`${link} must be a link to ${target}; move it away.`);
  if (current && readlinkSync(link) === target) return;
  rmSync(link, { force: true });
  symlinkSync(target, link);
}

if (require.main === module) {
  checkTarget(process.env).catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
  });
}
