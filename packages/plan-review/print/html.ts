import type { Review } from "../reviewed";
import { headOf, type Item, type Section, sectionsOf } from "./sections";
import { style } from "./style";
import { oneLine } from "./visible";

/** One file without anything to load: the artifact beside the comment. */
export function asHtml(review: Review): string {
  const { title, sentence, stacks, cost } = headOf(review);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Plan review: ${escaped(title)}</title>
<style>${style}</style>
</head>
<body class="${review.verdict}">
<header>
<p class="verdict">${escaped(title)}</p>
<h1>${escaped(sentence)}</h1>
<ul class="facts">${[...stacks, ...cost].map((fact) => `<li>${escaped(fact)}</li>`).join("")}</ul>
</header>
<main>
${sectionsOf(review).map(sectionHtml).join("\n")}
</main>
</body>
</html>
`;
}

function sectionHtml(section: Section): string {
  const { title, items, isFolded, columns } = section;
  const body = columns ? tableHtml(columns, items) : `<ul class="items">${items.map(itemHtml).join("")}</ul>`;
  return `<details${isFolded ? "" : " open"}><summary><h2>${escaped(title)}</h2></summary>${body}</details>`;
}

function tableHtml(columns: readonly string[], items: readonly Item[]): string {
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join("");
  const rows = items.map(({ cells = [] }) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function itemHtml({ title, label, verdict, address, lines, details }: Item): string {
  const name = label === "" ? "" : `<span class="label">${escaped(label)}</span> `;
  const where = address === "" ? "" : ` <code>${escaped(address)}</code>`;
  const said = lines.length === 0 ? "" : `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul>`;
  const differences =
    details.length === 0
      ? ""
      : `<details><summary>differences</summary><ul class="differences">${details.map((line) => `<li><code>${escaped(line)}</code></li>`).join("")}</ul></details>`;
  return `<li class="${label === "" ? "plain" : `card ${verdict}`}"><strong>${name}${escaped(title)}</strong>${where}${said}${differences}</li>`;
}

function escaped(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
