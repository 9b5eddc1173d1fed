import { SetupError } from "../shell/run";

/** A comment or an issue, as far as it matters here. */
export interface Written {
  readonly id: number;
  readonly number?: number;
  readonly body?: string | null;
  readonly user?: { readonly login: string } | null;
}

/** An environment of GitHub: https://docs.github.com/en/rest/deployments/environments */
export interface GithubEnvironment {
  readonly name: string;
  readonly protection_rules: readonly {
    readonly type: string;
    readonly prevent_self_review?: boolean;
    readonly reviewers?: readonly { readonly reviewer: { readonly login?: string; readonly slug?: string } }[];
  }[];
  readonly can_admins_bypass?: boolean;
  readonly deployment_branch_policy: { readonly custom_branch_policies: boolean } | null;
}

/** A rule that holds for a branch: https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch */
export interface BranchRule {
  readonly type: string;
  readonly parameters?: { readonly required_status_checks?: readonly { readonly context: string }[] };
}

/** A pattern that branches or tags match. */
interface BranchPolicy {
  readonly name: string;
  readonly type?: "branch" | "tag";
}

/** The job of ci.yml that may be required. */
export const gate = "Gate";
/** Who writes with the token of a job. */
const ourselves = "github-actions[bot]";
const perPage = 100;
const timeoutMilliseconds = 30_000;

/**
 * The few calls of GitHub's API that the pipelines need. A page of `fetch`, because the jobs that call it may write:
 * what is not installed there cannot be taken over. https://docs.github.com/rest
 */
export class Github {
  constructor(
    readonly repository: string,
    private readonly token: string,
    private readonly api = "https://api.github.com",
  ) {
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) throw new SetupError(`"${repository}" is not <owner>/<name>.`);
  }

  /** As GitHub Actions sets a job's environment; the token is handed to the one step that needs it. */
  static fromEnvironment({ GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL }: NodeJS.ProcessEnv): Github {
    if (!GITHUB_REPOSITORY || !GITHUB_TOKEN) {
      throw new SetupError("GITHUB_REPOSITORY and GITHUB_TOKEN are needed: this runs in GitHub Actions.");
    }
    return new Github(GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_API_URL);
  }

  /** The commit that a pull request would merge now; null when it is not open. */
  async headOf(pullRequest: number): Promise<string | null> {
    const { state, head } = await this.call<{ state: string; head: { sha: string } }>("GET", `pulls/${pullRequest}`);
    return state === "open" ? head.sha : null;
  }

  /** Commits of main whose gate passed, the newest first. A name alone counts for nothing: the run has to be one of main. */
  async *greenCommits(): AsyncGenerator<string> {
    const runsOf = async (event: string) => {
      const path = `actions/workflows/ci.yml/runs?branch=main&event=${event}&per_page=30`;
      return (await this.call<{ workflow_runs: { id: number; head_sha: string }[] }>("GET", path)).workflow_runs;
    };
    const runs = (await Promise.all(["push", "workflow_dispatch"].map(runsOf))).flat().sort((a, b) => b.id - a.id);
    for (const { id, head_sha } of runs) {
      const path = `actions/runs/${id}/jobs?per_page=${perPage}`;
      const { jobs } = await this.call<{ jobs: { name: string; conclusion: string | null }[] }>("GET", path);
      if (jobs.some(({ name, conclusion }) => name === gate && conclusion === "success")) yield head_sha;
    }
  }

  /** What was deployed to an environment last, and whether a job is at it now. */
  async deployed(environment: string): Promise<{ readonly commit?: string; readonly isRunning: boolean }> {
    const path = `deployments?environment=${encodeURIComponent(environment)}&per_page=20`;
    let isRunning = false;
    for (const { id, sha } of await this.call<{ id: number; sha: string }[]>("GET", path)) {
      const [status] = await this.call<{ state: string }[]>("GET", `deployments/${id}/statuses?per_page=1`);
      if (status?.state === "success") return { commit: sha, isRunning };
      if (status?.state === "in_progress") isRunning = true;
    }
    return { isRunning };
  }

  async environment(environment: string): Promise<GithubEnvironment | undefined> {
    const path = `environments?per_page=${perPage}`;
    const { environments } = await this.call<{ environments: GithubEnvironment[] }>("GET", path);
    return environments.find(({ name }) => name === environment);
  }

  /** Branches and tags that may use an environment, in words. */
  async allowedIn({ name, deployment_branch_policy: policy }: GithubEnvironment): Promise<string> {
    if (!policy) return "every branch";
    // Every branch deploys while none is protected.
    if (!policy.custom_branch_policies) return "protected branches";
    const path = `environments/${encodeURIComponent(name)}/deployment-branch-policies?per_page=${perPage}`;
    const { branch_policies } = await this.call<{ branch_policies: BranchPolicy[] }>("GET", path);
    return branch_policies.map((each) => `${each.type ?? "branch"} ${each.name}`).join(", ") || "no branch";
  }

  rulesOf(branch: string): Promise<readonly BranchRule[]> {
    return this.call("GET", `rules/branches/${branch}?per_page=${perPage}`);
  }

  /** Opens a pull request that writes one file, or brings the open one up to date. */
  async proposeFile(
    base: string,
    branch: string,
    path: string,
    content: string,
    title: string,
    body: string,
  ): Promise<void> {
    const { object } = await this.call<{ object: { sha: string } }>("GET", `git/ref/heads/${base}`);
    const ref = { ref: `refs/heads/${branch}`, sha: object.sha };
    await this.call("POST", "git/refs", ref).catch(() =>
      this.call("PATCH", `git/refs/heads/${branch}`, { sha: object.sha, force: true }),
    );
    const present = await this.call<{ sha: string }>("GET", `contents/${path}?ref=${branch}`).catch(() => undefined);
    const encoded = Buffer.from(content).toString("base64");
    await this.call("PUT", `contents/${path}`, {
      branch,
      message: title,
      content: encoded,
      ...(present && { sha: present.sha }),
    });
    const [owner] = this.repository.split("/");
    const open = await this.call<unknown[]>("GET", `pulls?state=open&head=${owner}:${branch}`);
    if (open.length === 0) await this.call("POST", "pulls", { title, body, head: branch, base });
  }

  /** Writes a comment, or changes the one that was written before: it is known by its marker, and by its author. */
  async keepComment(pullRequest: number, marker: string, body: string): Promise<"created" | "updated"> {
    const ours = await this.findOurs(`issues/${pullRequest}/comments?`, marker);
    if (ours) await this.call("PATCH", `issues/comments/${ours.id}`, { body: marked(marker, body) });
    else await this.call("POST", `issues/${pullRequest}/comments`, { body: marked(marker, body) });
    return ours ? "updated" : "created";
  }

  /** The same for an issue that is open. */
  async keepIssue(marker: string, title: string, body: string): Promise<"created" | "updated"> {
    const ours = await this.openIssue(marker);
    const content = { title, body: marked(marker, body) };
    if (ours) await this.call("PATCH", `issues/${ours.number}`, content);
    else await this.call("POST", "issues", content);
    return ours ? "updated" : "created";
  }

  async closeIssue(marker: string): Promise<"closed" | "none"> {
    const ours = await this.openIssue(marker);
    if (!ours) return "none";
    await this.call("PATCH", `issues/${ours.number}`, { state: "closed", state_reason: "completed" });
    return "closed";
  }

  private openIssue(marker: string): Promise<Written | undefined> {
    return this.findOurs(`issues?state=open&creator=${encodeURIComponent(ourselves)}&`, marker);
  }

  private async findOurs(path: string, marker: string): Promise<Written | undefined> {
    for (let page = 1; ; page++) {
      const all = await this.call<Written[]>("GET", `${path}per_page=${perPage}&page=${page}`);
      const found = all.find(({ user, body }) => user?.login === ourselves && body?.startsWith(marker));
      if (found || all.length < perPage) return found;
    }
  }

  private async call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.api}/repos/${this.repository}/${path}`, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${this.token}`,
        "x-github-api-version": "2022-11-28",
      },
      signal: AbortSignal.timeout(timeoutMilliseconds),
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new SetupError(`GitHub answered ${response.status} to ${method} ${path}: ${text.slice(0, 300)}`);
    }
    return JSON.parse(text) as Answer;
  }
}

function marked(marker: string, body: string): string {
  return `${marker}\n${body}`;
}
