const reminderSeconds = 20;

/** Says what is being done, that it still is, and how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(`  ${title} …\n`);
  const reminder = setInterval(
    () => process.stdout.write(`    still running, ${seconds()} s\n`),
    reminderSeconds * 1000,
  );
  try {
    const result = await work();
    process.stdout.write(`✓ ${title} (${seconds()} s)\n`);
    return result;
  } catch (error) {
    process.stdout.write(`✗ ${title} (${seconds()} s)\n`);
    throw error;
  } finally {
    clearInterval(reminder);
  }
}

export function note(text: string): void {
  process.stdout.write(`    ${text}\n`);
}
