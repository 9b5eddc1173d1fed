import type { AnyAlarm, MetricAlarm } from "./alarm";
import { conditionOf, explain } from "./explain";
import { shortName } from "./recipient";
import { escaped } from "./report";
import type { Point, SeriesDescription } from "./series";
import { matches } from "./series";
import type { Timeline } from "./simulate";
import type { TestResult } from "./test-run";
import { clock } from "./time";
import { readsOf, warningsOf } from "./warnings";

export interface PageFile {
  readonly file: string;
  readonly alarms: readonly AnyAlarm[];
  readonly results: readonly TestResult[];
}

const style = `
:root { color-scheme: light dark; --text: #1c2733; --back: #fff; --line: #d5dbe1; --ok: #2e7d32; --alarm: #c62828; --none: #9aa4ae; --data: #1f5f99; --pale: #f3f5f7; }
@media (prefers-color-scheme: dark) { :root { --text: #dde3e9; --back: #14191f; --line: #38424d; --ok: #66bb6a; --alarm: #ef5350; --none: #6b7683; --data: #64a8e0; --pale: #1d242c; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: var(--text); background: var(--back); }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; border-top: 1px solid var(--line); padding-top: 1rem; } h3 { font-size: .95rem; margin: 1rem 0 .25rem; }
svg { width: 100%; height: auto; display: block; } text { fill: var(--text); font: 11px system-ui, sans-serif; }
.OK { fill: var(--ok); } .ALARM { fill: var(--alarm); } .INSUFFICIENT_DATA { fill: var(--none); }
.suppressed { fill: url(#hatch); } .told { fill: var(--text); stroke: var(--back); } .tick { stroke: var(--line); }
.data { fill: none; stroke: var(--data); stroke-width: 1.5; } .dot { fill: var(--data); } .threshold { stroke: var(--alarm); stroke-dasharray: 5 3; }
.fail { color: var(--alarm); } .pass { color: var(--ok); } li, td, pre { overflow-wrap: anywhere; } pre { background: var(--pale); padding: .5rem; white-space: pre-wrap; }
table { border-collapse: collapse; font-size: 13px; } td { padding: .1rem .6rem .1rem 0; vertical-align: top; }
`;

const width = 1000;
const left = 250;
const row = 22;

/** One page that needs nothing else: for each test the timeline of alarms, notifications, and the series with thresholds. */
export function pageOf(files: readonly PageFile[]): string {
  const all = files.flatMap(({ results }) => results);
  const failed = all.filter(({ failures }) => failures.length > 0).length;
  const expecting = all.filter(({ test }) => test.expect.length > 0 || test.nothingElse).length;
  const fine = expecting === 0 ? `${all.length} run without expectations` : `${all.length} passed`;
  const verdict = failed === 0 ? fine : `${failed} of ${all.length} failed`;
  const links = all.map(({ test, failures }, index) => {
    return `<li><a href="#t${index}"><span class="${failures.length > 0 ? "fail" : "pass"}">${failures.length > 0 ? "✗" : "✓"}</span> ${escaped(test.name)}</a></li>`;
  });
  let index = 0;
  const sections = files.flatMap(({ alarms, results }) => results.map((result) => section(result, alarms, index++)));
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>alarm-lab: ${verdict}</title><style>${style}</style>
<svg width="0" height="0" style="position:absolute"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="3" height="6" fill="var(--back)" opacity=".7"/></pattern></defs></svg>
<h1>alarm-lab: <span class="${failed === 0 ? "pass" : "fail"}">${verdict}</span></h1>
<p>${files.map(({ file }) => escaped(file)).join(", ")}</p>
<ul>${links.join("\n")}</ul>
${sections.join("\n")}
</html>
`;
}

function section(result: TestResult, alarms: readonly AnyAlarm[], index: number): string {
  const { test, timeline, failures } = result;
  const problems = failures.map(
    ({ where, expected, actual }) => `${where}\n  expected  ${expected}\n  actual    ${actual}`,
  );
  const { unread, unfed } = warningsOf(alarms, test.series);
  const silent = [...unread.map((each) => `No alarm reads ${each}.`), ...unfed.map((each) => `Nothing feeds ${each}.`)];
  return `<h2 id="t${index}">${escaped(test.name)}</h2>
${problems.length > 0 ? `<pre class="fail">${escaped(problems.join("\n"))}</pre>` : ""}
${timelineOf(timeline, alarms)}
${test.series.map((series) => chartOf(series, test.seconds, alarms)).join("\n")}
${changesOf(timeline, alarms)}
${silent.length > 0 ? `<details><summary>${silent.length} warnings</summary><ul>${silent.map((each) => `<li>${escaped(each)}</li>`).join("")}</ul></details>` : ""}`;
}

/** Seconds as a place on the picture. */
function scale(seconds: number): (second: number) => number {
  return (second) => left + ((width - left - 10) * second) / seconds;
}

/** Days as days, hours as hours. */
function ticks(seconds: number, height: number): string {
  const steps = [60, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86_400, 7 * 86_400];
  const step = steps.find((each) => seconds / each <= 12) ?? 30 * 86_400;
  const x = scale(seconds);
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => {
    const at = index * step;
    // At the very end there is no room.
    const label = at === seconds ? "" : step >= 86_400 ? `day ${at / 86_400}` : clock(at);
    return `<line class="tick" x1="${x(at)}" x2="${x(at)}" y1="0" y2="${height}"/><text x="${x(at) + 3}" y="${height + 12}">${label}</text>`;
  }).join("");
}

/** A row for each alarm that is ever something else than OK, composites last. */
function timelineOf(timeline: Timeline, alarms: readonly AnyAlarm[]): string {
  const { initial, transitions, notifications, seconds } = timeline;
  const isShown = ({ name }: AnyAlarm) =>
    initial.get(name) === "ALARM" || transitions.some(({ alarm, to }) => alarm === name && to === "ALARM");
  const shown = [...alarms].filter(isShown).sort((a, b) => b.kind.localeCompare(a.kind));
  if (shown.length === 0) return "<p>No alarm goes into ALARM.</p>";
  const x = scale(seconds);
  const height = shown.length * row;
  const rows = shown.map(({ name, actions }, index) => {
    const own = transitions.filter(({ alarm }) => alarm === name);
    const spans = [{ second: 0, to: initial.get(name) ?? "INSUFFICIENT_DATA", suppressedBy: undefined }, ...own];
    const y = index * row + 4;
    const bars = spans.map(({ second, to, suppressedBy }, place) => {
      const end = spans[place + 1]?.second ?? seconds;
      const acted = notifications.find((each) => each.alarm === name && each.second > second && each.second < end);
      const box = (until: number, css: string) =>
        `<rect class="${css}" x="${x(second)}" y="${y}" width="${Math.max(x(until) - x(second), 1)}" height="14"><title>${escaped(name)}: ${css}, ${clock(second)} to ${clock(until)}</title></rect>`;
      return `${box(end, to)}${suppressedBy && actions[to].length > 0 ? box(acted?.second ?? end, "suppressed") : ""}`;
    });
    const marks = notifications
      .filter(({ alarm, state }) => alarm === name && state === "ALARM")
      .map(
        ({ second, action }) =>
          `<circle class="told" cx="${x(second)}" cy="${y + 7}" r="4"><title>${clock(second)}: ${escaped(shortName(action))} is notified</title></circle>`,
      );
    return `<text x="${left - 8}" y="${y + 11}" text-anchor="end">${escaped(shortened(name))}</text>${bars.join("")}${marks.join("")}`;
  });
  return `<svg viewBox="0 0 ${width} ${height + 16}" role="img" aria-label="States of the alarms">${ticks(seconds, height)}${rows.join("")}</svg>`;
}

function shortened(text: string): string {
  return text.length > 40 ? `…${text.slice(-39)}` : text;
}

const chartHeight = 90;
const dots = 500;

/** A series, drawn as the averages of its points, with the thresholds of the alarms that compare it. */
function chartOf(series: SeriesDescription, seconds: number, alarms: readonly AnyAlarm[]): string {
  const { points, stepSeconds = 60, startSecond = 0, name, namespace, dimensions } = series;
  const x = scale(seconds);
  const size = Math.max(1, Math.ceil(points.length / dots));
  const drawn = Array.from({ length: Math.ceil(points.length / size) }, (_, index) => {
    const values = points.slice(index * size, (index + 1) * size).flatMap(shownValue);
    const value = values.length > 0 ? values.reduce((sum, each) => sum + each, 0) / values.length : null;
    return { second: startSecond + (index + 0.5) * size * stepSeconds, value };
  }).filter(({ second }) => second >= 0 && second <= seconds);
  const compared = alarms.filter((alarm): alarm is MetricAlarm => alarm.kind === "metric" && isCompared(alarm, series));
  const thresholds = compared.flatMap(({ threshold }) => (typeof threshold === "number" ? [threshold] : []));
  const all = [...drawn.flatMap(({ value }) => value ?? []), ...thresholds];
  const [least, most] = [Math.min(0, ...all), Math.max(...all, 1e-9)];
  const y = (value: number) => chartHeight - 4 - ((chartHeight - 10) * (value - least)) / (most - least || 1);
  // A gap where there is no data, and a dot where there is data for one moment.
  const path = drawn.map(({ second, value }, index) => {
    if (value === null) return "";
    const isStart = index === 0 || drawn[index - 1]?.value === null;
    return `${isStart ? "M" : "L"}${x(second).toFixed(1)} ${y(value).toFixed(1)}`;
  });
  const alone = drawn.filter(
    ({ value }, index) =>
      value !== null && (drawn[index - 1]?.value ?? null) === null && (drawn[index + 1]?.value ?? null) === null,
  );
  const lines = compared.flatMap((alarm) => {
    const at = typeof alarm.threshold === "number" ? y(alarm.threshold) : 0;
    const label = `${alarm.name}: ${alarm.queries.size === 1 ? conditionOf(alarm) : ""}`;
    return `<line class="threshold" x1="${left}" x2="${width - 10}" y1="${at}" y2="${at}"><title>${escaped(label)}</title></line>`;
  });
  const labels = Object.entries(dimensions).map(([key, value]) => `${key}=${value}`);
  return `<h3>${escaped(`${namespace} ${name} ${labels.join(" ")}`)}</h3>
<svg viewBox="0 0 ${width} ${chartHeight + 14}" role="img" aria-label="${escaped(name)}">${ticks(seconds, chartHeight)}<text x="${left - 8}" y="12" text-anchor="end">${short(most)}</text><text x="${left - 8}" y="${chartHeight}" text-anchor="end">${short(least)}</text><path class="data" d="${path.join("")}"/>${alone.map(({ second, value }) => `<circle class="dot" cx="${x(second)}" cy="${y(value ?? 0)}" r="2"/>`).join("")}${lines.join("")}</svg>`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function isCompared(alarm: MetricAlarm, series: SeriesDescription): boolean {
  const query = alarm.queries.get(alarm.compared);
  return query !== undefined && "metric" in query && readsOf([alarm]).some(({ metric }) => matches(series, metric));
}

/** The sum of one sample is its value; of many, what most alarms compare is their average. */
function shownValue(point: Point): number[] {
  if (point === null) return [];
  if (typeof point === "number") return [point];
  const count = point.counts.reduce((sum, each) => sum + each, 0);
  const sum = point.values.reduce((total, value, index) => total + value * (point.counts[index] ?? 0), 0);
  if (count === 0) return [];
  return point.values.every((value) => value === 1) ? [sum] : [sum / count];
}

function changesOf(timeline: Timeline, alarms: readonly AnyAlarm[]): string {
  const byName = new Map(alarms.map((alarm) => [alarm.name, alarm]));
  const rows = timeline.transitions.slice(0, 500).map((change) => {
    const told = timeline.notifications.filter(
      ({ alarm, second, state }) => alarm === change.alarm && second === change.second && state === change.to,
    );
    const who = told.length > 0 ? ` → ${told.map(({ action }) => shortName(action)).join(", ")}` : "";
    const why = explain(change, byName.get(change.alarm), timeline);
    return `<tr><td>${clock(change.second)}</td><td>${escaped(change.alarm)}</td><td>${change.from} → ${change.to}${escaped(who)}</td><td>${escaped(why)}</td></tr>`;
  });
  if (rows.length === 0) return "";
  return `<details${rows.length <= 12 ? " open" : ""}><summary>${timeline.transitions.length} changes of state, and why</summary><table>${rows.join("\n")}</table></details>`;
}
