import { services } from "../../stacks/services";
import type { Github } from "./github";
import type { History } from "./history";
import { readWorkflow, type Workflow } from "./workflows";

/** All that end with a deploy of main. */
const files = ["infra-ci.yml", ...services.map(({ name }) => `${name}-ci.yml`)];

/** What keeps the checkout of main from being deployed, in words: what each pipeline itself awaits before it deploys, as it ended last. */
export async function openChecks(github: Github, history: History): Promise<string[]> {
  return (await Promise.all(files.map((file) => openIn(file, github, history)))).flat();
}

async function openIn(file: string, github: Github, history: History): Promise<string[]> {
  const workflow = readWorkflow(file);
  const run = await github.newestRun(file, "main");
  if (run === undefined) return [`${file} has not run on main.`];
  if (!(await history.isUnchangedSince(run.commit, workflow.on.push?.paths ?? []))) {
    return [`${file} ran last on ${run.commit.slice(0, 12)}, where what it checks was different.`];
  }
  const found = await github.jobsOf(run.id);
  return awaited(workflow, "deploy").flatMap((name) => {
    // A job that calls a workflow is shown as that workflow's jobs.
    const jobs = found.filter((job) => job.name === name || job.name.startsWith(`${name} / `));
    const open = jobs.filter(({ conclusion }) => conclusion !== "success");
    const states = open.map((job) => `${job.name}: ${job.conclusion ?? job.status}`);
    return (jobs.length > 0 ? states : [`${name}: absent`]).map((state) => `${file}, run ${run.id}: ${state}.`);
  });
}

/** The names of all jobs that have to succeed before one begins. */
function awaited({ jobs }: Pick<Workflow, "jobs">, id: string): string[] {
  const before = [jobs[id]?.needs ?? []].flat();
  const names = before.flatMap((each) => [...awaited({ jobs }, each), jobs[each]?.name ?? each]);
  return [...new Set(names)];
}
