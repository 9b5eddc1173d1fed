import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Command } from "commander";
import { marked } from "marked";
import { startBrowser } from "../../ops/install/chromium";
import { root } from "../../ops/shell/paths";
import { step } from "../../ops/shell/progress";
import { explainFailure, SetupError } from "../../ops/shell/run";
import { print } from "../../packages/plan-review/print/print";
import type { Review } from "../../packages/plan-review/review";
import { fixtures } from "./all";
import { reviewOfPlans } from "./review-of-plans";

/** One of the deliberate changes: as bad as it gets. */
const shown = "tasks-open";
const folder = join(root, "packages/plan-review/screens");

new Command("review-screens")
  .description("Draws the pictures of the README: a review as a comment of GitHub shows it, and as HTML.")
  .action(async () => {
    const fixture = fixtures.find(({ id }) => id === shown);
    const review = fixture && reviewOfPlans(fixture);
    if (!review)
      throw new SetupError(
        `There are no plans of ${shown}. Make them: node_modules/.bin/tsx checks/plan-review/make-plans/cli.ts`,
      );
    await draw({ "comment.png": asComment(review), "page.png": print(review, "html") });
  })
  .parseAsync()
  .catch(explainFailure);

/** GitHub's own way of showing markdown, as near as its published style sheet comes. */
function asComment(review: Review): string {
  const style = readFileSync(
    createRequire(__filename).resolve("github-markdown-css/github-markdown-light.css"),
    "utf8",
  );
  const body = marked.parse(print(review, "markdown"), { async: false });
  return `<!doctype html><meta charset="utf-8"><style>${style} body { margin: 24px; }</style><article class="markdown-body">${body}</article>`;
}

async function draw(pages: Readonly<Record<string, string>>): Promise<void> {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 600 }, javaScriptEnabled: false });
    for (const [name, html] of Object.entries(pages)) {
      await step(`Draw ${name}`, async () => {
        await page.setContent(html);
        await page.screenshot({ path: join(folder, name), fullPage: true });
      });
    }
  } finally {
    await browser.close();
  }
}
