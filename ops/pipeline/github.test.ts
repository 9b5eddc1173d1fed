import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { reviewOf, updated } from "../../packages/plan-review/made-plan.fixture";
import { deployedCommits, driftMarker, tellDrift } from "./drift";
import { type BranchRule, Github, type GithubEnvironment, type Written } from "./github";
import { newerCommits } from "./ready";
import { missingInEnvironment, missingSettings } from "./settings";

const bot = { login: "github-actions[bot]" };
const person = { login: "somebody" };

/** The calls that matter, as GitHub answers them: pages, authors, states. */
class SmallGithub {
  readonly comments: Written[] = [];
  readonly issues: (Written & { title: string; state: string })[] = [];
  readonly writes: string[] = [];
  readonly runs: {
    id: number;
    event: string;
    head_sha: string;
    jobs: { name: string; conclusion: string | null }[];
  }[] = [];
  readonly environments: (GithubEnvironment & { policies: { name: string; type: string }[] })[] = [];
  readonly deployments: { id: number; environment: string; sha: string; state: string }[] = [];
  rules: BranchRule[] = [];
  private readonly server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const url = new URL(request.url ?? "", "http://localhost");
      if (request.headers.authorization !== "Bearer the-token") response.writeHead(401).end("Bad credentials");
      else response.end(JSON.stringify(this.answer(request.method ?? "", url, body === "" ? {} : JSON.parse(body))));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(
    method: string,
    { pathname, searchParams }: URL,
    body: { body?: string; title?: string; state?: string },
  ) {
    const path = pathname.replace("/repos/owner/name/", "");
    if (method !== "GET") this.writes.push(`${method} ${path}`);
    if (path === "environments") return { environments: this.environments };
    if (path === "rules/branches/main") return this.rules;
    if (path === "deployments") {
      return this.deployments.filter((each) => each.environment === searchParams.get("environment"));
    }
    const [, deployment] = /^deployments\/(\d+)\/statuses$/.exec(path) ?? [];
    if (deployment) return this.deployments.filter(({ id }) => id === Number(deployment));
    const [, environment] = /^environments\/([\w-]+)\/deployment-branch-policies$/.exec(path) ?? [];
    if (environment)
      return { branch_policies: this.environments.find(({ name }) => name === environment)?.policies ?? [] };
    if (path === "actions/workflows/ci.yml/runs" && searchParams.get("branch") === "main") {
      return { workflow_runs: this.runs.filter((each) => each.event === searchParams.get("event")) };
    }
    const [, run] = /^actions\/runs\/(\d+)\/jobs$/.exec(path) ?? [];
    if (run) return this.runs.find(({ id }) => id === Number(run));
    const page = <T>(all: T[]): T[] => {
      const [size, number] = [Number(searchParams.get("per_page")), Number(searchParams.get("page"))];
      return all.slice(size * (number - 1), size * number);
    };
    if (method === "GET" && path === "issues/7/comments") return page(this.comments);
    if (method === "GET" && path === "issues") {
      const isAsked = ({ state, user }: { state: string; user?: Written["user"] }) =>
        state === searchParams.get("state") && user?.login === searchParams.get("creator");
      return page(this.issues.filter(isAsked));
    }
    if (method === "POST" && path === "issues/7/comments")
      return this.comments.push({ id: this.comments.length + 1, user: bot, ...body });
    if (method === "POST" && path === "issues") {
      const number = this.issues.length + 1;
      return this.issues.push({ id: 1000 + number, number, user: bot, title: "", state: "open", ...body });
    }
    const id = Number(path.split("/").at(-1));
    return Object.assign(
      (path.startsWith("issues/comments/") ? this.comments : this.issues).find(
        (each) => (each.number ?? each.id) === id,
      ) ?? {},
      body,
    );
  }
}

describe("what is kept on GitHub", () => {
  let small: SmallGithub;
  let github: Github;
  beforeEach(async () => {
    small = new SmallGithub();
    github = new Github("owner/name", "the-token", await small.start());
  });
  afterEach(() => small.stop());

  it("is one comment, changed in place", async () => {
    expect(await github.keepComment(7, "<!-- m -->", "first")).toBe("created");
    expect(await github.keepComment(7, "<!-- m -->", "second")).toBe("updated");
    expect(small.comments.map(({ body }) => body)).toEqual(["<!-- m -->\nsecond"]);
  });

  it("is found behind a hundred other comments", async () => {
    for (let id = 1; id <= 130; id++) small.comments.push({ id, user: person, body: "talk" });
    small.comments.push({ id: 131, user: bot, body: "<!-- m -->\nold" });
    expect(await github.keepComment(7, "<!-- m -->", "new")).toBe("updated");
    expect(small.writes).toEqual(["PATCH issues/comments/131"]);
  });

  it("is not what somebody else wrote with the marker in it, nor another comment of ours", async () => {
    small.comments.push({ id: 1, user: person, body: "<!-- m -->\nforged" });
    small.comments.push({ id: 2, user: bot, body: "quotes <!-- m -->" });
    expect(await github.keepComment(7, "<!-- m -->", "ours")).toBe("created");
    expect(small.comments.map(({ body }) => body)).toEqual([
      "<!-- m -->\nforged",
      "quotes <!-- m -->",
      "<!-- m -->\nours",
    ]);
  });

  it("is one issue for as long as something differs", async () => {
    const changed = reviewOf(updated("aws_lb.public", { idle_timeout: 60 }, { idle_timeout: 65 }));
    const same = reviewOf();
    const tell = (staging: typeof same | undefined, prod: typeof same | undefined) =>
      tellDrift(
        github,
        new Map([
          ["staging", staging],
          ["prod", prod],
        ]),
      );

    expect(await tell(same, same)).toBe("Nothing differs; issue: none.");
    expect(await tell(same, changed)).toBe("Drift in prod; issue: created.");
    expect(await tell(changed, changed)).toBe("Drift in staging, prod; issue: updated.");
    expect(small.issues).toMatchObject([{ state: "open", title: "Drift in staging, prod" }]);
    expect(small.issues[0]?.body).toContain(driftMarker);
    expect(small.issues[0]?.body).toContain("idle_timeout: 60 → 65");
    expect(await tell(same, same)).toBe("Nothing differs; issue: closed.");
    expect(await tell(changed, same)).toBe("Drift in staging; issue: created.");
    expect(await tell(changed, undefined)).toBe("Drift in staging; No plan of prod; issue: updated.");
    expect(await tell(same, undefined)).toBe("No plan of prod; issue: updated.");
    expect(small.issues.map(({ state }) => state)).toEqual(["closed", "open"]);
  });

  describe("a commit that is to be deployed", () => {
    const ran = (head_sha: string, conclusion: string | null, event = "push", name = "Gate") =>
      small.runs.push({ id: small.runs.length + 1, event, head_sha, jobs: [{ name, conclusion }] });
    const deployed = (environment: string, sha: string, state: string) =>
      small.deployments.unshift({ id: small.deployments.length + 1, environment, sha, state });
    /** Commits by their order; the fourth changes words. */
    const between = async (from: string, to: string) =>
      Number(to) < Number(from) ? null : Number(from) < 5 && Number(to) >= 5 ? ["stacks/a.ts"] : ["docs/a.md"];
    const newer = (commit: string, from = "") => newerCommits("staging", commit, from, github, between);

    it("is the newest one that passed", async () => {
      ran("3", "success");
      ran("5", "failure");
      expect(await newer("3")).toEqual([]);
    });

    it("gives way to a newer one that passed, and not to words", async () => {
      ran("3", "success");
      ran("4", "success");
      expect(await newer("3")).toEqual([]);
      ran("5", "success", "workflow_dispatch");
      expect(await newer("3")).toEqual(["This run gives way to that of 5, which is newer and passed, too."]);
      expect(await newer("5")).toEqual([]);
    });

    it("is none whose gate did not pass, whatever else did", async () => {
      ran("3", "failure");
      ran("3", "success", "push", "Synthesis");
      ran("3", "success", "pull_request");
      expect(await newer("3")).toEqual(["The gate of 3 has not passed. Start ci by hand, on main."]);
    });

    it("is not older than what is deployed, also where images come from elsewhere", async () => {
      ran("3", "success");
      deployed("staging", "5", "success");
      deployed("staging", "6", "failure");
      expect(await newer("3", "dev")).toEqual(["staging runs 5, which is newer than 3."]);
      expect(await newer("5", "dev")).toEqual([]);
    });

    it("is planned as it was deployed when drift is looked for; a job that is at it is waited for", async () => {
      const look = () => deployedCommits(github, ["staging", "prod"], async () => 2);
      deployed("staging", "5", "success");
      expect(await look()).toEqual({
        plans: [{ environment: "staging", commit: "5" }],
        lines: ["staging: 5; main is 2 commits ahead, which is no drift", "prod: nothing was deployed yet"],
      });
      deployed("staging", "6", "in_progress");
      expect((await look()).plans).toEqual([]);
    });
  });

  describe("a setting of GitHub", () => {
    const branch = (name: string) => ({ name, type: "branch" });
    const reviewed = { type: "required_reviewers", prevent_self_review: true };
    const exists = (name: string, more: Partial<(typeof small.environments)[number]> = {}) =>
      small.environments.push({
        ...{ name, protection_rules: [], can_admins_bypass: false, policies: [branch("main")] },
        deployment_branch_policy: { custom_branch_policies: true },
        ...more,
      });
    const missing = async (name: string) => (await missingInEnvironment(github, name)).map(({ what }) => what);

    it("that is missing is named with the command that sets it", async () => {
      expect(await missing("prod")).toEqual(["GitHub has no environment prod"]);
      const [{ how } = { how: "" }] = await missingInEnvironment(github, "prod");
      expect(how).toMatch(/^gh api -X PUT repos\/owner\/name\/environments\/prod /);
      exists("prod");
      expect(await missing("prod")).toEqual([]);
    });

    it.each([
      ["every branch", { deployment_branch_policy: null }],
      ["protected branches", { deployment_branch_policy: { custom_branch_policies: false } }],
      ["no branch", { policies: [] }],
      ["branch *", { policies: [branch("*")] }],
      ["branch main, branch release/*", { policies: [branch("main"), branch("release/*")] }],
      ["tag main", { policies: [{ name: "main", type: "tag" }] }],
    ])("lets in %s", async (words, more) => {
      exists("prod", more);
      expect(await missing("prod")).toEqual([
        `GitHub's environment prod is for ${words}, and has to be for branch main alone`,
      ]);
    });

    it.each([
      ["has no required reviewers", { protection_rules: [] }],
      ["people may approve what they started", { protection_rules: [{ ...reviewed, prevent_self_review: false }] }],
      ["administrators may go on", { protection_rules: [reviewed], can_admins_bypass: true }],
    ])("of an approval is one in which %s", async (words, more) => {
      exists("prod-approval", more);
      expect(await missing("prod-approval")).toEqual([expect.stringContaining(words)]);
    });

    it("of main is a ruleset that requires the gate", async () => {
      for (const name of ["staging", "prod"]) exists(name);
      exists("prod-approval", { protection_rules: [reviewed] });
      const rows = ["staging", "prod"].map((name) => ({ name, githubRepository: "owner/name" }));
      const all = async () => (await missingSettings(github, rows)).map(({ what }) => what);
      small.rules = ["pull_request", "non_fast_forward"].map((type) => ({ type }));
      expect(await all()).toEqual([
        "No ruleset of main has the rule deletion",
        "No ruleset of main requires the check Gate",
      ]);
      const required_status_checks = [{ context: "Gate" }];
      small.rules.push(
        { type: "deletion" },
        { type: "required_status_checks", parameters: { required_status_checks } },
      );
      expect(await all()).toEqual([]);
      const foreign = await missingSettings(github, [{ name: "staging", githubRepository: "example/other" }]);
      expect(foreign[0]?.what).toBe("The row staging is for example/other, not for owner/name");
    });
  });

  it("says what GitHub answered when it refuses", async () => {
    const refused = new Github("owner/name", "another", (github as unknown as { api: string }).api);
    await expect(refused.keepComment(7, "m", "b")).rejects.toThrow(
      "GitHub answered 401 to GET issues/7/comments?per_page=100&page=1: Bad credentials",
    );
  });
});

it("needs a repository by its full name", () => {
  expect(() => new Github("../../user", "t")).toThrow('"../../user" is not <owner>/<name>.');
});
