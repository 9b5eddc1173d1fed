import { clipped } from "../../packages/text/truncate";
import type { Equivalent } from "./equivalents";
import type { Judged } from "./judged";

export interface Score {
  readonly area: string;
  readonly drawn: number;
  readonly killed: number;
  readonly survived: number;
  readonly notCovered: number;
  readonly equivalent: number;
  /** Of the drawn ones that are not equivalent; null when there are none. */
  readonly share: number | null;
}

/** Stryker counts a test file that cannot be loaded any more (`RuntimeError`) for nothing; here the tests fail, and somebody looks. */
export function isKilled({ status }: Judged): boolean {
  return ["Killed", "Timeout", "RuntimeError"].includes(status);
}

function isEquivalent({ file, source, replacement }: Judged, equivalents: readonly Equivalent[]): boolean {
  return equivalents.some((row) => row.file === file && row.source === source && row.replacement === replacement);
}

export function scoreOf(area: string, judged: readonly Judged[], equivalents: readonly Equivalent[]): Score {
  const alive = judged.filter((mutant) => !isKilled(mutant));
  const equivalent = alive.filter((mutant) => isEquivalent(mutant, equivalents)).length;
  const killed = judged.length - alive.length;
  const counted = judged.length - equivalent;
  return {
    ...{ area, drawn: judged.length, killed, equivalent },
    survived: alive.filter(({ status }) => status === "Survived").length,
    notCovered: alive.filter(({ status }) => status === "NoCoverage").length,
    share: counted === 0 ? null : killed / counted,
  };
}

/** A row for each area, and every mutant that no test killed. */
export function reportOf(
  judged: readonly Judged[],
  areas: readonly string[],
  equivalents: readonly Equivalent[],
): string {
  const scores = [
    ...areas.map((area) =>
      scoreOf(
        area,
        judged.filter(({ file }) => file.startsWith(`${area}/`)),
        equivalents,
      ),
    ),
    scoreOf("all", judged, equivalents),
  ];
  const alive = judged.filter((mutant) => !isKilled(mutant));
  return [
    "",
    line("area", "drawn", "killed", "survived", "not covered", "equivalent", "killed of the others"),
    ...scores.map(lineOf),
    "",
    ...alive.flatMap((mutant) => [
      `${mutant.file}:${mutant.line} ${mutant.status}${isEquivalent(mutant, equivalents) ? ", equivalent" : ""} (${mutant.mutatorName})`,
      `  ${oneLine(mutant.text)}  →  ${oneLine(mutant.replacement)}`,
    ]),
    "",
  ].join("\n");
}

/** `area drawn killed survived not-covered equivalent share`, in columns. */
export function lineOf({ area, drawn, killed, survived, notCovered, equivalent, share }: Score): string {
  return line(
    area,
    drawn,
    killed,
    survived,
    notCovered,
    equivalent,
    share === null ? "-" : `${(share * 100).toFixed(1)} %`,
  );
}

function line(area: string, ...cells: readonly (string | number)[]): string {
  return `${area.padEnd(18)} ${cells.map((cell) => String(cell).padStart(11)).join(" ")}`;
}

const oneLine = (text: string) => clipped(text.replaceAll(/\s+/g, " "), 100);
