import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asMarkdown, githubLimit } from "../plan-review/print/markdown";
import type { Review } from "../plan-review/review";
import { SetupError } from "../setup/run";
import type { Github } from "./github";
import { readReviews } from "./reviews";

export const commentMarker = "<!-- portfolio-dashboard: plan review -->";

const origins: Readonly<Record<string, string>> = {
  offline: "Offline: what this changes in staging as the target branch deploys it to an emulated AWS",
};

/** All reviews in one text that GitHub accepts as a comment: each has the same share of it. */
export function commentBody(reviews: ReadonlyMap<string, Review>, limit = githubLimit): string {
  const spaceForHeads = 1000;
  const share = Math.floor((limit - spaceForHeads) / Math.max(1, reviews.size));
  const parts = [...reviews].map(
    ([name, review]) => `# ${origins[name] ?? `Planned in ${name}`}\n\n${asMarkdown(review, share)}`,
  );
  return parts.join("\n");
}

/**
 * Puts the reviews of a run into the comment of its pull request. For a fork the number stands in a file that the fork's own code wrote, so
 * it counts only if the run was of that pull request's head; a head that has moved on gets its own run.
 */
export async function comment(github: Github, folder: string, head: string, number?: number): Promise<string> {
  const pullRequest = number ?? numberIn(join(folder, "pull-request"));
  const current = await github.headOf(pullRequest);
  if (current !== head) return `Pull request ${pullRequest} is at ${current ?? "its end"}, not at ${head}: no comment.`;
  const reviews = readReviews(folder);
  if (reviews.size === 0) throw new SetupError(`${folder} has no review.`);
  const done = await github.keepComment(pullRequest, commentMarker, commentBody(reviews));
  return `Comment on pull request ${pullRequest}: ${done}.`;
}

function numberIn(file: string): number {
  const text = existsSync(file) ? readFileSync(file, "utf8").slice(0, 20).trim() : "";
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new SetupError(`${file} has no number of a pull request.`);
  return Number(text);
}
