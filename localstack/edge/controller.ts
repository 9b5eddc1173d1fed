import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Account } from "./describe";
import { renderEdge, unsupported } from "./render";

const CONFIGURATION = "/tmp/edge.conf";
const POLL_MILLISECONDS = 1000;

const accounts = (process.env.ACCOUNTS ?? "")
  .split(",")
  .filter(Boolean)
  .map((id) => new Account(id));
if (accounts.length === 0) {
  throw new Error("ACCOUNTS is empty; give the 12-digit account ids, separated by commas");
}

let current = renderEdge([]);
let problems = "";
let reachable = true;

writeFileSync(CONFIGURATION, current);
const nginx = spawn("nginx", ["-c", CONFIGURATION, "-g", "daemon off;"], { stdio: "inherit" });
nginx.on("exit", (code) => process.exit(code ?? 1));
// SIGQUIT lets nginx finish the requests it has.
process.on("SIGTERM", () => nginx.kill("SIGQUIT"));

void poll();

async function poll(): Promise<never> {
  for (;;) {
    try {
      await update();
      reachable = true;
    } catch (error) {
      if (reachable) {
        log("the load balancers were not read; the last configuration stays", { error: String(error) });
      }
      reachable = false;
    }
    await sleep(POLL_MILLISECONDS);
  }
}

async function update(): Promise<void> {
  const loadBalancers = (await Promise.all(accounts.map((account) => account.loadBalancers()))).flat();
  const wanted = renderEdge(loadBalancers);
  if (wanted === current) {
    return;
  }
  const found = unsupported(loadBalancers).join("\n");
  if (found && found !== problems) {
    log("not supported", { problems: found.split("\n") });
  }
  problems = found;
  current = wanted;
  writeFileSync(CONFIGURATION, wanted);
  execFileSync("nginx", ["-c", CONFIGURATION, "-s", "reload"], { stdio: "inherit" });
  log("reloaded", { loadBalancers: loadBalancers.map(({ name }) => name) });
}

function log(message: string, details: object): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), message, ...details }));
}
