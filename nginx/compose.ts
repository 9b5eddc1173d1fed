import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Client } from "undici";

/** For tests against what `docker compose up` serves. */
export const port = Number(process.env.PORT ?? 8080);
export const address = `http://127.0.0.1:${port}`;

/** Gives what it printed: logs may be long. */
export function compose(...args: string[]): string {
  return execFileSync("docker", ["compose", ...args], {
    cwd: join(__dirname, ".."),
    encoding: "utf8",
    stdio: "pipe",
    maxBuffer: 2 ** 28,
  });
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** No page is older: a second fresh, a second shown while it is rendered anew, and a quarter for the API to look at its files. */
export const pagesAreNew = () => pause(2250);

/** Asks a thousand times over one connection without waiting for answers, and again until it is refused or has asked ten thousand times. */
export async function askTooOften(path: string, headers: Readonly<Record<string, string>>) {
  const answers: Awaited<ReturnType<typeof thousandAtOnce>> = [];
  for (let round = 0; round < 10 && !answers.some(({ status }) => status === 429); round++) {
    answers.push(...(await thousandAtOnce(path, headers)));
  }
  return answers;
}

async function thousandAtOnce(path: string, headers: Readonly<Record<string, string>>) {
  const client = new Client(address, { pipelining: 1000 });
  try {
    return await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const { statusCode: status, headers: received, body } = await client.request({ method: "GET", path, headers });
        return { status, headers: received, body: await body.text() };
      }),
    );
  } finally {
    await client.close();
  }
}
