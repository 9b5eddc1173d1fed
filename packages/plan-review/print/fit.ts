import { clipped } from "../../text/truncate";
import { plural } from "../reviewed";
import type { Section } from "./sections";

interface Writer {
  readonly section: (section: Section) => string;
  readonly note: (text: string) => string;
}

/** Cuts the least important first until a text fits, and says what it cut. The head stays. */
export function fitted(head: string, sections: readonly Section[], slow: Writer, limit: number): string {
  const writer = remembering(slow);
  const whole = head + sections.map(writer.section).join("");
  if (whole.length <= limit) return whole;
  const cuts: string[] = [];
  let kept = [...sections];
  const noteSpace = 600;
  const length = () => head.length + kept.reduce((sum, section) => sum + writer.section(section).length, 0) + noteSpace;
  const leastFirst = [...sections].sort((a, b) => b.rank - a.rank);

  // First the differences, then whole items, and both from the end of the list.
  for (const { rank, title } of leastFirst) {
    if (length() <= limit) break;
    const withoutDetails = kept.map((section) => (section.rank === rank ? bare(section) : section));
    if (withoutDetails.some((section, index) => section !== kept[index])) cuts.push(`the differences under "${title}"`);
    kept = withoutDetails;
  }
  for (const { rank, title } of leastFirst) {
    const over = length() - limit;
    if (over <= 0) break;
    kept = kept.flatMap((section) => {
      if (section.rank !== rank) return [section];
      const shorter = shortened(section, writer.section(section).length - over, writer);
      const gone = section.items.length - (shorter?.items.length ?? 0);
      cuts.push(`${plural(gone, "entry").replace("entrys", "entries")} of "${title}"`);
      return shorter ? [shorter] : [];
    });
  }
  const note = writer.note(
    `Cut to fit ${limit} characters: ${clipped(cuts.join(", "), 400)}. The full review has them.`,
  );
  return head + kept.map(writer.section).join("") + note;
}

/** A section of thousands of items is asked for its length again and again. */
function remembering({ section: write, note }: Writer): Writer {
  const written = new Map<Section, string>();
  const section = (each: Section) => {
    const text = written.get(each) ?? write(each);
    written.set(each, text);
    return text;
  };
  return { section, note };
}

function bare(section: Section): Section {
  return section.items.some(({ details }) => details.length > 0)
    ? { ...section, items: section.items.map((item) => ({ ...item, details: [] })) }
    : section;
}

/** As many items from the start as fit; undefined when none does. */
function shortened(section: Section, space: number, writer: Writer): Section | undefined {
  const empty = writer.section({ ...section, items: [] }).length;
  let left = space - empty;
  const items = [];
  for (const item of section.items) {
    left -= writer.section({ ...section, items: [item] }).length - empty + 1;
    if (left < 0) break;
    items.push(item);
  }
  return items.length > 0 ? { ...section, items } : undefined;
}
