import type { Review } from "../reviewed";
import { headOf, type Item, sectionsOf } from "./sections";
import { oneLine } from "./visible";

const colours = { safe: "#1a7f37", look: "#9a6700", unknown: "#6639ba", dangerous: "#cf222e" } as const;

/** One file without anything to load: the artifact beside the comment. */
export function asHtml(review: Review): string {
  const { title, sentence, stacks, cost } = headOf(review);
  const sections = sectionsOf(review).map(
    (section) =>
      `<details${section.isFolded ? "" : " open"}><summary><h2>${escaped(section.title)}</h2></summary><ul>${section.items.map(itemHtml).join("")}</ul></details>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Plan review: ${escaped(title)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1f2328; background: #fff; }
h1 { color: ${colours[review.verdict]}; margin-bottom: 0; }
h2 { display: inline; font-size: 1.1rem; }
summary { cursor: pointer; margin: 1rem 0 .3rem; }
code { background: #f3f4f6; padding: 0 .25rem; overflow-wrap: anywhere; }
li { margin: .3rem 0; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(sentence)}</p>
<ul>${[...stacks, ...cost].map((fact) => `<li>${escaped(fact)}</li>`).join("")}</ul>
${sections.join("\n")}
</body>
</html>
`;
}

function itemHtml({ title, address, lines, details }: Item): string {
  const where = address === "" ? "" : ` <code>${escaped(address)}</code>`;
  const said = lines.length === 0 ? "" : `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul>`;
  const differences =
    details.length === 0
      ? ""
      : `<details><summary>differences</summary><ul>${details.map((line) => `<li><code>${escaped(line)}</code></li>`).join("")}</ul></details>`;
  return `<li>${escaped(title)}${where}${said}${differences}</li>`;
}

function escaped(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
