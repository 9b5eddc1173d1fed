import { type Command, commandsOf, readWorkflows } from "../ops/pipeline/workflows";

/** When a workflow runs a proof by itself: "weekly", or undefined where none does. */
export function scheduleOf(name: string): "weekly" | undefined {
  return scheduled.some(({ run, env }) => namesIn(run, env).includes(name)) ? "weekly" : undefined;
}

const scheduled: readonly Command[] = readWorkflows()
  .filter(({ on }) => "schedule" in on)
  .flatMap((workflow) => commandsOf(workflow));

function namesIn(run: string, env: Command["env"]): string[] {
  const given = /^make check NAME="?\$?(\w[\w -]*)"?$/.exec(run)?.[1] ?? "";
  return (env[given] ?? given).split(" ");
}
