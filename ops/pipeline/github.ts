import { SetupError } from "../shell/run";

/** A comment or an issue, as far as it matters here. */
export interface Written {
  readonly id: number;
  readonly number?: number;
  readonly body?: string | null;
  readonly user?: { readonly login: string } | null;
}

export interface WorkflowRun {
  readonly id: number;
  readonly commit: string;
}

/** An environment of GitHub. */
interface Guarded {
  readonly name: string;
  readonly protection_rules: readonly { readonly type: string }[];
  readonly deployment_branch_policy: { readonly custom_branch_policies: boolean } | null;
}

/** A pattern that branches or tags match. */
interface BranchPolicy {
  readonly name: string;
  readonly type?: "branch" | "tag";
}

export interface WorkflowJob {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
}

class Refusal extends SetupError {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

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
    private readonly repository: string,
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

  /** The newest run on a branch that a push or a person started; one by the clock does not push images. */
  async newestRun(workflowFile: string, branch: string): Promise<WorkflowRun | undefined> {
    const newest = async (event: string) => {
      const path = `actions/workflows/${workflowFile}/runs?branch=${branch}&event=${event}&per_page=1`;
      return (await this.call<{ workflow_runs: { id: number; head_sha: string }[] }>("GET", path)).workflow_runs;
    };
    const runs = (await Promise.all(["push", "workflow_dispatch"].map(newest))).flat();
    const [last] = runs.sort((a, b) => b.id - a.id);
    return last && { id: last.id, commit: last.head_sha };
  }

  /** The jobs of a run's last attempt. */
  async jobsOf(run: number): Promise<readonly WorkflowJob[]> {
    return (await this.call<{ jobs: WorkflowJob[] }>("GET", `actions/runs/${run}/jobs?per_page=${perPage}`)).jobs;
  }

  /** Whether a run of this repository has attested what has a digest. */
  async isAttested(digest: string): Promise<boolean> {
    try {
      const path = `attestations/${digest}?per_page=1`;
      return (await this.call<{ attestations: unknown[] }>("GET", path)).attestations.length > 0;
    } catch (error) {
      // It answers so when there is none, although its reference does not say so.
      if (error instanceof Refusal && error.status === 404) return false;
      throw error;
    }
  }

  /** What is missing for GitHub to ask people before a job of an environment begins; nothing when all is there. */
  async unasked(environment: string): Promise<string[]> {
    const asks = (await this.environment(environment))?.protection_rules.some(
      ({ type }) => type === "required_reviewers",
    );
    return asks ? [] : [`GitHub's environment ${environment} has no required reviewers`];
  }

  /** What lets other branches into an environment than main, or main not; nothing when main alone may deploy. */
  async unguarded(environment: string): Promise<string[]> {
    const found = await this.environment(environment);
    if (!found) return [`GitHub has no environment ${environment}`];
    const allowed = await this.allowedIn(found);
    return allowed === "branch main"
      ? []
      : [`GitHub's environment ${environment} is for ${allowed}, and has to be for branch main alone`];
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

  private async environment(environment: string): Promise<Guarded | undefined> {
    const { environments } = await this.call<{ environments: Guarded[] }>("GET", `environments?per_page=${perPage}`);
    return environments.find(({ name }) => name === environment);
  }

  private async allowedIn({ name, deployment_branch_policy: policy }: Guarded): Promise<string> {
    if (!policy) return "every branch";
    // Every branch deploys while none is protected.
    if (!policy.custom_branch_policies) return "protected branches";
    const path = `environments/${encodeURIComponent(name)}/deployment-branch-policies?per_page=${perPage}`;
    const { branch_policies } = await this.call<{ branch_policies: BranchPolicy[] }>("GET", path);
    return branch_policies.map((each) => `${each.type ?? "branch"} ${each.name}`).join(", ") || "no branch";
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
      const message = `GitHub answered ${response.status} to ${method} ${path}: ${text.slice(0, 300)}`;
      throw new Refusal(response.status, message);
    }
    return JSON.parse(text) as Answer;
  }
}

function marked(marker: string, body: string): string {
  return `${marker}\n${body}`;
}
