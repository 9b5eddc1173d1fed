import { lineOf } from "./report";

const check = {
  id: "latency",
  title: "a page of the frontend",
  passed: true,
  value: 12,
  unit: "ms",
  target: "< 20 ms",
};

it("says on one line what was seen and what was asked for, and below it the first line of the evidence", () => {
  expect(lineOf({ ...check, evidence: "of 500 pages\nslowest: 40 ms" })).toBe(
    "✓ a page of the frontend: 12 ms (target: < 20 ms)\n    of 500 pages\n",
  );
});

it("marks what missed its target, and leaves out a unit and evidence that are not there", () => {
  expect(lineOf({ ...check, passed: false, value: "no page", unit: "", evidence: "" })).toBe(
    "✗ a page of the frontend: no page (target: < 20 ms)\n",
  );
});

it("cuts long evidence, of which the report has all", () => {
  const [, evidence = ""] = lineOf({ ...check, evidence: "x".repeat(201) }).split("\n");
  expect(evidence).toBe(`    ${"x".repeat(199)}…`);
});
