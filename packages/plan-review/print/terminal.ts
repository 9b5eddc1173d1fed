import type { Review } from "../reviewed";
import { headOf, sectionsOf } from "./sections";
import { oneLine } from "./visible";

const colours = { safe: 32, look: 33, unknown: 35, dangerous: 31 } as const;

export function asTerminal(review: Review, isColoured: boolean): string {
  const paint = (code: number, text: string) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const { title, sentence, stacks, cost } = headOf(review);
  const lines = [
    paint(colours[review.verdict], `${title}: `) + oneLine(sentence),
    ...[...stacks, ...cost].map((fact) => `  ${oneLine(fact)}`),
  ];
  for (const section of sectionsOf(review)) {
    lines.push("", paint(1, section.title));
    for (const { title: what, label, address, lines: said, details } of section.items) {
      lines.push(
        `  ${label === "" ? "" : paint(1, `${label}: `)}${oneLine(what)}${address === "" ? "" : paint(2, ` ${oneLine(address)}`)}`,
      );
      lines.push(
        ...said.map((line) => `    ${oneLine(line)}`),
        ...details.map((line) => paint(2, `      ${oneLine(line)}`)),
      );
    }
  }
  return `${lines.join("\n")}\n`;
}
