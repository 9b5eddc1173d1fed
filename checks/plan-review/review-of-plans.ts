import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readPlanFiles } from "../../packages/plan-review/read/file";
import { type Review, reviewPlans } from "../../packages/plan-review/review";
import type { Fixture } from "./fixture";

const plans = join(__dirname, "plans");

/** The review of all stacks that deliberate changes alter, each apart; undefined where no plan was made. */
export function reviewOfPlans(...ids: readonly Fixture["id"][]): Review | undefined {
  const files = ids.flatMap((id) => {
    const folder = join(plans, id);
    return existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
  });
  return files.length === 0 ? undefined : reviewPlans(readPlanFiles(files), { today: "2026-01-01" });
}
