import { clipped } from "../../text/truncate";
import { plural, type Review } from "../reviewed";
import { fitted } from "./fit";
import { headOf, type Item, type Section, sectionsOf } from "./sections";
import { oneLine } from "./visible";

/** GitHub refuses longer comments. */
export const githubLimit = 65_536;

/** GitHub's own coloured boxes. https://docs.github.com/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts */
const alerts = { dangerous: "CAUTION", unknown: "IMPORTANT", look: "WARNING", safe: "TIP" } as const;

export function asMarkdown(review: Review, limit = Number.POSITIVE_INFINITY): string {
  const { title, sentence, stacks, cost } = headOf(review);
  // The head is never cut afterwards, so neither half of it may grow with the plan.
  const most = limit / 4;
  const head = [
    `## ${title}`,
    "",
    `> [!${alerts[review.verdict]}]`,
    `> ${textWithin(sentence, most)}`,
    "",
    ...stacksWithin(stacks, most),
    ...lines(cost),
    "",
  ].join("\n");
  return fitted(head, sectionsOf(review), { section: sectionText, note: (cut) => `\n_${text(cut)}_\n` }, limit);
}

/** As much of a text as fits when it is escaped. */
function textWithin(value: string, most: number): string {
  let kept = clipped(value, most);
  while (text(kept).length > most) kept = clipped(kept, Math.floor(kept.length * 0.9));
  return text(kept);
}

/** Of many stacks, those that fit beside what it costs. */
function stacksWithin(stacks: readonly string[], most: number): string[] {
  const all = lines(stacks);
  const ends = runningSums(all.map(({ length }) => length + 1));
  const fitting = all.filter((_, index) => (ends[index] ?? 0) <= most - 400);
  const left = all.length - fitting.length;
  return [...fitting, ...(left > 0 ? [`- and ${plural(left, "more stack")}`] : [])];
}

function lines(facts: readonly string[]): string[] {
  return facts.map((fact) => `- ${textWithin(fact, 300)}`);
}

function runningSums(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.map((each) => {
    sum += each;
    return sum;
  });
}

function sectionText({ title, items, isFolded, columns }: Section): string {
  const rows = columns && [columns, columns.map(() => "---"), ...items.map(({ cells = [] }) => cells.map(text))];
  const body = rows ? rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n") : items.map(itemText).join("\n");
  return isFolded
    ? `\n<details><summary>${text(title)}</summary>\n\n${body}\n\n</details>\n`
    : `\n### ${text(title)}\n\n${body}\n`;
}

function itemText({ title, label, address, lines, details }: Item): string {
  const name = label === "" ? text(title) : `**${text(label)}** · ${text(title)}`;
  const head = `- ${name}${address === "" ? "" : ` ${code(address)}`}`;
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

/** Values of a plan must neither become markup or links nor call people. */
function text(value: string): string {
  return oneLine(value)
    .replace(/[\\`*_[\]|~#]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replaceAll("@", "@\u200b")
    .replaceAll("://", ":\u200b//")
    .replace(/www(?=\.)/gi, "$&\u200b");
}

function code(value: string): string {
  return `\`\` ${oneLine(value).replaceAll("`", "'")} \`\``;
}
