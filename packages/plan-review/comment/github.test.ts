import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deleted, planText } from "../made-plan.fixture";
import { createProgram } from "../program";
import { CommentError, postComment } from "./github";
import { placeOf } from "./place";

interface Stored {
  id: number;
  body: string;
}

let server: Server;
let comments: Stored[];
let calls: string[];
let status: number | undefined;

beforeEach(async () => {
  [comments, calls, status] = [[], [], undefined];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "", "http://loopback");
      calls.push(`${request.method} ${url.pathname}`);
      const { body = "" } = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
      const id = Number(/comments\/(\d+)$/.exec(url.pathname)?.[1]);
      if (request.method === "POST") comments.push({ id: comments.length + 1, body });
      if (request.method === "PATCH") for (const each of comments) if (each.id === id) each.body = body;
      const page = Number(url.searchParams.get("page"));
      response.writeHead(request.headers.authorization === "Bearer t" ? (status ?? 200) : 401);
      response.end(JSON.stringify(request.method === "GET" ? comments.slice((page - 1) * 100, page * 100) : {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterEach(() => new Promise((done) => server.close(done)));

const place = (token = "t") => ({
  api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  repository: "acme/shop",
  pullRequest: 7,
  token,
});

it("posts a comment, and updates it the next time", async () => {
  expect(await postComment(place(), "web", "## Safe")).toBe("posted");
  expect(await postComment(place(), "web", "## Dangerous")).toBe("updated");
  expect(comments).toEqual([{ id: 1, body: "<!-- plan-review web -->\n## Dangerous" }]);
  expect(calls.at(-1)).toBe("PATCH /repos/acme/shop/issues/comments/1");
});

it("keeps a comment for each name, and leaves those of others alone", async () => {
  comments.push({ id: 1, body: "I quote: <!-- plan-review web -->" });
  await postComment(place(), "web", "a");
  await postComment(place(), "api", "b");
  expect(comments.map(({ body }) => body)).toEqual([
    "I quote: <!-- plan-review web -->",
    "<!-- plan-review web -->\na",
    "<!-- plan-review api -->\nb",
  ]);
});

it("finds its comment on a later page", async () => {
  comments.push(...Array.from({ length: 120 }, (_, index) => ({ id: index + 1, body: "x" })));
  await postComment(place(), "web", "a");
  expect(await postComment(place(), "web", "b")).toBe("updated");
});

it("a name cannot end the comment of the markup", async () => {
  await postComment(place(), "--> @everybody", "a");
  expect(comments[0]?.body.split("\n")[0]).toMatch(/^<!-- plan-review [\w./-]+ -->$/);
});

it.each([
  [401, "wrong", undefined, /401.*set GITHUB_TOKEN/],
  [403, "t", 403, /403.*pull-requests: write/],
  [404, "t", 404, /404.*no such repository/],
])("says what to do when GitHub answers %s", async (_, token, answer, message) => {
  status = answer;
  await expect(postComment(place(token), "web", "a")).rejects.toThrow(message);
});

it("says that GitHub cannot be reached", async () => {
  const gone = place();
  await new Promise((done) => server.close(done));
  await expect(postComment(gone, "web", "a")).rejects.toThrow(CommentError);
  server = createServer().listen(0, "127.0.0.1");
});

it("takes the place from GitHub Actions, or from the command line", () => {
  const env = { GITHUB_TOKEN: "t", GITHUB_REPOSITORY: "acme/shop", GITHUB_REF: "refs/pull/12/merge" };
  expect(placeOf({}, env)).toMatchObject({ repository: "acme/shop", pullRequest: 12, api: "https://api.github.com" });
  expect(placeOf({ repository: "a/b", pullRequest: "3" }, env)).toMatchObject({ repository: "a/b", pullRequest: 3 });
  expect(() => placeOf({}, {})).toThrow(/a token.*a repository.*a pull request/);
});

it("plan-review comment posts the review of plans, and ends as --fail-on says", async () => {
  const folder = mkdtempSync(join(tmpdir(), "comment-"));
  const plan = join(folder, "web.plan.json");
  writeFileSync(plan, planText({ changes: [deleted("aws_db_instance.orders")] }));
  const said: string[] = [];
  const surroundings = {
    write: (text: string) => said.push(text),
    complain: (text: string) => said.push(text),
    isColoured: false,
    today: "2026-01-01",
    env: {
      GITHUB_TOKEN: "t",
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_API_URL: place().api,
      GITHUB_REF: "refs/pull/7/merge",
    },
  };
  const codes: number[] = [];
  const args = ["comment", "--fail-on", "dangerous", "--synthesized", folder, plan];
  for (const _ of ["first", "second"]) {
    await createProgram(surroundings, (code) => codes.push(code)).parseAsync(args, { from: "user" });
  }
  rmSync(folder, { recursive: true });
  expect(said).toEqual(["posted on acme/shop#7: dangerous\n", "updated on acme/shop#7: dangerous\n"]);
  expect(codes).toEqual([3, 3]);
  expect(comments.map(({ body }) => body)).toEqual([expect.stringContaining("Deletes this database and its data")]);
});
