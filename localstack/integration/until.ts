/** What the probe gives as soon as it is neither undefined nor false; an error that says what did not happen in time. */
export async function until<T>(what: string, seconds: number, probe: () => Promise<T | undefined | false>): Promise<T> {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; ) {
    const result = await probe();
    if (result !== undefined && result !== false) return result;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`Not within ${seconds} s: ${what}`);
}
