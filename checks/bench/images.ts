import { prepare } from "../../ops/emulator/up";
import type { Check } from "../../ops/report/report";
import { root } from "../../ops/shell/paths";
import { step } from "../../ops/shell/progress";
import { ask, run, SetupError, thenClean } from "../../ops/shell/run";
import { median, rounds, spread } from "./rounds";

const images = [
  { service: "backend", base: "node:24-slim", health: "/api/health", port: 8000, most: 2, env: [] },
  {
    service: "frontend",
    base: "node:24-slim",
    health: "/healthz",
    port: 3000,
    most: 30,
    env: ["--env", "BACKEND_URL=http://127.0.0.1:1"],
  },
] as const;
type Image = (typeof images)[number];

const starts = 5;
const hostPort = 18_095;
const tagOf = ({ service }: Image) => `portfolio-dashboard/${service}`;

/** What the images weigh, what of that is the app's own, and how soon a container of them answers. */
export async function measureImages(): Promise<Check[]> {
  await prepare();
  const checks: Check[] = [];
  for (const image of images) {
    const { service } = image;
    await step(`Build ${service}`, () => run("bench", "docker", ["compose", "build", service], { cwd: root }));
    checks.push(...(await sizesOf(image)), await startOf(image));
  }
  return checks;
}

async function sizesOf(image: Image): Promise<Check[]> {
  const all = await layersOf(tagOf(image));
  const own = all.slice(0, all.length - (await layersOf(image.base)).length);
  const megabytes = (sizes: readonly number[]) => Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e5) / 10;
  return [
    {
      id: `layers-${image.service}`,
      title: `layers of the ${image.service} above its base image`,
      passed: own.length > 0 && megabytes(own) <= image.most,
      value: megabytes(own),
      unit: "MB",
      target: `at most ${image.most}`,
      evidence: `${own.filter((size) => size > 0).length} layers, not compressed`,
    },
    {
      id: `image-${image.service}`,
      title: `image of the ${image.service}, its base included`,
      passed: true,
      value: megabytes(all),
      unit: "MB",
      target: "none",
      evidence: `base ${image.base} as it is on this machine`,
    },
  ];
}

/** Bytes of each, the newest first. */
async function layersOf(tag: string): Promise<number[]> {
  const sizes = await ask("docker", ["history", "--human=false", "--format", "{{.Size}}", tag]);
  if (!sizes) throw new SetupError(`There is no image ${tag}`);
  return sizes.trim().split("\n").map(Number);
}

async function startOf(image: Image): Promise<Check> {
  const { milliseconds } = await step(`Start ${image.service} ${starts} times`, () =>
    rounds(["milliseconds"], starts, () => timeToAnswer(image)),
  );
  return {
    id: `start-${image.service}`,
    title: `from the start of a container of the ${image.service} to its first 200`,
    passed: true,
    value: Math.round(median(milliseconds)),
    unit: "ms",
    target: "none",
    evidence: `${spread(milliseconds, 0)} ms of ${starts} starts, Docker's own part included`,
  };
}

async function timeToAnswer(image: Image): Promise<number> {
  const { service, port, health, env } = image;
  const name = `portfolio-dashboard-bench-${service}`;
  const tag = tagOf(image);
  const begun = performance.now();
  return thenClean(
    async () => {
      await ask("docker", ["rm", "--force", name]);
    },
    async () => {
      const publish = `127.0.0.1:${hostPort}:${port}`;
      await run("bench", "docker", ["run", "--detach", "--name", name, "--publish", publish, ...env, tag]);
      while (performance.now() - begun < 30_000) {
        const answer = await answerOf(`http://127.0.0.1:${hostPort}${health}`);
        if (answer?.ok) return performance.now() - begun;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      throw new Error(`A container of ${tag} does not answer ${health} within 30 s`);
    },
  );
}

/** Docker's own proxy may take a connection before anybody is behind it: that one is given up, soon. */
function answerOf(url: string): Promise<Response | undefined> {
  return fetch(url, { signal: AbortSignal.timeout(100), headers: { connection: "close" } }).catch(() => undefined);
}
