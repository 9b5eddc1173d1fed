import type { Judged } from "./judged";
import { reportOf, scoreOf } from "./report";

const mutant = (changes: Partial<Judged>): Judged => ({
  ...{ key: "a", file: "ops/a.ts", line: 3, source: "if (a > b) {", text: "a > b", mutatorName: "EqualityOperator" },
  ...{ replacement: "a >= b", status: "Killed" },
  ...changes,
});
const judged = [
  mutant({}),
  mutant({ status: "Timeout" }),
  mutant({ status: "Survived", replacement: "true" }),
  mutant({ status: "NoCoverage", replacement: "false" }),
];
const equivalent = { file: "ops/a.ts", source: "if (a > b) {", replacement: "true", because: "it is always so" };

it("counts what a test fails with or hangs in as killed, and leaves equivalents out of the share", () => {
  const counted = { area: "all", drawn: 4, killed: 2, survived: 1, notCovered: 1 };
  expect(scoreOf("all", judged, [])).toEqual({ ...counted, equivalent: 0, share: 0.5 });
  expect(scoreOf("all", judged, [equivalent])).toEqual({ ...counted, equivalent: 1, share: 2 / 3 });
});

it("does not excuse a mutant that was killed, or another line", () => {
  expect(scoreOf("all", judged, [{ ...equivalent, replacement: "a >= b" }]).equivalent).toBe(0);
  expect(scoreOf("all", judged, [{ ...equivalent, source: "if (b > a) {" }]).equivalent).toBe(0);
});

it("has no share of nothing", () => {
  expect(scoreOf("stacks", [], []).share).toBeNull();
});

it("lists what survived", () => {
  const report = reportOf(judged, ["ops", "stacks"], [equivalent]);
  expect(report).toContain("ops/a.ts:3 Survived, equivalent (EqualityOperator)\n  a > b  →  true");
  expect(report).toContain("ops/a.ts:3 NoCoverage (EqualityOperator)\n  a > b  →  false");
  expect(report).not.toContain("a >= b");
});
