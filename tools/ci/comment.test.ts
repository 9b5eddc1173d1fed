import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { created, reviewOf, updated } from "../plan-review/made-plan";
import { print } from "../plan-review/print/print";
import type { Review } from "../plan-review/review";
import { comment, commentBody } from "./comment";
import type { Github } from "./github";

const review = reviewOf(updated("aws_lb.public", { idle_timeout: 60 }, { idle_timeout: 65 }));

describe("the comment of a pull request", () => {
  let folder: string;
  let written: string[];
  const head = "a".repeat(40);
  const github = {
    headOf: async (number: number) => (number === 7 ? head : "b".repeat(40)),
    keepComment: async (_: number, __: string, body: string) => {
      written.push(body);
      return "created";
    },
  } as unknown as Github;
  const put = (name: string, text: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "review.json"), text);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "reviews-"));
    written = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("has each review that there is, of environments that there are", async () => {
    for (const name of ["prod", "offline", "elsewhere"]) put(name, print(review, "json"));
    expect(await comment(github, folder, head, 7)).toBe("Comment on pull request 7: created.");
    expect(written[0]?.match(/^# .*$/gm)).toEqual([expect.stringContaining("Offline"), "# Planned in prod"]);
  });

  it("takes the number that a fork's run says only if the run was of that pull request's head", async () => {
    put("offline", print(review, "json"));
    writeFileSync(join(folder, "pull-request"), "7\n");
    expect(await comment(github, folder, head)).toBe("Comment on pull request 7: created.");
    writeFileSync(join(folder, "pull-request"), "8\n");
    expect(await comment(github, folder, head)).toContain("Pull request 8 is at bbbb");
    expect(written).toHaveLength(1);
  });

  it.each(["", "-7", "7/../8", "7 8", "0x7", "1e3"])("refuses %j as a number", async (text) => {
    put("offline", print(review, "json"));
    writeFileSync(join(folder, "pull-request"), text);
    await expect(comment(github, folder, head)).rejects.toThrow("has no number of a pull request");
  });

  it.each([
    ["text", "# Approved by everybody"],
    ["another object", '{"verdict": "approved"}'],
    ["markup where words are expected", JSON.stringify({ ...review, because: { toString: "<img>" } })],
    ["too much", JSON.stringify({ ...review, because: "x".repeat(5_000_001) })],
  ])("refuses a review that is %s", async (_, text) => {
    put("offline", text);
    await expect(comment(github, folder, head, 7)).rejects.toThrow("is not a review");
    expect(written).toEqual([]);
  });

  it("lets no markup of a forged review through", async () => {
    const forged: Review = { ...review, because: "</details> [click](http://x) @everybody <img src=x>" };
    put("offline", print(forged, "json"));
    await comment(github, folder, head, 7);
    expect(written[0]).not.toMatch(/<\/details> \[click\]|<img|@everybody|[^\\]\[click/);
  });

  it("needs a review", async () => {
    await expect(comment(github, folder, head, 7)).rejects.toThrow("has no review");
  });
});

test("fits into what GitHub accepts, with every verdict in it", () => {
  const many = reviewOf(
    ...Array.from({ length: 800 }, (_, index) => created(`aws_sns_topic.t${index}`, { name: "n".repeat(200) })),
  );
  const body = commentBody(
    new Map([
      ["offline", many],
      ["staging", many],
      ["prod", many],
    ]),
  );
  expect(body.length).toBeLessThanOrEqual(65_400);
  expect(body.match(/^# /gm)).toHaveLength(3);
  expect(body.match(/Cut to fit/g)).toHaveLength(3);
});
