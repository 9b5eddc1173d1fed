import { execFileSync } from "node:child_process";
import { connect } from "node:net";
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

/** Of one client there may be so many requests a second and no more: each of these is another one's. */
let clients = 0;
export const aClient = () => `198.51.${(clients >> 8) % 256}.${clients++ % 256}`;

/**
 * Sends a request byte for byte, which clients refuse to, and hangs up once it is answered; or after ten seconds, with whatever came:
 * nginx lets a request wait for five while another renders the same page.
 */
export function exchange(requestLine: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const all = { host: "localhost", connection: "close", "x-forwarded-for": aClient(), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((resolve) => {
    let received = "";
    const socket = connect(port, "127.0.0.1");
    socket.setEncoding("latin1").setTimeout(10_000, () => socket.destroy());
    socket.on("data", (text: string) => {
      received += text;
      if (all.connection !== "close" && received.includes("\r\n\r\n")) socket.destroy();
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve(received));
    socket.write(`${requestLine}\r\n${lines.join("")}\r\n`, "latin1");
  });
}

export const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);

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
