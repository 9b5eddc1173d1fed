import type { Github } from "./github";
import { readWorkflow } from "./workflows";

const file = "infra-ci.yml";

/**
 * What keeps main from being deployed, in words: the jobs that infra-ci itself awaits before it deploys, as they ended for the newest change
 * of the infrastructure. An app that failed its checks has no image, so nobody has to ask for that.
 */
export async function openChecks(github: Github): Promise<string[]> {
  const { jobs } = readWorkflow(file);
  const awaited = [jobs.deploy?.needs ?? []].flat().map((id) => jobs[id]?.name ?? id);
  const run = await github.newestRun(file, "main");
  if (run === undefined) return [`${file} has not run on main.`];
  const found = await github.jobsOf(run);
  return awaited.flatMap((name) => {
    const job = found.find((each) => each.name === name);
    if (job?.conclusion === "success") return [];
    return [`${file}, run ${run}: ${name}: ${job?.conclusion ?? job?.status ?? "absent"}.`];
  });
}
