import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePythonPackages } from "../../ops/install/python";
import type { Check } from "../../ops/report/report";
import { step } from "../../ops/shell/progress";
import { thenClean } from "../../ops/shell/run";
import { Server, type ServerCommand } from "../../ops/shell/server";
import { backend, buildBackend } from "../api/backend-process";
import { load } from "./load";
import { median, rounds, spread } from "./rounds";

const endpoints = [
  { id: "health", file: "health.json", path: "/api/health" },
  { id: "assets", file: "assets.json", path: "/api/assets" },
  { id: "all", file: "all.json", path: "/api/assets?include=insights,history" },
];
const candidates = ["ours", "bare", "fastapi", "fastapi-each"] as const;
type Candidate = (typeof candidates)[number];

const requestsPerRound = 4000;
const roundCount = 5;
const firstPort = 18_080;

/** CPU time for a request: the API as its image runs it, beside others that do the same work with the same bodies. */
export async function measureBackend(): Promise<Check[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const servers = new Map<Candidate, Server>();
  const stop = async () => {
    for (const server of servers.values()) await server.stop();
    rmSync(folder, { recursive: true });
  };
  return thenClean(stop, async () => {
    await buildBackend();
    const commands = await commandsOf(folder);
    for (const [index, name] of candidates.entries()) {
      servers.set(name, await Server.start(commands[name]));
      if (index === 0) await keepBodies(folder, urlOf(name));
    }
    for (const name of candidates) await assertSame(folder, urlOf(name));
    const checks: Check[] = [];
    for (const endpoint of endpoints) {
      const measured = await step(`Ask for ${endpoint.path}`, () =>
        rounds(candidates, roundCount, (name) => microseconds(servers.get(name), urlOf(name) + endpoint.path)),
      );
      checks.push(...checksOf(endpoint.id, endpoint.path, measured));
    }
    return checks;
  });
}

const portOf = (name: Candidate) => firstPort + candidates.indexOf(name);
const urlOf = (name: Candidate) => `http://127.0.0.1:${portOf(name)}`;

async function commandsOf(folder: string): Promise<Record<Candidate, ServerCommand>> {
  const python = await ensurePythonPackages(join(__dirname, "reference/requirements.txt"));
  const of = (name: Candidate, cwd: string, command: string, args: readonly string[], env = {}) => ({
    command,
    args,
    cwd,
    env: {
      PATH: process.env.PATH ?? "",
      HOSTNAME: "127.0.0.1",
      NODE_ENV: "production",
      PORT: String(portOf(name)),
      BODIES: folder,
      // Nothing is written beside the sources.
      PYTHONDONTWRITEBYTECODE: "1",
      ...env,
    },
    health: `${urlOf(name)}/api/health`,
  });
  const uvicorn = (name: Candidate) => {
    const settings = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"];
    return ["--host", "127.0.0.1", "--port", String(portOf(name)), ...settings, "fastapi_app:app"];
  };
  const references = join(__dirname, "reference");
  return {
    ours: of("ours", backend, process.execPath, ["dist/server.js"]),
    bare: of("bare", references, process.execPath, ["bare.mjs"]),
    fastapi: of("fastapi", references, join(python, "uvicorn"), uvicorn("fastapi")),
    "fastapi-each": of("fastapi-each", references, join(python, "uvicorn"), uvicorn("fastapi-each"), { WRITE: "each" }),
  };
}

/** What the others answer, too. */
async function keepBodies(folder: string, url: string): Promise<void> {
  for (const { file, path } of endpoints) {
    writeFileSync(join(folder, file), Buffer.from(await (await fetch(url + path)).arrayBuffer()));
  }
}

async function assertSame(folder: string, url: string): Promise<void> {
  for (const { file, path } of endpoints) {
    const ours = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const theirs = await (await fetch(url + path)).json();
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) throw new Error(`${url}${path} answers something else`);
  }
}

async function microseconds(server: Server | undefined, url: string): Promise<number> {
  if (!server) throw new Error(`No server for ${url}`);
  const before = server.cpuSeconds;
  await load(url, { requests: requestsPerRound });
  return ((server.cpuSeconds - before) / requestsPerRound) * 1e6;
}

function checksOf(id: string, path: string, measured: Record<Candidate, readonly number[]>): Check[] {
  const { ours, bare, fastapi, "fastapi-each": each } = measured;
  const ratio = (other: readonly number[]) => Math.round((median(ours) / median(other)) * 100) / 100;
  const evidence = (name: string, other: readonly number[]) =>
    `${spread(ours)} µs against ${spread(other)} µs of ${name}; medians (least to most) of ${roundCount} rounds of ${requestsPerRound} requests`;
  const against = (other: string, title: string, values: readonly number[], most: number | null): Check => ({
    id: `backend-${id}-${other}`,
    title: `CPU of ${path} against ${title}`,
    passed: most === null || ratio(values) <= most,
    value: ratio(values),
    unit: "×",
    target: most === null ? "none" : `at most ${most}`,
    evidence: evidence(title, values),
  });
  return [
    against("fastapi", "FastAPI that keeps its answers", fastapi, 0.5),
    against("fastapi-each", "FastAPI that writes each answer", each, null),
    against("bare", "bare node:http", bare, 1.3),
  ];
}
