import { pipelinesFor } from "./changes";
import { type GraphJob, jobsOf, type Trigger } from "./graph";
import { commandMinutes, setupMinutes } from "./minutes";

/** A change of each kind, by a file that stands for it. */
const kinds = {
  words: "docs/pipelines.md",
  "one app": "apps/backend/src/app.ts",
  "a stack": "stacks/network-stack.ts",
};

/** GitHub bills each job by whole minutes: https://docs.github.com/en/billing/concepts/product-billing/github-actions */
export function minutesOf({ job }: Pick<GraphJob, "job">): number {
  const runs: string[] = job.steps.flatMap(({ run }: { run?: string }) => run ?? []);
  const minutes = runs.map((run) => {
    const stages = /^make test STAGES=(.*)$/.exec(run)?.[1];
    const kind = stages?.includes("emulator") ? "emulator" : stages?.includes("$SERVICE") ? "service" : "stages";
    const command = stages
      ? `make test STAGES=${kind}`
      : run
          .split(" ")
          .slice(0, run.startsWith("make") ? 2 : 3)
          .join(" ");
    return commandMinutes[command] ?? 0;
  });
  return Math.ceil(minutes.reduce((sum, each) => sum + each, runs.length > 0 ? setupMinutes : 0)) || 1;
}

/** Jobs and minutes of a change, first as a pull request, then on main with both environments switched on. */
export async function costOfChanges(): Promise<string> {
  const vars = { DEPLOY_TO: '["staging","prod"]' };
  const repository = "owner/name";
  const payload = {
    pull_request: { number: 1, user: { login: "somebody" }, head: { repo: { full_name: repository } } },
  };
  const base = { actor: "somebody", repository, vars };
  const triggers: Readonly<Record<string, Trigger>> = {
    "pull request": { ...base, event: "pull_request", ref: "refs/pull/1/merge", payload },
    main: { ...base, event: "push", ref: "refs/heads/main" },
  };
  const lines = ["| change | pull request: jobs | minutes | main: jobs | minutes |", "| --- | --- | --- | --- | --- |"];
  for (const [kind, file] of Object.entries(kinds)) {
    const cells: number[] = [];
    for (const trigger of Object.values(triggers)) {
      const needed = pipelinesFor([file]);
      const changes = { ...needed, any: Object.values(needed).includes(true) };
      const outputs = Object.fromEntries(
        Object.entries({ ...changes, ready: true, gateway: true }).map(([name, value]) => [name, String(value)]),
      );
      const jobs = (await jobsOf("ci.yml", trigger, () => ({ outputs: { ...outputs, changes: "1" } }))).filter(
        ({ job }) => job.steps,
      );
      cells.push(
        jobs.length,
        jobs.reduce((sum, job) => sum + minutesOf(job), 0),
      );
    }
    lines.push(`| ${[kind, ...cells].join(" | ")} |`);
  }
  return lines.join("\n");
}
