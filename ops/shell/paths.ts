import { homedir } from "node:os";
import { join } from "node:path";

export const root = join(__dirname, "../..");
/** What is downloaded or built once for all checkouts: Compose, providers. Safe to delete. */
export const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "portfolio-dashboard");
export const logs = join(root, "reports/logs");
/** State of the bootstrap stack and of what runs: one folder for the emulator, one for AWS. `.state` itself is a link to one of them. */
export const stateLink = join(root, ".state");
export const stateOf = (target: "emulator" | "aws") => join(root, `.state.${target}`);
/** A stack as the last synthesis wrote it. */
export const synthesizedStack = (stack: string, folder = root) =>
  join(folder, "cdktf.out/stacks", stack, "cdk.tf.json");
export const emulatorCompose = join(root, "docker-compose.localstack.yml");
/** The name of its container, and the host name, by which MiniStack marks what it starts. */
export const emulatorContainer = "portfolio-dashboard-emulator";
