import { setTimeout as sleep } from "node:timers/promises";

/** What the probe gives as soon as it is neither undefined nor false; an error that says what did not happen in time. */
export async function until<T>(what: string, seconds: number, probe: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last = "";
  while (Date.now() < deadline) {
    try {
      const result = await Promise.race([probe(), sleep(deadline - Date.now(), undefined, { ref: false })]);
      if (result !== undefined && result !== false) return result;
      last = "";
    } catch (error) {
      // What is being broken may fail to answer for a while.
      last = `; last: ${(error as Error).message}`;
    }
    await sleep(500);
  }
  throw new Error(`Not within ${seconds} s: ${what}${last}`);
}
