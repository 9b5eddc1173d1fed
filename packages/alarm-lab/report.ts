import type { AnyAlarm } from "./alarm";
import { explain } from "./explain";
import type { Unreadable } from "./read";
import type { Dependence, TestResult } from "./test-run";
import { clock } from "./time";
import type { Warnings } from "./warnings";

/** A test as text: a line if it passed, otherwise what was expected, what happened, and why. */
export function describeTest(result: TestResult, alarms: readonly AnyAlarm[]): string {
  const { test, failures, dependences } = result;
  const lines = failures.flatMap(({ where, expected, actual }) => [
    `  ${where}`,
    `    expected  ${expected}`,
    `    actual    ${actual}`,
  ]);
  const concerned = failures.length > 0 ? whyLines(result, alarms) : [];
  return [
    `${failures.length === 0 ? "pass" : "FAIL"}  ${test.name}`,
    ...lines,
    ...concerned,
    ...dependences.map((each) => dependence(each, failures.length > 0)),
  ].join("\n");
}

/** The changes of the alarms that the test names. */
function whyLines({ test, timeline }: TestResult, alarms: readonly AnyAlarm[]): string[] {
  const named = new Set(test.expect.flatMap((each) => each.alarms));
  const byName = new Map(alarms.map((alarm) => [alarm.name, alarm]));
  const changes = timeline.transitions.filter(({ alarm }) => named.has(alarm));
  const shown = changes.slice(0, 12).map((change) => {
    const why = explain(change, byName.get(change.alarm), timeline);
    return `    ${clock(change.second).padStart(6)}  ${change.alarm}: ${change.from} -> ${change.to}  (${why})`;
  });
  const more = changes.length > shown.length ? [`    and ${changes.length - shown.length} more changes`] : [];
  return shown.length > 0 ? ["  what happened", ...shown, ...more] : [];
}

function dependence({ name, assumed, other, effect, changesVerdict }: Dependence, isFailed: boolean): string {
  const verdict = changesVerdict ? `, and the test ${isFailed ? "passes" : "fails"}` : "";
  return `  depends on ${name}=${assumed}: with ${other}, ${effect}${verdict}`;
}

export function describeWarnings({ unread, unfed, unbanded }: Warnings): string[] {
  return [
    ...unread.map((each) => `  warning: no alarm reads ${each}`),
    ...unbanded.map(
      (name) => `  warning: ${name} is not evaluated: the test gives no bands: { ${name}: { lower, upper } }`,
    ),
    ...(unfed.length > 0 && unfed.length <= 5 ? unfed.map((each) => `  warning: nothing feeds ${each}`) : []),
    ...(unfed.length > 5 ? [`  warning: nothing feeds ${unfed.length} alarms, among them ${unfed[0]}`] : []),
  ];
}

export function describeUnreadable(unreadable: readonly Unreadable[]): string[] {
  return unreadable.map(({ name, reason }) => `skipped ${name}: ${reason}`);
}

/** Alarms that no test brings into ALARM, and that none brings out of it. */
export function coverageOf(results: readonly TestResult[], alarms: readonly AnyAlarm[]) {
  const rings = new Set<string>();
  const clears = new Set<string>();
  for (const { timeline } of results) {
    for (const { alarm, from, to } of timeline.transitions) {
      if (to === "ALARM") rings.add(alarm);
      if (from === "ALARM" && to === "OK") clears.add(alarm);
    }
    for (const [alarm, state] of timeline.initial) if (state === "ALARM") rings.add(alarm);
  }
  const names = alarms.map(({ name }) => name);
  return {
    neverRings: names.filter((name) => !rings.has(name)),
    neverClears: names.filter((name) => rings.has(name) && !clears.has(name)),
  };
}

export function describeCoverage({ neverRings, neverClears }: ReturnType<typeof coverageOf>, count: number): string[] {
  return [
    `coverage: ${count - neverRings.length} of ${count} alarms go into ALARM, ${count - neverRings.length - neverClears.length} return to OK`,
    ...neverRings.map((name) => `  no test brings ${name} into ALARM`),
    ...neverClears.map((name) => `  no test brings ${name} out of ALARM`),
  ];
}

/** https://github.com/testmoapp/junitxml */
export function junit(results: readonly { readonly file: string; readonly results: readonly TestResult[] }[]): string {
  const suites = results.map(({ file, results: own }) => {
    const failed = own.filter(({ failures }) => failures.length > 0).length;
    const cases = own.map(({ test, failures }) => {
      const inner = failures.map(({ where, expected, actual }) => {
        const text = `${where}\nexpected  ${expected}\nactual    ${actual}`;
        return `\n      <failure message="${escaped(`${where}: expected ${expected}`)}">${escaped(text)}</failure>`;
      });
      const attributes = `classname="${escaped(file)}" name="${escaped(test.name)}"`;
      return `    <testcase ${attributes}>${inner.join("")}${inner.length > 0 ? "\n    " : ""}</testcase>`;
    });
    return `  <testsuite name="${escaped(file)}" tests="${own.length}" failures="${failed}">\n${cases.join("\n")}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("\n")}\n</testsuites>\n`;
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
