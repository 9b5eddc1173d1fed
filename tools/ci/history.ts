import { root } from "../setup/paths";
import { ask } from "../setup/run";

/** What git knows of a checkout. One that is not whole knows too little, and then nothing is known to have run. */
export class History {
  constructor(private readonly folder = root) {}

  /** The newest commit in which something changed that path filters of a workflow name. */
  async lastChange(paths: readonly string[]): Promise<string> {
    return (await this.git("log", "-1", "--format=%H", "--", ...paths.map((path) => `:(glob)${path}`))) ?? "";
  }

  /** Whether a commit is another one, or comes after it. */
  async includes(commit: string, earlier: string): Promise<boolean> {
    return (await this.git("merge-base", "--is-ancestor", earlier, commit)) !== null;
  }

  private async git(...args: string[]): Promise<string | null> {
    return ask("git", args, { cwd: this.folder });
  }
}
