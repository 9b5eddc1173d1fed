import { asMarkdown, githubLimit } from "../../packages/plan-review/print/markdown";
import type { Review } from "../../packages/plan-review/review";
import type { Github } from "./github";

export const driftMarker = "<!-- portfolio-dashboard: drift -->";

const introduction =
  "What runs is not what was deployed last: it was changed outside of main, or a deployment ended halfway. Run the workflow deploy, or put into main what was changed.";

const unplanned =
  "It could not be planned, so whether something differs is not known: see the log of the drift workflow.";

/** Whether something runs that the deployed commit does not say, or the other way round. */
export function hasDrifted({ changes, drift }: Review): boolean {
  return changes.length > 0 || drift.length > 0;
}

/** Keeps one issue open for as long as something differs, or cannot be planned. */
export async function tellDrift(github: Github, reviews: ReadonlyMap<string, Review | undefined>): Promise<string> {
  const told = [...reviews].filter(([, review]) => !review || hasDrifted(review));
  if (told.length === 0) return `Nothing differs; issue: ${await github.closeIssue(driftMarker)}.`;
  const names = (isPlanned: boolean) => told.flatMap(([name, review]) => (isPlanned === Boolean(review) ? [name] : []));
  const [drifted, unknown] = [names(true).join(", "), names(false).join(", ")];
  const title = [drifted && `Drift in ${drifted}`, unknown && `No plan of ${unknown}`].filter(Boolean).join("; ");
  const share = Math.floor((githubLimit - 1000) / told.length);
  const parts = told.map(([name, review]) => `# ${name}\n\n${review ? asMarkdown(review, share) : unplanned}`);
  const done = await github.keepIssue(driftMarker, title, [introduction, ...parts].join("\n\n"));
  return `${title}; issue: ${done}.`;
}

/** The commit to plan for each environment: the one that was deployed last. That main is ahead of it is no drift, and is only printed. */
export async function deployedCommits(
  github: Pick<Github, "deployed">,
  names: readonly string[],
  ahead: (commit: string) => Promise<number>,
): Promise<{ plans: { environment: string; commit: string }[]; lines: string[] }> {
  const plans: { environment: string; commit: string }[] = [];
  const lines: string[] = [];
  for (const environment of names) {
    const { commit, isRunning } = await github.deployed(environment);
    if (isRunning) lines.push(`${environment}: a deployment is running; looked at next time`);
    else if (!commit) lines.push(`${environment}: nothing was deployed yet`);
    else {
      plans.push({ environment, commit });
      lines.push(
        `${environment}: ${commit.slice(0, 12)}; main is ${await ahead(commit)} commits ahead, which is no drift`,
      );
    }
  }
  return { plans, lines };
}
