import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { reviewOf, updated } from "../../packages/plan-review/made-plan.fixture";
import { openChecks } from "./checks";
import { driftMarker, tellDrift } from "./drift";
import { Github, type WorkflowJob, type Written } from "./github";
import type { History } from "./history";

const bot = { login: "github-actions[bot]" };
const person = { login: "somebody" };

/** The calls that matter, as GitHub answers them: pages, authors, states. */
class SmallGithub {
  readonly comments: Written[] = [];
  readonly issues: (Written & { title: string; state: string })[] = [];
  readonly writes: string[] = [];
  readonly runs: { id: number; file: string; event: string; head_sha: string; jobs: WorkflowJob[] }[] = [];
  readonly environments: {
    name: string;
    protection_rules: { type: string }[];
    deployment_branch_policy: { custom_branch_policies: boolean } | null;
    policies: { name: string; type: string }[];
  }[] = [];
  readonly attested: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const url = new URL(request.url ?? "", "http://localhost");
      if (request.headers.authorization !== "Bearer the-token") response.writeHead(401).end("Bad credentials");
      else if (url.pathname.includes("/attestations/sha256:unknown")) response.writeHead(404).end("Not Found");
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
    const [, digest] = /^attestations\/(.+)$/.exec(path) ?? [];
    if (digest) return { attestations: this.attested.filter((each) => each === digest) };
    const [, environment] = /^environments\/([\w-]+)\/deployment-branch-policies$/.exec(path) ?? [];
    if (environment)
      return { branch_policies: this.environments.find(({ name }) => name === environment)?.policies ?? [] };
    const [, file] = /^actions\/workflows\/([\w.-]+)\/runs$/.exec(path) ?? [];
    if (file && searchParams.get("branch") === "main") {
      const event = searchParams.get("event");
      return { workflow_runs: this.runs.filter((each) => each.file === file && each.event === event) };
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

  describe("the checks of main", () => {
    const ended = (name: string, conclusion: string | null) => ({
      name,
      conclusion,
      status: conclusion ? "completed" : "queued",
    });
    const service = (name: string) =>
      ["Check / Lint, types, tests", "Check / Images", `Check / Scan ${name}`, "Push / Push to staging"].map((job) =>
        ended(job, "success"),
      );
    const infrastructure = [
      "Synthesis, policies, lint, types, tests",
      "Tests on the emulated AWS",
      "Offline proof",
    ].map((job) => ended(job, "success"));
    /** Commits by their order; everything is as the third made it. */
    const history = { isUnchangedSince: async (commit: string) => Number(commit) >= 3 } as unknown as History;
    const ran = (file: string, jobs: WorkflowJob[], head_sha = "3", event = "push") =>
      small.runs.unshift({ id: small.runs.length + 1, file, event, head_sha, jobs });
    const but = (jobs: WorkflowJob[], name: string, conclusion: string | null) =>
      jobs.map((job) => (job.name === name ? ended(name, conclusion) : job));

    beforeEach(() => {
      ran("infra-ci.yml", [
        ...infrastructure,
        ended("Plan offline", "skipped"),
        ended("Deploy / Production / x", null),
      ]);
      ran("backend-ci.yml", [...service("backend"), ended("Copy / Copy to Docker Hub", "failure")]);
      ran("frontend-ci.yml", service("frontend"), "4");
    });

    it("are all that a deploy waits for, and nothing else", async () => {
      expect(await openChecks(github, history)).toEqual([]);
    });

    it("have not passed where one failed, is still to run, or is not there, of an app, too", async () => {
      ran("infra-ci.yml", but(infrastructure, "Offline proof", null));
      ran("backend-ci.yml", but(service("backend"), "Check / Lint, types, tests", "failure"));
      ran("frontend-ci.yml", service("frontend").slice(0, 3));
      expect(await openChecks(github, history)).toEqual([
        "infra-ci.yml, run 4: Offline proof: queued.",
        "frontend-ci.yml, run 6: Push: absent.",
        "backend-ci.yml, run 5: Check / Lint, types, tests: failure.",
      ]);
    });

    it("are those that a person started last, and never those that the clock did", async () => {
      ran("infra-ci.yml", infrastructure, "2");
      ran("infra-ci.yml", infrastructure, "3", "workflow_dispatch");
      ran("backend-ci.yml", but(service("backend"), "Push / Push to staging", "skipped"), "3", "schedule");
      ran("frontend-ci.yml", but(service("frontend"), "Check / Images", null), "3", "workflow_dispatch");
      expect(await openChecks(github, history)).toEqual(["frontend-ci.yml, run 7: Check / Images: queued."]);
    });

    it("have not passed where they were of an older main, or never ran", async () => {
      ran("infra-ci.yml", infrastructure, "2");
      small.runs.splice(
        small.runs.findIndex(({ file }) => file === "backend-ci.yml"),
        1,
      );
      expect(await openChecks(github, history)).toEqual([
        "infra-ci.yml ran last on 2, where what it checks was different.",
        "backend-ci.yml has not run on main.",
      ]);
    });
  });

  describe("an environment", () => {
    const branch = (name: string) => ({ name, type: "branch" });
    const exists = (
      isCustom: boolean | undefined,
      policies: { name: string; type: string }[] = [],
      protection_rules = [{ type: "branch_policy" }],
    ) => {
      const deployment_branch_policy = isCustom === undefined ? null : { custom_branch_policies: isCustom };
      small.environments.push({ name: "prod", protection_rules, deployment_branch_policy, policies });
    };

    it("is guarded when main alone may deploy to it", async () => {
      expect(await github.unguarded("prod")).toEqual(["GitHub has no environment prod"]);
      exists(true, [branch("main")]);
      expect(await github.unguarded("prod")).toEqual([]);
    });

    it.each([
      ["every branch", undefined, []],
      ["protected branches", false, []],
      ["no branch", true, []],
      ["branch *", true, [branch("*")]],
      ["branch main, branch release/*", true, [branch("main"), branch("release/*")]],
      ["tag main", true, [{ name: "main", type: "tag" }]],
    ])("is not when it is for %s", async (words, isCustom, policies) => {
      exists(isCustom, policies);
      expect(await github.unguarded("prod")).toEqual([
        `GitHub's environment prod is for ${words}, and has to be for branch main alone`,
      ]);
    });

    it("asks people when it has reviewers", async () => {
      const unasked = ["GitHub's environment prod has no required reviewers"];
      expect(await github.unasked("prod")).toEqual(unasked);
      exists(true);
      expect(await github.unasked("prod")).toEqual(unasked);
      small.environments.pop();
      exists(true, [], [{ type: "required_reviewers" }]);
      expect(await github.unasked("prod")).toEqual([]);
    });
  });

  it("says whether an image is attested, whichever way GitHub says that it is not", async () => {
    small.attested.push("sha256:ours");
    expect(await github.isAttested("sha256:ours")).toBe(true);
    expect(await github.isAttested("sha256:other")).toBe(false);
    expect(await github.isAttested("sha256:unknown")).toBe(false);
    const refused = new Github("owner/name", "another", (github as unknown as { api: string }).api);
    await expect(refused.isAttested("sha256:ours")).rejects.toThrow("GitHub answered 401");
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
