import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { reviewOf, updated } from "../plan-review/made-plan";
import { openChecks } from "./checks";
import { driftMarker, tellDrift } from "./drift";
import { Github, type WorkflowJob, type Written } from "./github";

const bot = { login: "github-actions[bot]" };
const person = { login: "somebody" };

/** The calls that matter, as GitHub answers them: pages, authors, states. */
class SmallGithub {
  readonly comments: Written[] = [];
  readonly issues: (Written & { title: string; state: string })[] = [];
  readonly writes: string[] = [];
  readonly runs: { id: number; jobs: WorkflowJob[] }[] = [];
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
    if (path === "actions/workflows/infra-ci.yml/runs" && searchParams.get("branch") === "main") {
      return { workflow_runs: this.runs };
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
    const tell = (staging: typeof same, prod: typeof same) =>
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
    expect(small.issues.map(({ state }) => state)).toEqual(["closed", "open"]);
  });

  it("tells what of the newest change of the infrastructure has not passed", async () => {
    const ended = (name: string, conclusion: string | null) => ({
      name,
      conclusion,
      status: conclusion ? "completed" : "queued",
    });
    const passed = ["Synthesis, policies, lint, types, tests", "Tests on the emulated AWS"].map((name) =>
      ended(name, "success"),
    );
    const approval = ended("Deploy / Production / Apply to prod", null);

    expect(await openChecks(github)).toEqual(["infra-ci.yml has not run on main."]);
    small.runs.unshift({
      id: 1,
      jobs: [...passed, ended("Offline proof", "success"), ended("Plan offline", "skipped"), approval],
    });
    expect(await openChecks(github)).toEqual([]);
    small.runs.unshift({ id: 2, jobs: [...passed, ended("Offline proof", null), approval] });
    expect(await openChecks(github)).toEqual(["infra-ci.yml, run 2: Offline proof: queued."]);
    small.runs.unshift({ id: 3, jobs: [...passed.slice(1), ended("Offline proof", "failure")] });
    expect(await openChecks(github)).toEqual([
      "infra-ci.yml, run 3: Synthesis, policies, lint, types, tests: absent.",
      "infra-ci.yml, run 3: Offline proof: failure.",
    ]);
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
