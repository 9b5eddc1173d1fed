import { readFileSync } from "node:fs";
import { rulesPage } from "./files";
import { page, rulesOf } from "./page";

it("refuses what localstack/RULES.md says, and nothing else by a rule", async () => {
  const rules = await rulesOf(process.env.AWS_ENDPOINT_URL ?? "");
  expect(rules.length).toBeGreaterThan(100);
  expect(page(rules)).toBe(readFileSync(rulesPage, "utf8"));
});
