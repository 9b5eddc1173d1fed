import { homedir } from "node:os";
import { join } from "node:path";

export const root = join(__dirname, "../..");
/** What is downloaded or built once for all checkouts: Compose, providers. Safe to delete. */
export const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "portfolio-dashboard");
export const logs = join(root, "reports/logs");
/** State of the bootstrap stack: on AWS in the checkout, of an emulator in a folder of its address, for all clones. `.state` is a link to one of them. */
export const stateLink = (checkout = root) => join(checkout, ".state");
export const awsState = ".state.aws";
export const emulatorState = (endpoint: string) => {
  const states = process.env.XDG_STATE_HOME ?? join(homedir(), ".local/state");
  return join(states, "portfolio-dashboard", new URL(endpoint).host.replace(":", "-"));
};
/** Values of secrets for the emulated AWS: git ignores it. */
export const emulatedSecrets = join(root, ".env.emulator");
/** A stack as the last synthesis wrote it. */
export const synthesizedStack = (stack: string, folder = root) =>
  join(folder, "cdktf.out/stacks", stack, "cdk.tf.json");
export const emulatorCompose = (folder = root) => join(folder, "docker-compose.localstack.yml");
