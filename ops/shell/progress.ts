const reminderSeconds = 20;
/** Steps within steps: only the last one says that it still runs. */
const running: string[] = [];

/** Says what is being done, that it still is, how long it took, and whether it went well. */
export async function step<T>(title: string, work: () => Promise<T>, isWell = (_: T) => true): Promise<T> {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(`  ${title} …\n`);
  running.push(title);
  const reminder = setInterval(() => {
    if (running.at(-1) === title) note(`still running, ${seconds()} s`);
  }, reminderSeconds * 1000);
  try {
    const result = await work();
    process.stdout.write(`${isWell(result) ? "✓" : "✗"} ${title} (${seconds()} s)\n`);
    return result;
  } catch (error) {
    process.stdout.write(`✗ ${title} (${seconds()} s)\n`);
    throw error;
  } finally {
    clearInterval(reminder);
    running.splice(running.lastIndexOf(title), 1);
  }
}

export function note(text: string): void {
  process.stdout.write(`    ${text}\n`);
}
