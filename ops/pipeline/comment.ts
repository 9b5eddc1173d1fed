import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asMarkdown, githubLimit } from "../../packages/plan-review/print/markdown";
import type { Review } from "../../packages/plan-review/review";
import { SetupError } from "../shell/run";
import type { Github } from "./github";
import { readReviews } from "./reviews";

export const commentMarker = "<!-- portfolio-dashboard: plan review -->";

const origins: Readonly<Record<string, string>> = {
  offline: "Offline: what this changes in staging as the target branch deploys it to an emulated AWS",
};
const absent = "**There is no plan:** its job failed or was left out. What it says about this is in the run's log.";
const ofPullRequest = "The pull request's own code made these reviews.";
/** Beside what the reviews may take. */
const spaceForHeads = 1000;

/** All reviews in one text that GitHub accepts as a comment: each has the same share of it. One that is missing is said to be. */
export function commentBody(reviews: ReadonlyMap<string, Review | undefined>, limit = githubLimit): string {
  const share = Math.floor((limit - spaceForHeads) / Math.max(1, reviews.size));
  const parts = [...reviews].map(
    ([name, review]) =>
      `# ${origins[name] ?? `Planned in ${name}`}\n\n${review ? asMarkdown(review, share) : `${absent}\n`}`,
  );
  return parts.join("\n");
}

export interface CommentOptions {
  /** The commit that the run was of. */
  readonly head: string;
  /** The plans that the run was to review. */
  readonly names: readonly string[];
}

/**
 * Puts the reviews of a run into the comment of its pull request. Its number stands in a file that the pull request's own code wrote, so it
 * counts only if the run was of that pull request's head; a head that has moved on gets its own run.
 */
export async function comment(github: Github, folder: string, { head, names }: CommentOptions): Promise<string> {
  const file = join(folder, "pull-request");
  if (!existsSync(file)) return "The run made no review: no comment.";
  const pullRequest = numberIn(file);
  const current = await github.headOf(pullRequest);
  if (current !== head) return `Pull request ${pullRequest} is at ${current ?? "its end"}, not at ${head}: no comment.`;
  const body = commentBody(readReviews(folder, names));
  const done = await github.keepComment(pullRequest, commentMarker, `${ofPullRequest}\n\n${body}`);
  return `Comment on pull request ${pullRequest}: ${done}.`;
}

function numberIn(file: string): number {
  const text = readFileSync(file, "utf8").slice(0, 20).trim();
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new SetupError(`${file} has no number of a pull request.`);
  return Number(text);
}
