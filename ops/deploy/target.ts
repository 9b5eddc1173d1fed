import { lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { basename } from "node:path";
import { stateLink, stateOf } from "../shell/paths";

/**
 * Runs before each synthesis (see `cdktf.json`), so also before a `cdktf deploy` by hand.
 * The environment decides where Terraform's calls go; this makes sure that it is where they are meant to go, and that the state of the
 * bootstrap stack, which lies on disk, is never mixed up between the emulator and AWS.
 */
async function main(): Promise<void> {
  const endpoint = process.env.AWS_ENDPOINT_URL;
  const target = endpoint ? "emulator" : "aws";
  if (endpoint) await assertAnswers(endpoint);
  linkState(target);
}

async function assertAnswers(endpoint: string): Promise<void> {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(5000) });
  } catch {
    throw new Error(`No emulator answers at AWS_ENDPOINT_URL=${endpoint}. Start it with: make up. Nothing was called.`);
  }
}

function linkState(target: "emulator" | "aws"): void {
  const folder = stateOf(target);
  mkdirSync(folder, { recursive: true });
  const current = lstatSync(stateLink, { throwIfNoEntry: false });
  if (current && !current.isSymbolicLink())
    throw new Error(`${stateLink} must be a link to ${basename(folder)}; move it away.`);
  if (current && readlinkSync(stateLink) === basename(folder)) return;
  rmSync(stateLink, { force: true });
  symlinkSync(basename(folder), stateLink);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
