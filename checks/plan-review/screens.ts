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
import { reviewOfPlans } from "./review-of-plans";

/** Of the deliberate changes: what loses most, some of everything, and what nobody notices. */
const shown = {
  dangerous: ["tasks-open", "objects-bucket-renamed"],
  mixed: ["idle-timeout", "backend-image"],
  safe: ["default-tag"],
};
const schemes = ["light", "dark"] as const;
const folder = join(root, "packages/plan-review/screens");

interface Picture {
  readonly name: string;
  readonly html: string;
  readonly scheme: (typeof schemes)[number];
}

new Command("review-screens")
  .description(
    "Draws the pictures of the README: reviews as comments of GitHub show them, and as HTML, light and dark.",
  )
  .action(async () => {
    const pictures = Object.entries(shown).flatMap(([name, ids]): Picture[] => {
      const review = reviewOfPlans(...ids);
      if (!review) {
        throw new SetupError(
          `There are no plans of ${ids.join(", ")}. Make them: node_modules/.bin/tsx checks/plan-review/make-plans/cli.ts`,
        );
      }
      return schemes.flatMap((scheme) => [
        { name: `${name}-comment-${scheme}.png`, html: asComment(review, scheme), scheme },
        { name: `${name}-page-${scheme}.png`, html: print(review, "html"), scheme },
      ]);
    });
    await draw(pictures);
  })
  .parseAsync()
  .catch(explainFailure);

/** GitHub's own way of showing markdown, as near as its published style sheet comes. */
function asComment(review: Review, scheme: Picture["scheme"]): string {
  const style = readFileSync(
    createRequire(__filename).resolve(`github-markdown-css/github-markdown-${scheme}.css`),
    "utf8",
  );
  const body = marked
    .parse(print(review, "markdown"), { async: false })
    // The boxes of GitHub, which marked leaves as quotations.
    .replace(
      /<blockquote>\s*<p>\[!(\w+)\]\s*([\s\S]*?)<\/blockquote>/g,
      (_, kind: string, text: string) =>
        `<div class="markdown-alert markdown-alert-${kind.toLowerCase()}"><p class="markdown-alert-title">${kind[0]}${kind.slice(1).toLowerCase()}</p><p>${text}</div>`,
    );
  const background = scheme === "dark" ? "#0d1117" : "#ffffff";
  return `<!doctype html><meta charset="utf-8"><style>${style} body { margin: 24px; background: ${background}; }</style><article class="markdown-body">${body}</article>`;
}

async function draw(pictures: readonly Picture[]): Promise<void> {
  const browser = await startBrowser();
  try {
    for (const { name, html, scheme } of pictures) {
      await step(`Draw ${name}`, async () => {
        const page = await browser.newPage({
          viewport: { width: 900, height: 400 },
          colorScheme: scheme,
          javaScriptEnabled: false,
        });
        await page.setContent(html);
        await page.screenshot({ path: join(folder, name), fullPage: true });
        await page.close();
      });
    }
  } finally {
    await browser.close();
  }
}
