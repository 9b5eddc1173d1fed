import { version } from "../package.json";
import type { Review } from "../reviewed";
import { asHtml } from "./html";
import { asMarkdown, githubLimit } from "./markdown";
import { asSarif } from "./sarif";
import { asTerminal } from "./terminal";
import { visibleInJson } from "./visible";

export const formats = ["markdown", "terminal", "json", "html", "sarif"] as const;
export type Format = (typeof formats)[number];

/** `limit` is for markdown alone, which becomes a comment. */
export function print(review: Review, format: Format, { isColoured = false, limit = githubLimit } = {}): string {
  switch (format) {
    case "markdown":
      return asMarkdown(review, limit);
    case "terminal":
      return asTerminal(review, isColoured);
    case "html":
      return asHtml(review);
    case "sarif":
      return asSarif(review, version);
    case "json":
      return `${visibleInJson(JSON.stringify(review, null, 2))}\n`;
  }
}
