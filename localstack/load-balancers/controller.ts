import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { admits, gateways } from "./admission";
import { Balancer } from "./balancer";
import { Account } from "./describe";
import type { LoadBalancer } from "./load-balancer";
import { Report } from "./requests";
import { unsupported } from "./routing";

const POLL_MILLISECONDS = 1000;
/** Answers as long as the load balancers run; the container's health check asks here. */
const HEALTH_PORT = 18_080;

const accounts = (process.env.ACCOUNTS ?? "")
  .split(",")
  .filter(Boolean)
  .map((id) => new Account(id));
if (accounts.length === 0) {
  throw new Error("ACCOUNTS is empty; give the 12-digit account ids, separated by commas");
}
// Where metrics are made of requests; nowhere, if it is not given.
const report = process.env.METRICS_URL ? new Report(process.env.METRICS_URL) : undefined;

const machine = gateways();
const balancer = new Balancer(
  (request, line) => {
    report?.add(request);
    log(line);
  },
  (loadBalancer, port, client) => {
    const isRefused = !machine.has(client.replace(/^::ffff:/, "")) && !admits(loadBalancer, port, client);
    if (isRefused)
      log({ message: "no security group lets this client in", loadBalancer: loadBalancer.name, client, port });
    return isRefused;
  },
);
let known = "";
let problems = "";

const health = createServer((_, answer) => answer.end("ok\n")).listen(HEALTH_PORT);
process.on("SIGTERM", async () => {
  health.close();
  await balancer.close();
  process.exit();
});

void forever("the load balancers were not read; the last ones stay", update);
if (report) void forever("requests were not counted; they will be", () => report.send());

async function forever(failure: string, work: () => Promise<void>): Promise<never> {
  let failing = false;
  for (;;) {
    try {
      await work();
      failing = false;
    } catch (error) {
      if (!failing) log({ message: failure, error: String((error as Error).cause ?? error) });
      failing = true;
    }
    await sleep(POLL_MILLISECONDS);
  }
}

async function update(): Promise<void> {
  const loadBalancers = (await Promise.all(accounts.map((account) => account.loadBalancers()))).flat();
  balancer.update(loadBalancers);
  const found = unsupported(loadBalancers).join("\n");
  if (found && found !== problems) log({ message: "not supported", problems: found.split("\n") });
  problems = found;
  const served = describe(loadBalancers);
  if (served !== known) log({ message: "serving", loadBalancers: served.split("\n") });
  known = served;
}

/** Each load balancer with its targets, a line each. */
function describe(loadBalancers: readonly LoadBalancer[]): string {
  const targetsOf = ({ listeners }: LoadBalancer) =>
    listeners.flatMap(({ rules }) =>
      rules.flatMap(({ action }) =>
        action.type === "forward" ? action.targets.map(({ address, port }) => `${address}:${port}`) : [],
      ),
    );
  return loadBalancers
    .map((loadBalancer) => `${loadBalancer.name}: ${targetsOf(loadBalancer).sort().join(", ")}`)
    .sort()
    .join("\n");
}

function log(details: object): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), ...details }));
}
