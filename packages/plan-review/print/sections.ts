import type { Kind, Verdict } from "../effects/effect";
import { plural, type Review, type ReviewedChange, type ReviewedFinding } from "../reviewed";
import {
  actionInWords,
  affectedTree,
  affectsInWords,
  costInWords,
  costNote,
  countsInWords,
  differenceInWords,
  driftTitle,
  headlines,
  isRelease,
  shownDifferences,
  wherein,
} from "./words";

/** A review as titled lists, for any printer. */
export interface Section {
  readonly title: string;
  readonly items: readonly Item[];
  /** What is cut first has the highest number. */
  readonly rank: number;
  readonly isFolded: boolean;
  /** Of a table, whose items have cells. */
  readonly columns?: readonly string[];
}

export interface Item {
  readonly title: string;
  /** `data loss`, `exposed`: what the worst of it is called; empty where there is none. */
  readonly label: string;
  /** Whose colour it has. */
  readonly verdict: Verdict;
  /** The resource's address; empty where there is none. */
  readonly address: string;
  readonly lines: readonly string[];
  /** Differences, one a line. */
  readonly details: readonly string[];
  readonly cells?: readonly string[];
}

interface Head {
  readonly title: string;
  readonly sentence: string;
  /** One line each. */
  readonly stacks: readonly string[];
  /** One line, or none. */
  readonly cost: readonly string[];
}

export function headOf(review: Review): Head {
  const cost = costInWords(review.cost);
  return {
    title: headlines[review.verdict],
    sentence: review.because,
    stacks: review.stacks.map(({ name, counts }) => `${name}: ${countsInWords(counts)}`),
    cost: cost === undefined ? [] : [`Cost: ${cost}`],
  };
}

export function sectionsOf(review: Review): Section[] {
  const { changes } = review;
  const of = (verdict: Verdict) => changes.filter((change) => change.verdict === verdict);
  const releases = changes.filter(isRelease);
  const safe = of("safe").filter((change) => !isRelease(change));
  const isGoing = ({ action }: ReviewedChange) => action === "delete" || action === "replace";
  const all: Section[] = [
    section(
      "About the plans",
      0,
      review.planFindings.map(({ says, verdict }) => item(`${says} (${verdict})`)),
    ),
    section("Dangerous", 1, changeItems(of("dangerous"), review)),
    reachSection(review),
    section("Unknown: no table has these", 3, changeItems(of("unknown"), review)),
    section("To look at", 4, changeItems(of("look"), review), undefined, review.verdict === "dangerous"),
    section("Released", 5, unique(releases.flatMap(({ findings }) => findings.map(({ says }) => item(says))))),
    section(
      "Cost",
      6,
      review.cost.drivers
        .slice(0, 10)
        .map(({ address, usd }) => item(`${usd >= 0 ? "+" : "-"}$${Math.abs(usd).toFixed(2)} a month`, address)),
      costNote,
    ),
    section(
      "Allowed",
      7,
      review.allowed.map(({ says, rule, address, reason, expires }) => ({
        ...item(`${rule}: ${says}`, address),
        lines: [`allowed until ${expires}: ${reason}`],
      })),
    ),
    section(
      driftTitle(review),
      8,
      review.drift.map(({ address, differences }) => ({
        ...item(address),
        details: differences.map(differenceInWords),
      })),
      undefined,
      true,
    ),
    section("Rebuilt without notice", 9, changeItems(safe.filter(isGoing), review), undefined, true),
    section(
      "Harmless",
      10,
      changeItems(
        safe.filter((change) => !isGoing(change)),
        review,
      ),
      undefined,
      true,
    ),
    section(
      "Outputs",
      11,
      review.outputs.map((output) => item(output)),
      undefined,
      true,
    ),
    section(
      "Notes",
      12,
      review.notes.map((note) => item(note)),
    ),
  ];
  return all.filter(({ items }) => items.length > 0);
}

function section(title: string, rank: number, items: readonly Item[], note?: string, isFolded = false): Section {
  const isCounted = !/\(\d/.test(title) && items.length > 1;
  const noted = note !== undefined && items.length > 0 ? [...items, item(note)] : items;
  return { title: isCounted ? `${title} (${items.length})` : title, rank, isFolded, items: noted };
}

function item(title: string, address = ""): Item {
  return { title, label: "", verdict: "safe", address, lines: [], details: [] };
}

/** Who reaches what, before and after. */
function reachSection({ reach }: Review): Section {
  const inWords = (peers: readonly string[]) => (peers.length === 0 ? "nobody" : peers.join(", "));
  const items = reach.map(({ direction, target, ports, before, after }) => {
    const what = direction === "in" ? `${ports} of ${target}` : `${ports}, from ${target} to`;
    const cells = [what, inWords(before), inWords(after)];
    return { ...item(`${what}: ${cells[1]} → ${cells[2]}`), cells };
  });
  return { ...section("Who reaches what", 2, items), columns: ["", "before", "after"] };
}

/** Changes that are the same in all but their address are one entry: `60 × tags`. */
function changeItems(changes: readonly ReviewedChange[], { stacks }: Review): Item[] {
  const groups = new Map<string, ReviewedChange[]>();
  for (const change of changes) {
    const { type, action, isCreatedFirst, findings, differences, unknown, affects } = change;
    const isAlone = action === "create" && findings.length === 0 ? [] : differences;
    // The same tags on resources of many types are one change, too.
    const kind = findings.length === 0 && action === "update" ? "" : type;
    const key = JSON.stringify([kind, action, isCreatedFirst, findings, isAlone, unknown, affects]);
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  return [...groups.values()].flatMap((group) =>
    group.length < fewestFolded
      ? group.map((change) => changeItem(change, stacks.length > 1))
      : [foldedItem(group, stacks.length > 1)],
  );
}

const fewestFolded = 3;

function foldedItem(group: readonly ReviewedChange[], isOneOfSeveral: boolean): Item {
  const [first] = group as [ReviewedChange];
  const addresses = group.map(({ address, stack }) => (isOneOfSeveral ? `${stack}: ${address}` : address));
  const types = new Set(group.map(({ type }) => type));
  const kind = types.size === 1 ? first.type : `resources of ${types.size} types`;
  const what = `${group.length} × ${kind} are ${actionInWords(first)}`;
  const one = changeItem(first, false);
  return {
    ...one,
    ...(one.label === "" ? { title: what } : { lines: [what, ...one.lines.slice(1)] }),
    address: "",
    details: [...shownDifferences(first), ...inLines(addresses)],
  };
}

/** Several on a line: a list of thousands is to be searched, not read. */
function inLines(addresses: readonly string[]): string[] {
  const lines: string[] = [];
  for (let start = 0; start < addresses.length; start += perLine) {
    lines.push(addresses.slice(start, start + perLine).join(", "));
  }
  return lines;
}

const perLine = 10;

function changeItem(change: ReviewedChange, isOneOfSeveral: boolean): Item {
  const [worst, ...others] = change.findings;
  const later =
    change.unknown.length > 0 && change.action !== "create"
      ? [`known after the apply: ${change.unknown.join(", ")}`]
      : [];
  const what = `${change.title}${wherein(change, isOneOfSeveral)} is ${actionInWords(change)}`;
  const address = change.title === change.address ? "" : change.address;
  const details = [...shownDifferences(change), ...later, ...affectedTree(change)];
  if (worst === undefined) return { ...item(what, address), lines: affectsInWords(change), details };
  return {
    label: labelOf(worst),
    verdict: change.verdict,
    title: worst.says,
    address,
    lines: [what, ...insteadOf(worst), ...others.map(findingInWords), ...affectsInWords(change)],
    details,
  };
}

const labels: Readonly<Partial<Record<Kind, string>>> = {
  exposes: "exposed",
  "gives-access": "access",
  weakens: "less protected",
  "cuts-off": "cut off",
};

function labelOf({ rule, outage }: ReviewedFinding): string {
  return labels[rule] ?? (outage === "none" ? rule.replaceAll("-", " ") : outage);
}

function insteadOf({ instead }: ReviewedFinding): string[] {
  return instead === undefined ? [] : [`Instead: ${instead}`];
}

function findingInWords(finding: ReviewedFinding): string {
  return [`${labelOf(finding)}: ${finding.says}`, ...insteadOf(finding)].join(". ");
}

function unique(items: readonly Item[]): Item[] {
  const counted = new Map<string, number>();
  for (const { title } of items) counted.set(title, (counted.get(title) ?? 0) + 1);
  return [...counted].map(([title, count]) => item(count > 1 ? `${title} (${plural(count, "time")})` : title));
}
