import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readPlanFile } from "../../packages/plan-review/read/file";
import { type Review, reviewPlans } from "../../packages/plan-review/review";
import type { Fixture } from "./fixture";

const plans = join(__dirname, "plans");

/** The review of all stacks that a deliberate change alters; undefined where no plan was made. */
export function reviewOfPlans({ id }: Fixture): Review | undefined {
  const folder = join(plans, id);
  const files = existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
  return files.length === 0 ? undefined : reviewPlans(files.map(readPlanFile), { today: "2026-01-01" });
}
