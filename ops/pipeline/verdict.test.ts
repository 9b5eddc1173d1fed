import { verdictOnChange, verdictOnDeploy } from "./verdict";

const changes = { result: "success", outputs: { backend: "true", frontend: "false", infra: "true" } };
const passed = {
  changes,
  backend: { result: "success" },
  frontend: { result: "skipped" },
  infra: { result: "success" },
};

describe("the verdict on a change", () => {
  it("is green when all passed that the change needs, and says what it does not need", () => {
    const { isGreen, summary } = verdictOnChange(passed);
    expect(isGreen).toBe(true);
    expect(summary).toContain("| frontend | nothing here changes it |");
    const proved = { ...passed, infra: { result: "success", outputs: { proof: "https://github.com/x" } } };
    expect(verdictOnChange(proved).summary).toContain("| proof | [report with pictures](https://github.com/x) |");
  });

  it.each([
    ["failed", { ...passed, infra: { result: "failure" } }, "Not passed: infra (failure)"],
    ["was cancelled", { ...passed, backend: { result: "cancelled" } }, "Not passed: backend (cancelled)"],
    ["was skipped although it is needed", { ...passed, infra: { result: "skipped" } }, "Not passed: infra (skipped)"],
    [
      "is not known to be needed",
      { ...passed, changes: { result: "failure" } },
      "Not passed: changes (failure), frontend (skipped)",
    ],
  ])("is red where a pipeline %s, which it names", (_, needs, words) => {
    const { isGreen, summary } = verdictOnChange(needs);
    expect(isGreen).toBe(false);
    expect(summary).toContain(words);
  });

  it("is red where nothing is known", () => expect(verdictOnChange({}).isGreen).toBe(false));
});

test("the result of a deployment says of each environment what became of it, and how to switch it on", () => {
  const { summary } = verdictOnDeploy(
    { staging: { result: "success", outputs: { ready: "true" } }, prod: { result: "skipped" } },
    ["staging"],
  );
  expect(summary).toContain("| staging | deployed, or nothing to change |");
  expect(summary).toContain(`| prod | switched off: gh variable set DEPLOY_TO --body '["staging","prod"]' |`);
  const waiting = verdictOnDeploy(
    { staging: { result: "success", outputs: { ready: "false" } }, prod: { result: "cancelled" } },
    ["staging", "prod"],
  );
  expect(waiting.summary).toContain("| staging | not deployed: the reason is in the job Plan |");
  expect(waiting.summary).toContain("| prod | gave way to a newer run, or was cancelled |");
});
