import { join } from "node:path";
import { ensureActionlint } from "../install/actionlint";
import { ensurePythonPackages } from "../install/python";
import { step } from "../shell/progress";
import { attempt, type Ended } from "../shell/run";

/** GitHub queues more than one since May 2026, and actionlint 1.7.12 does not know it: https://github.blog/changelog/2026-05-07-github-actions-concurrency-groups-now-allow-larger-queues */
const unknownToActionlint = 'unexpected key "queue" for "concurrency" section';

/** Whether actionlint and zizmor find nothing in `.github`; prints what they find. */
export async function lintWorkflows(): Promise<boolean> {
  const actionlint = await ensureActionlint();
  const programs = await ensurePythonPackages(join(__dirname, "requirements.txt"));
  const ended = [
    // What a person has installed beside it must not decide.
    await look("actionlint", actionlint, ["-shellcheck=", "-pyflakes=", "-no-color", "-ignore", unknownToActionlint]),
    await look("zizmor", join(programs, "zizmor"), [
      "--persona=auditor",
      "--offline",
      "--no-progress",
      "--quiet",
      ".github",
    ]),
  ];
  return ended.every(({ code }) => code === 0);
}

async function look(title: string, program: string, args: readonly string[]): Promise<Ended> {
  const ended = await step(title, () => attempt(program, args), { isWell: ({ code }) => code === 0 });
  if (ended.code !== 0) process.stdout.write(`${ended.output.trim()}\n`);
  return ended;
}
