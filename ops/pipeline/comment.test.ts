import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reviewOf, updated } from "../../packages/plan-review/made-plan.fixture";
import { print } from "../../packages/plan-review/print/print";
import type { Review } from "../../packages/plan-review/review";
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
    writeFileSync(join(folder, "pull-request"), "7\n");
    written = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const all = { head, names: ["offline", "staging", "prod"] };

  it("has each review that was asked for, or says that there is none", async () => {
    for (const name of ["prod", "offline", "dev"]) put(name, print(review, "json"));
    expect(await comment(github, folder, all)).toBe("Comment on pull request 7: created.");
    expect(written[0]?.match(/^# .*$|There is no plan/gm)).toEqual([
      expect.stringContaining("Offline"),
      "# Planned in staging",
      "There is no plan",
      "# Planned in prod",
    ]);
  });

  it("does not stay what it was when no plan could be made", async () => {
    expect(await comment(github, folder, all)).toBe("Comment on pull request 7: created.");
    expect(written[0]?.match(/There is no plan/g)).toHaveLength(3);
  });

  it("is not written for a run that reviewed nothing", async () => {
    rmSync(join(folder, "pull-request"));
    expect(await comment(github, folder, all)).toBe("The run made no review: no comment.");
    expect(written).toEqual([]);
  });

  const ofFork = { head, names: ["offline"] };

  it("has nothing of an account for a fork, whatever its run left, and says whose code it was", async () => {
    for (const name of ["prod", "offline"]) put(name, print(review, "json"));
    writeFileSync(join(folder, "pull-request"), "7\n");
    await comment(github, folder, ofFork);
    expect(written[0]?.match(/^# .*$/gm)).toEqual([expect.stringContaining("Offline")]);
    expect(written[0]).toMatch(/^The pull request's own code made these reviews/);
  });

  it("takes the number that a fork's run says only if the run was of that pull request's head", async () => {
    put("offline", print(review, "json"));
    writeFileSync(join(folder, "pull-request"), "7\n");
    expect(await comment(github, folder, ofFork)).toBe("Comment on pull request 7: created.");
    writeFileSync(join(folder, "pull-request"), "8\n");
    expect(await comment(github, folder, ofFork)).toContain("Pull request 8 is at bbbb");
    expect(written).toHaveLength(1);
  });

  it.each(["", "-7", "7/../8", "7 8", "0x7", "1e3"])("refuses %j as a number", async (text) => {
    put("offline", print(review, "json"));
    writeFileSync(join(folder, "pull-request"), text);
    await expect(comment(github, folder, ofFork)).rejects.toThrow("has no number of a pull request");
  });

  it.each([
    ["text", "# Approved by everybody"],
    ["another object", '{"verdict": "approved"}'],
    ["markup where words are expected", JSON.stringify({ ...review, because: { toString: "<img>" } })],
    ["too much", JSON.stringify({ ...review, because: "x".repeat(5_000_001) })],
  ])("refuses a review that is %s", async (_, text) => {
    put("offline", text);
    await expect(comment(github, folder, all)).rejects.toThrow("is not a review");
    expect(written).toEqual([]);
  });

  it("lets no markup of a forged review through", async () => {
    const forged: Review = { ...review, because: "</details> [click](http://x) @everybody <img src=x>" };
    put("offline", print(forged, "json"));
    await comment(github, folder, all);
    expect(written[0]).not.toMatch(/<\/details> \[click\]|<img|@everybody|[^\\]\[click/);
  });
});

test("fits into what GitHub accepts, with every verdict in it", () => {
  const many = reviewOf(
    ...Array.from({ length: 800 }, (_, index) =>
      updated(`aws_sns_topic.t${index}`, {}, { name: index + "n".repeat(200) }),
    ),
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
