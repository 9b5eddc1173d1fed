import { execFileSync } from "node:child_process";
import { join } from "node:path";

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
