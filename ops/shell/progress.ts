const reminderSeconds = 20;
/** Steps within steps: only the last one says that it still runs. */
const running: string[] = [];

export interface StepOptions<T> {
  readonly isWell?: (result: T) => boolean;
  /** What the step waits for now. Such a step says so itself, beside others that run at the same time. */
  readonly waitsFor?: () => string;
  /** What it did, in a few words. */
  readonly done?: () => string;
}

/** Says what is being done, that it still is, how long it took, and whether it went well. */
export async function step<T>(
  title: string,
  work: () => Promise<T>,
  { isWell = () => true, waitsFor, done }: StepOptions<T> = {},
): Promise<T> {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(`  ${title} …\n`);
  if (!waitsFor) running.push(title);
  const reminder = setInterval(() => {
    if (waitsFor) note(`${title}: ${waitsFor()}`);
    else if (running.at(-1) === title) note(`still running, ${seconds()} s`);
  }, reminderSeconds * 1000);
  try {
    const result = await work();
    process.stdout.write(`${isWell(result) ? "✓" : "✗"} ${title}${done ? `: ${done()}` : ""} (${seconds()} s)\n`);
    return result;
  } catch (error) {
    process.stdout.write(`✗ ${title} (${seconds()} s)\n`);
    throw error;
  } finally {
    clearInterval(reminder);
    if (!waitsFor) running.splice(running.lastIndexOf(title), 1);
  }
}

export function note(text: string): void {
  process.stdout.write(`    ${text}\n`);
}
