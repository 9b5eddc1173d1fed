import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../deploy/synthesis";
import { providerLocks } from "../deploy/terraform";
import { root } from "../shell/paths";
import { step } from "../shell/progress";
import { run } from "../shell/run";
import type { Github } from "./github";

/** Where Terraform runs: runners, and people's machines. */
const platforms = ["linux_amd64", "linux_arm64", "darwin_arm64"];
const title = "Checksums of Terraform's providers";
const body =
  "The official builds of the providers, as their registry signs them. A pull request that a workflow opened starts no workflows: close and reopen it, so that its checks run.";

/** Asks the registry for the checksums of the official builds, and proposes them where they differ from those of main. */
export async function proposeLocks(github: Github, branch: string): Promise<string> {
  await synthesize();
  // The one kind of stack with every provider.
  const cwd = join(root, "cdktf.out/stacks/staging-images");
  const args = platforms.map((platform) => `-platform=${platform}`);
  await step("Lock the providers", () => run("locks", "terraform", ["providers", "lock", ...args], { cwd }));
  const text = readFileSync(join(cwd, ".terraform.lock.hcl"), "utf8");
  if (existsSync(join(root, providerLocks)) && readFileSync(join(root, providerLocks), "utf8") === text)
    return "Nothing changed.";
  await github.proposeFile(branch, "provider-locks", providerLocks, text, title, body);
  return "A pull request is open on the branch provider-locks.";
}
