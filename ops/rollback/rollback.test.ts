import { planText, replaced } from "../../packages/plan-review/made-plan.fixture";
import { environments } from "../../stacks/environments";
import { parseImage } from "../images/image";
import type { Release } from "../images/releases";
import { SetupError } from "../shell/run";
import { type Account, listReleases, rollBack } from "./rollback";

const [dev] = environments;
const registry = "111111111111.dkr.ecr.us-east-1.amazonaws.com";
const running = (backend: string) =>
  [`backend:${backend}`, "gateway:g"].map((each) => parseImage(`${registry}/dev/${each}`));
const releases: Release[] = ["A", "B", "C"].map((backend, index) => ({
  version: index + 1,
  recordedAt: new Date(Date.UTC(2026, 10, 28 + index, 9, 5)),
  tags: { backend, gateway: "g" },
}));
const containers = (tag: string) => ({
  container_definitions: JSON.stringify([{ name: "app", image: `${registry}/dev/backend:${tag}` }]),
});
const change = replaced("aws_ecs_task_definition.t", containers("C"), containers("B"));

let printed: string;
let calls: string[];
beforeEach(() => {
  [printed, calls] = ["", []];
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

/** An account in which C runs after A and B. */
function accountWith(parts: Partial<Account> & { json?: string } = {}): Account {
  return {
    releases: async () => releases,
    running: async () => running("C"),
    imageNames: async () => ["backend", "gateway"],
    missing: async () => [],
    plan: async (tags) => {
      calls.push(`plan ${JSON.stringify(tags)}`);
      const apply = async () => void calls.push("apply");
      return { json: parts.json ?? planText({ changes: [change] }), apply };
    },
    assertAgreed: async (question) => void calls.push(question),
    folder: "/nowhere",
    ...parts,
  };
}

describe("a rollback", () => {
  it("plans with the images of the release before, asks, and applies that plan", async () => {
    await rollBack(dev, {}, accountWith());
    expect(calls).toEqual(['plan {"backend":"B","gateway":"g"}', "Do this to dev, account 111111111111?", "apply"]);
    expect(printed).toContain(
      "Roll back dev to release 2, recorded 2026-11-29 09:05 UTC:\n  backend: C → B\n  gateway: g, as now\n",
    );
    expect(printed).toContain("Terraform plans:\n  replace aws_ecs_task_definition.t\n");
    expect(printed).not.toContain("This checkout also changes");
    expect(printed).toMatch(
      /dev runs the images of release 2\.\nThe next deployment of a checkout.* revert the bad commit on main\.\n$/,
    );
  });

  it("shows apart what the checkout would change with any images", async () => {
    const other = replaced("aws_ecs_task_definition.t", containers("C"), { ...containers("B"), cpu: "512" });
    await rollBack(dev, {}, accountWith({ json: planText({ changes: [other] }) }));
    expect(printed).toContain("This checkout also changes:\n  replace aws_ecs_task_definition.t: cpu = 512\n");
  });

  it("runs the release that is named", async () => {
    await rollBack(dev, { to: 1 }, accountWith());
    expect(calls).toContain('plan {"backend":"A","gateway":"g"}');
  });

  it("does nothing where Terraform plans nothing", async () => {
    await rollBack(dev, { to: 3 }, accountWith({ json: planText({}) }));
    expect(calls).toEqual(['plan {"backend":"C","gateway":"g"}']);
    expect(printed).toContain("Nothing to do: dev runs the images of release 3, and Terraform plans no change.\n");
  });

  it("shows both tags where a deployment was interrupted", async () => {
    await rollBack(dev, {}, accountWith({ running: async () => [...running("C"), ...running("D")] }));
    expect(printed).toContain("to release 3");
    expect(printed).toContain("  backend: C and D → C\n");
  });

  it("applies nothing when a person declines", async () => {
    const declined = accountWith({ assertAgreed: () => Promise.reject(new SetupError("Nothing was changed.")) });
    await expect(rollBack(dev, {}, declined)).rejects.toThrow(new SetupError("Nothing was changed."));
    expect(calls).toEqual([expect.stringMatching(/^plan/)]);
  });

  it("plans nothing when an image does not exist any more, and names it", async () => {
    const missing: Account["missing"] = async (images) => images.filter(({ name }) => name === "backend");
    await expect(rollBack(dev, {}, accountWith({ missing }))).rejects.toThrow(
      `Images of this release do not exist any more:\n  ${registry}/dev/backend:B\nEach ECR repository keeps its newest 20`,
    );
    expect(calls).toEqual([]);
  });

  it("says that nothing was deployed where no release is recorded", async () => {
    await expect(rollBack(dev, {}, accountWith({ releases: async () => [] }))).rejects.toThrow(
      /^No release of dev is recorded in account 111111111111.*make deploy ENV=dev/,
    );
    expect(calls).toEqual([]);
  });

  it("fails with ECS's events when ECS rolls it back, and does not say that it runs", async () => {
    const plan: Account["plan"] = async () => ({
      json: planText({ changes: [change] }),
      apply: () => Promise.reject(new SetupError("Service backend was rolled back")),
    });
    await expect(rollBack(dev, {}, accountWith({ plan }))).rejects.toThrow("Service backend was rolled back");
    expect(printed).not.toContain("dev runs the images");
  });
});

describe("the list of releases", () => {
  it("has the newest first, and marks the one that runs", async () => {
    const again = { version: 4, recordedAt: undefined, tags: { backend: "B", gateway: "g" } };
    await listReleases(
      dev,
      accountWith({ releases: async () => [...releases, again], running: async () => running("B") }),
    );
    expect(printed).toBe(
      [
        "Releases of dev, the newest first:",
        "✓ 4  at an unknown time  backend B, gateway g",
        "  3  2026-11-30 09:05 UTC  backend C, gateway g",
        "  2  2026-11-29 09:05 UTC  backend B, gateway g",
        "  1  2026-11-28 09:05 UTC  backend A, gateway g",
        "✓ runs now",
        "",
      ].join("\n"),
    );
  });

  it.each([
    [
      "what runs, where it is no release",
      running("D"),
      "ECS runs none of them, but backend D, gateway g: a deployment is under way",
    ],
    ["that nothing runs", [], "ECS runs no service."],
  ])("says %s", async (_, images, words) => {
    await listReleases(dev, accountWith({ running: async () => images }));
    expect(printed).toContain(words);
    expect(printed).not.toContain("✓");
  });
});
