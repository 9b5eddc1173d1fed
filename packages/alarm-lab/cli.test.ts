import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "alarm-lab-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: object) => {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return join(folder, name);
};
const lab = (...args: string[]) => spawnSync(join(__dirname, "alarm-lab.js"), args, { encoding: "utf8" });

const errors = {
  alarm_name: "errors",
  namespace: "N",
  metric_name: "Errors",
  dimensions: { TargetGroup: "targetgroup/backend/123" },
  statistic: "Sum",
  period: 60,
  evaluation_periods: 2,
  comparison_operator: "GreaterThanThreshold",
  threshold: 5,
  treat_missing_data: "notBreaching",
  alarm_actions: [`\${aws_sns_topic.page.arn}`],
};
const alarms = write("cdk.tf.json", { terraform: {}, resource: { aws_cloudwatch_metric_alarm: { errors } } });
const incident = write("incident.json", {
  name: "broken",
  title: "The backend answers errors",
  series: [
    {
      namespace: "N",
      name: "Errors",
      dimensions: { TargetGroup: "*/backend/*" },
      points: [
        { repeat: 10, point: null },
        { repeat: 5, point: 9 },
        { repeat: 5, point: null },
      ],
    },
  ],
});

it("prints when which alarm told whom, and draws it", () => {
  const { stdout, status } = lab("run", incident, "--alarms", alarms, "--svg", folder);
  expect(stdout).toContain("The backend answers errors");
  // Breaching in minutes 10 and 11, which alarms see a minute later.
  expect(stdout).toMatch(/0:13 {2}errors: OK -> ALARM\n.*0:13 {4}notified page: errors is ALARM/);
  expect(stdout).toContain("end: 1 notifications of an ALARM");
  expect(status).toBe(0);
  const picture = readFileSync(join(folder, "broken.svg"), "utf8");
  expect(picture).toMatch(/^<svg /);
  expect(picture).toContain("errors");
});

it("tells of a topic that the same plan makes, and of an alarm that nobody gave a number of datapoints", () => {
  const { alarm_actions, ...values } = { ...errors, datapoints_to_alarm: 0 };
  const address = "aws_cloudwatch_metric_alarm.errors";
  const plan = write("plan.json", {
    format_version: "1.2",
    planned_values: { root_module: { resources: [{ address, type: "aws_cloudwatch_metric_alarm", values }] } },
    resource_changes: [{ address, change: { after_unknown: { alarm_actions: true, arn: true, id: true } } }],
  });
  const { stdout } = lab("run", incident, "--alarms", plan);
  expect(stdout).toMatch(/0:13 {2}errors: OK -> ALARM\n.*0:13 {4}notified \(known after apply\): errors is ALARM/);
  expect(stdout).toContain("end: 1 notifications of an ALARM");
});

it("lists what the alarms watch", () => {
  const { stdout } = lab("list", "--alarms", alarms);
  expect(stdout).toContain("Sum of Errors GreaterThanThreshold 5, 2 of 2 × 1 min, missing data: notBreaching");
});

it.each([
  ["an incident that is not there", ["run", "/nowhere.json", "--alarms", alarms], "/nowhere.json cannot be read."],
  ["alarms that are none", ["list", "--alarms", incident], "is none of these: a plan or state"],
  [
    "points that are none",
    [
      "run",
      write("bad.json", {
        name: "b",
        title: "b",
        series: [{ namespace: "N", name: "E", dimensions: {}, points: ["x"] }],
      }),
      "--alarms",
      alarms,
    ],
    'series 1: "x" is no number, null',
  ],
  [
    "a delay that is none",
    ["run", incident, "--alarms", alarms, "--delay", "soon"],
    "--delay soon is no number of minutes.",
  ],
])("says what is wrong with %s", (_, args, message) => {
  const { stderr, status } = lab(...args);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
