import { appendFileSync } from "node:fs";

/** Hands values to the steps that follow in a job of GitHub Actions; on a terminal they are only printed. */
export function setOutputs(outputs: Readonly<Record<string, string>>, file = process.env.GITHUB_OUTPUT): void {
  for (const [name, value] of Object.entries(outputs)) {
    if (/[\r\n]/.test(value)) throw new Error(`The output ${name} has more than one line.`);
    process.stdout.write(`${name}=${value}\n`);
    if (file) appendFileSync(file, `${name}=${value}\n`);
  }
}
