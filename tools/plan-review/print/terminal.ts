import type { Review } from "../review";
import { headOf, sectionsOf } from "./sections";

const colours = { safe: 32, look: 33, dangerous: 31 } as const;

export function asTerminal(review: Review, isColoured: boolean): string {
  const paint = (code: number, text: string) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const { title, sentence, facts } = headOf(review);
  const lines = [
    paint(colours[review.verdict], `${title}: `) + plain(sentence),
    ...facts.map((fact) => `  ${plain(fact)}`),
  ];
  for (const section of sectionsOf(review)) {
    lines.push("", paint(1, section.title));
    for (const { title: what, address, lines: said, details } of section.items) {
      lines.push(`  ${plain(what)}${address === "" ? "" : paint(2, ` ${plain(address)}`)}`);
      lines.push(
        ...said.map((line) => `    ${plain(line)}`),
        ...details.map((line) => paint(2, `      ${plain(line)}`)),
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Values of a plan must not steer the terminal. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}
