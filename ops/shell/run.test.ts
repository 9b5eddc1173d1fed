import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./paths";

/** Starts a program that lasts, within `thenClean`; says its process id, and in the end that it cleaned up. */
const script = `
  const { attempt, thenClean } = require("${join(root, "ops/shell/run.ts")}");
  thenClean(async () => console.log("cleaned"), async () => {
    const ended = attempt("sh", ["-c", "echo $$ >&2; exec sleep 60"]);
    setTimeout(() => console.log("works"), 200);
    await ended;
    console.log("went on");
  });
`;

async function start(program: string): Promise<{ child: ChildProcess; said: () => string }> {
  const child = spawn(join(root, "node_modules/.bin/tsx"), ["--eval", program], { cwd: root, detached: true });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  while (!output.includes("works")) await once(child.stdout, "data");
  return { child, said: () => output };
}

function sleeping(group: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=,comm=", "-g", String(group)], { encoding: "utf8" });
  // Z: it has ended, and nobody has asked how.
  return /^[^Z]\S* +sleep/m.test(stdout);
}

it("cleans up when nobody catches an error, and says which", async () => {
  const { child, said } = await start(`${script} setTimeout(() => { throw new Error("nobody catches this"); }, 400);`);
  const [code] = await once(child, "close");
  expect(code).toBe(2);
  expect(said()).toContain("nobody catches this");
  expect(said().match(/cleaned/g)).toHaveLength(1);
  expect(sleeping(child.pid ?? 0)).toBe(false);
}, 30_000);

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "cleans up after %s once, ends what it started, and says how it ended",
  async (signal, status) => {
    const { child, said } = await start(script);
    const group = child.pid ?? 0;
    expect(sleeping(group)).toBe(true);
    const ended = once(child, "close");
    child.kill(signal);
    const [code] = await ended;
    expect(code).toBe(status);
    expect(said().match(/cleaned/g)).toHaveLength(1);
    expect(said()).not.toContain("went on");
    expect(sleeping(group)).toBe(false);
  },
  30_000,
);

/** Its child begins another program, and ends before it, as cdktf does of Ctrl-C. */
const orphaning = `
  const { attempt, thenClean } = require("${join(root, "ops/shell/run.ts")}");
  thenClean(async () => {}, async () => {
    await attempt("sh", ["-c", "sleep 60 >/dev/null 2>&1 &"]);
    console.log("works");
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  });
`;

it("ends what it started, also where its parent has ended before", async () => {
  const { child } = await start(orphaning);
  expect(sleeping(child.pid ?? 0)).toBe(true);
  const ended = once(child, "close");
  child.kill("SIGINT");
  await ended;
  expect(sleeping(child.pid ?? 0)).toBe(false);
}, 30_000);

/** Cleanings within cleanings; the innermost makes the file once its child runs. */
const nested = (file: string) => `
  const { attempt, run, thenClean } = require("${join(root, "ops/shell/run.ts")}");
  const outer = async () => console.log("outer cleaned");
  const broken = async () => { throw new Error("a cleaning fails"); };
  const inner = async () => {
    const { code } = await attempt("sh", ["-c", "touch ${file}; sleep 1"]);
    console.log("inner cleaned, " + code);
  };
  thenClean(outer, () => thenClean(broken, () => thenClean(inner, async () => {
    console.log("works");
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  })));
`;

it("cleans from the inside to the outside, whatever fails and however often Ctrl-C comes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cleaning-"));
  const file = join(folder, "begun");
  const { child, said } = await start(nested(file));
  const group = -(child.pid ?? 0);
  const ended = once(child, "close");
  process.kill(group, "SIGINT");
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 50));
  process.kill(group, "SIGINT");
  const [code] = await ended;
  expect(code).toBe(130);
  rmSync(folder, { recursive: true });
  expect(said()).toMatch(/inner cleaned, 0\nNot cleaned up: a cleaning fails\nouter cleaned\n/);
}, 30_000);
