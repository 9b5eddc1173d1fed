import { join } from "node:path";
import { Docker } from "../../localstack/control-plane/cloudwatch/docker";
import { prepare } from "../../ops/emulator/up";
import type { Check } from "../../ops/report/report";
import { root } from "../../ops/shell/paths";
import { step } from "../../ops/shell/progress";
import { ask, run, SetupError, thenClean } from "../../ops/shell/run";
import { load } from "./load";
import { median, rounds, spread } from "./rounds";

const files = ["docker-compose.yml", "checks/bench/compose.yml"].flatMap((file) => ["-f", join(root, file)]);
const project = ["compose", "-p", "portfolio-dashboard-bench", ...files];
const compose = (...args: string[]) => run("bench", "docker", [...project, ...args]);
/** From the containers' own network. */
const autocannon = ["docker", ...project, "run", "--rm", "--no-deps", "-T", "load"] as const;

const hosts = {
  cached: "frontend-gateway:8080",
  uncached: "uncached-gateway:8080",
  gateway: "backend-gateway:8080",
  backend: "backend:8000",
};
const at = (name: keyof typeof hosts, path: string) => `http://${hosts[name]}${path}`;
const roundCount = 5;

/** The services as `docker compose` runs them, alone: pages with and without the cache, and what a gateway costs. */
export async function measureContainers(): Promise<Check[]> {
  await prepare();
  return thenClean(
    async () => {
      await compose("down", "--volumes", "--remove-orphans");
    },
    async () => {
      await step("docker compose up", () => compose("up", "--build", "--wait"));
      return [...(await measurePages()), ...(await measureGateway())];
    },
  );
}

async function measurePages(): Promise<Check[]> {
  const checks: Check[] = [];
  for (const encoding of ["identity", "gzip"] as const) {
    const { cached, uncached } = await step(`Ask for / (${encoding})`, () =>
      rounds(["cached", "uncached"], roundCount, async (name) => {
        const headers = { "accept-encoding": encoding };
        const { requestsPerSecond } = await load(at(name, "/"), { seconds: 4 }, { headers, autocannon });
        return requestsPerSecond;
      }),
    );
    const ratio = Math.round((median(cached) / median(uncached)) * 10) / 10;
    checks.push({
      id: `page-cache-${encoding}`,
      title: `requests/s of the overview from the cache against rendered each time (${encoding})`,
      passed: ratio >= 40,
      value: ratio,
      unit: "×",
      target: "at least 40",
      evidence: `${spread(cached, 0)} requests/s against ${spread(uncached, 0)}; medians (least to most) of ${roundCount} rounds`,
    });
  }
  return checks;
}

async function measureGateway(): Promise<Check[]> {
  const path = "/api/assets";
  const requests = 4000;
  const gatewayId = (await ask("docker", [...project, "ps", "--quiet", "backend-gateway"])) ?? "";
  const cpu: number[] = [];
  const latencies = await step(`Ask for ${path} with and without a gateway`, () =>
    rounds(["gateway", "backend"], roundCount, async (name) => {
      const before = await cpuSeconds(gatewayId);
      const { medianLatency } = await load(at(name, path), { requests }, { autocannon });
      if (name === "gateway") cpu.push((((await cpuSeconds(gatewayId)) - before) / requests) * 1e6);
      return medianLatency;
    }),
  );
  return [
    {
      id: "gateway-latency",
      title: `what a gateway adds to the median latency of ${path}, 16 connections`,
      passed: true,
      value: Math.round((median(latencies.gateway) - median(latencies.backend)) * 10) / 10,
      unit: "ms",
      target: "none",
      evidence: `${spread(latencies.gateway)} ms against ${spread(latencies.backend)} ms without`,
    },
    {
      id: "gateway-cpu",
      title: "CPU of a gateway for a request of the API",
      passed: true,
      value: Math.round(median(cpu.slice(1))),
      unit: "µs",
      target: "none",
      evidence: spread(cpu.slice(1)),
    },
  ];
}

/** Of all processes of a container. */
async function cpuSeconds(id: string): Promise<number> {
  const usage = await new Docker().usage(id.trim());
  if (!usage) throw new SetupError(`Docker has no figures of the container ${id}`);
  return usage.cpuSeconds;
}
