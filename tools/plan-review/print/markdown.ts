import type { Review } from "../review";
import { fitted } from "./fit";
import { headOf, type Item, type Section, sectionsOf } from "./sections";

/** GitHub refuses longer comments. */
export const githubLimit = 65_536;

export function asMarkdown(review: Review, limit = Number.POSITIVE_INFINITY): string {
  const { title, sentence, facts } = headOf(review);
  const head = [`## ${title}`, "", text(sentence), "", ...facts.map((fact) => `- ${text(fact)}`), ""].join("\n");
  return fitted(head, sectionsOf(review), { section: sectionText, note: (cut) => `\n_${text(cut)}_\n` }, limit);
}

function sectionText({ title, items, isFolded }: Section): string {
  const body = items.map(itemText).join("\n");
  return isFolded
    ? `\n<details><summary>${text(title)}</summary>\n\n${body}\n\n</details>\n`
    : `\n### ${text(title)}\n\n${body}\n`;
}

function itemText({ title, address, lines, details }: Item): string {
  const head = `- ${text(title)}${address === "" ? "" : ` ${code(address)}`}`;
  const under = lines.map((line) => `  - ${text(line)}`);
  // A fence that no value can close.
  const diff =
    details.length === 0
      ? []
      : [
          "  <details><summary>differences</summary>",
          "",
          ...details.map((each) => `  - ${code(each)}`),
          "",
          "  </details>",
        ];
  return [head, ...under, ...diff].join("\n");
}

/** Values of a plan must neither become markup nor call people. */
function text(value: string): string {
  return oneLine(value)
    .replace(/[\\`*_[\]|~#]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replaceAll("@", "@\u200b");
}

function code(value: string): string {
  return `\`\` ${oneLine(value).replaceAll("`", "'")} \`\``;
}

function oneLine(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ");
}
