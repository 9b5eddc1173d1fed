import { resolveNs } from "node:dns/promises";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { services } from "../../stacks/services";
import { findEnvironment } from "../emulator/emulator";
import { dockerVersion } from "../install/docker-engine";
import { Github } from "../pipeline/github";
import { missingSettings } from "../pipeline/settings";
import { attempt } from "../shell/run";
import { clientsOf } from "./clients";
import type { Machine } from "./docker";
import { asJson, preflight, printed } from "./preflight";

export const preflightCommand = new Command("preflight")
  .description(
    "check whether the account of an environment has what the next deployment needs: credentials, bootstrap, quotas, domain, secrets, Docker, alarm mails; with GITHUB_REPOSITORY and GITHUB_TOKEN also the rules of main and the GitHub environments. Reads only. " +
      "Prints for each missing thing how to get it. Ends with 0 when everything is there, 1 when something is missing or cannot be read, 2 without credentials or when AWS does not respond.",
  )
  .option("--environment <name>", "environment: a row of stacks/environments.ts", "dev")
  .option("--json", "print the same as JSON", false)
  .action(async ({ environment: name, json }: { environment: string; json: boolean }) => {
    const environment = findEnvironment(name);
    const clients = clientsOf(environment, process.env);
    const { results, exitCode } = await preflight({ environment, services, clients, machine, resolveNs });
    process.stdout.write(`${json ? asJson(environment, results) : printed(results)}\n`);
    process.exitCode = exitCode;
    if (json || !process.env.GITHUB_TOKEN) return;
    const missing = await missingSettings(Github.fromEnvironment(process.env), [environment]);
    for (const { what, how } of missing) process.stdout.write(`GitHub: ${what}\n  ${how}\n`);
    if (missing.length > 0) process.exitCode ||= 1;
  });

const machine: Machine = {
  env: process.env,
  now: Date.now,
  dockerVersion,
  dockerConfiguration: () => {
    const file = join(process.env.DOCKER_CONFIG ?? join(homedir(), ".docker"), "config.json");
    return existsSync(file) ? readFileSync(file, "utf8") : null;
  },
  loginsOf: async (helper) => {
    const { code, output } = await attempt(`docker-credential-${helper}`, ["list"]);
    // Names of servers and users, no secret.
    return code === 0 ? namesIn(output) : null;
  },
};

function namesIn(output: string): readonly string[] | null {
  try {
    return Object.keys(JSON.parse(output) as object);
  } catch {
    return null;
  }
}
