import type { Verdict } from "./effects/effect";
import { plural, type ReviewedChange, type ReviewedFinding } from "./reviewed";

/** A line that people read in a list of comments. */
const most = 160;

/** The first thing to read: the harm in its first words, then where. */
export function sentenceOf(
  verdict: Verdict,
  changes: readonly ReviewedChange[],
  ofPlans: readonly ReviewedFinding[],
  outputs: readonly string[],
): string {
  if (changes.length === 0 && ofPlans.length === 0) {
    return outputs.length > 0 ? "Nothing changes but outputs." : "Nothing changes.";
  }
  if (verdict === "safe") return safe(changes);
  const told: Told[] = [
    ...ofPlans.filter((finding) => finding.verdict === verdict).map(({ says, about }) => ({ says, about, title: "" })),
    ...changes.flatMap(({ title, findings, verdict: own }) =>
      own === verdict && findings[0] ? [{ ...findings[0], title }] : [],
    ),
  ];
  const [first, ...more] = told;
  if (first === undefined) return "";
  const exposure = more.find(({ about }) => about === "security");
  if (verdict === "dangerous" && first.about !== "security" && exposure) return both(first, exposure, more.length - 1);
  const rest =
    more.length > 0
      ? ` (and ${plural(more.length, `more ${verdict === "look" ? "change" : `${verdict} change`}`)})`
      : "";
  return `${placed(first, most - rest.length - 1)}${rest}.`;
}

interface Told {
  readonly says: string;
  readonly about: "security" | "service";
  readonly title: string;
}

/** A loss, and what is about security. */
function both(loss: Told, exposure: Told, others: number): string {
  const rest = others > 0 ? ` (and ${others} more)` : "";
  const space = Math.floor((most - rest.length - 3) / 2);
  return `${placed(inShort(loss), space)}; ${placed(inShort(exposure), space)}${rest}.`;
}

/** Without values and explanations. */
function inShort({ says, ...told }: Told): Told {
  return { ...told, says: says.replace(/ \(.*$/s, "").split(/: |, /)[0] ?? says };
}

function safe(changes: readonly ReviewedChange[]): string {
  const releases = [...new Set(changes.flatMap(({ findings }) => findings.map(({ says }) => says)))];
  const shown = releases.slice(0, 3).join("; ");
  if (releases.length > 0 && shown.length < most) return `${shown}.`;
  return `${plural(changes.length, "change")}, known to be harmless.`;
}

/** `Deletes this database and its data: module.shop.aws_db_instance.orders`, the address cut in its middle, and then the sentence. */
function placed({ says, about, title }: Told, length: number): string {
  if (title === "") return clipped(says, length);
  const withoutValues = says.replace(/ \([^()]*( → )[^()]*\)$/, "");
  if (says.length + title.length + 2 > length && withoutValues !== says) {
    return placed({ says: withoutValues, about, title }, length);
  }
  const space = length - Math.min(says.length, length - Math.min(45, Math.floor(length / 3))) - 2;
  const where = inTheMiddle(title, space);
  return `${clipped(says, length - where.length - 2)}: ${where}`;
}

function clipped(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}

/** What tells two addresses apart stands at their ends. */
function inTheMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.ceil((length - 1) * 0.6);
  return `${text.slice(0, length - 1 - end)}…${text.slice(-end)}`;
}
