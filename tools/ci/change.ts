import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../stacks/environments";
import { withEmulated } from "../plan-review/fixtures/make-plans/emulated";
import { Workspace } from "../plan-review/fixtures/make-plans/workspace";
import type { Review } from "../plan-review/review";
import { Copy } from "../setup/copy";
import { stackNames } from "../setup/deployment";
import { emulatorEnvironment } from "../setup/emulator";
import { step } from "../setup/progress";
import { reviewsFolder, writeReviews } from "./reviews";

/** What this checkout would change in an environment that an earlier commit deployed: on the emulator, so without any account. */
export async function reviewChange(row: Environment, base: string, pullRequest: number | undefined): Promise<Review> {
  const [before, after] = [await Copy.at(base), await Copy.make()];
  const plans = new Map<string, string>();
  await withEmulated(row, before, async () => {
    cpSync(join(before.folder, ".state"), join(after.folder, ".state"), { recursive: true, dereference: true });
    const workspace = new Workspace(after, await emulatorEnvironment(row));
    await workspace.synthesize();
    for (const stack of stackNames(row)) {
      plans.set(stack, await step(`Plan ${stack}`, () => workspace.plan(stack, [])));
    }
  });
  const review = writeReviews("offline", plans, join(after.folder, "cdktf.out"));
  if (pullRequest !== undefined) writeFileSync(join(reviewsFolder, "pull-request"), String(pullRequest));
  return review;
}
