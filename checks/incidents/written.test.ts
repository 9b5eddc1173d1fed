import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseFile } from "../../packages/alarm-lab/files";
import { readTestFile } from "../../packages/alarm-lab/test-file";
import type { IncidentTest } from "./judge";
import { writeTests } from "./written";

it("writes incidents as files that alarm-lab reads as the same tests", () => {
  const folder = mkdtempSync(join(tmpdir(), "incidents-"));
  const test: IncidentTest = {
    ...{ name: "broken", history: "none", evaluationDelay: "1m" },
    series: [
      {
        ...{ namespace: "N", name: "m", dimensions: { A: "*" } },
        points: [null, null, 0.5, { values: [1], counts: [200] }, { values: [1e-7, 2], counts: [1, 3] }],
      },
    ],
    expect: [{ within: "1m..3m", alarm: "a", state: "ALARM" }],
  };
  writeTests(folder, ["cdk.tf.json"], [test]);
  expect(readdirSync(folder)).toEqual(["broken.test.yaml"]);
  const file = join(folder, "broken.test.yaml");
  expect(readTestFile(file, parseFile(file)).tests).toEqual(readTestFile("memory", { tests: [test] }).tests);
  rmSync(folder, { recursive: true });
});
