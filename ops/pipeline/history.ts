import { root } from "../shell/paths";
import { ask } from "../shell/run";

/** What git knows of a checkout. One that is not whole knows too little, and then nothing is known to have run. */
export class History {
  constructor(private readonly folder = root) {}

  /**
   * Whether what the path filters of a workflow name is here as it was in an earlier commit. Not whether it changed since: a change that is
   * pushed together with its revert starts no run.
   */
  async isUnchangedSince(commit: string, paths: readonly string[]): Promise<boolean> {
    const filters = paths.map((path) => `:(glob)${path}`);
    return (
      (await this.holds("merge-base", "--is-ancestor", commit, "HEAD")) &&
      (await this.holds("diff", "--quiet", commit, "HEAD", "--", ...filters))
    );
  }

  private async holds(...args: string[]): Promise<boolean> {
    return (await ask("git", args, { cwd: this.folder })) !== null;
  }
}
