import { type AlarmRow, playbookOf } from "./row";

const begin = "<!-- alarms: written by make format -->";
const end = "<!-- /alarms -->";

/** The page with the table of these alarms in its place. */
export function withAlarmTable(page: string, rows: readonly AlarmRow[]): string {
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before === -1 || after === -1) throw new Error(`OBSERVABILITY.md has no place for the alarms: ${begin} … ${end}`);
  return `${page.slice(0, before)}${begin}\n\n${alarmTable(rows)}\n\n${page.slice(after)}`;
}

/** Headings that an alarm's mail can lead to. */
export function playbooksOf(page: string): string[] {
  return [...page.matchAll(/^### ([a-z-]+)$/gm)].map(([, heading = ""]) => heading);
}

function alarmTable(rows: readonly AlarmRow[]): string {
  const lines = rows.map((row) => {
    const { id, severity, meaning, comparison, threshold, unit, datapoints, periodMinutes, missingData } = row;
    const playbook = playbookOf(row);
    const rings = `${comparison} ${threshold} ${unit}, ${datapoints.join(" of ")} × ${inWords(periodMinutes)}`;
    return [
      `[${id}](#${playbook})`,
      severity === "none" ? "part of a page" : severity,
      meaning,
      rings,
      `${missingData.is}: ${missingData.because}`,
    ];
  });
  const header = ["alarm", "calls", "meaning", "rings", "missing data is"];
  const widths = header.map((_, column) => Math.max(...[header, ...lines].map((cells) => cells[column]?.length ?? 0)));
  const asLine = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [header, widths.map((width) => "-".repeat(width)), ...lines].map(asLine).join("\n");
}

function inWords(minutes: number): string {
  if (minutes === 1440) return "day";
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}
