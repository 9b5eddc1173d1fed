import { asMarkdown, githubLimit } from "../plan-review/print/markdown";
import type { Review } from "../plan-review/review";
import type { Github } from "./github";

export const driftMarker = "<!-- portfolio-dashboard: drift -->";

const introduction =
  "What runs is not what main says: somebody changed it by hand, or a deploy waits or failed. Run the deploy workflow, or put into main what was changed.";

/** Whether something runs that main does not say, or the other way round. */
export function hasDrifted({ changes, drift }: Review): boolean {
  return changes.length > 0 || drift.length > 0;
}

/** Keeps one issue open for as long as something differs. */
export async function tellDrift(github: Github, reviews: ReadonlyMap<string, Review>): Promise<string> {
  const drifted = [...reviews].filter(([, review]) => hasDrifted(review));
  if (drifted.length === 0) return `Nothing differs; issue: ${await github.closeIssue(driftMarker)}.`;
  const names = drifted.map(([name]) => name).join(", ");
  const share = Math.floor((githubLimit - 1000) / drifted.length);
  const parts = drifted.map(([name, review]) => `# ${name}\n\n${asMarkdown(review, share)}`);
  const done = await github.keepIssue(driftMarker, `Drift in ${names}`, [introduction, ...parts].join("\n\n"));
  return `Drift in ${names}; issue: ${done}.`;
}
