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

it("prints when which alarm notified whom and why, and draws it", () => {
  const { stdout, status } = lab(
    "run",
    incident,
    "--alarms",
    alarms,
    "--svg",
    folder,
    "--html",
    join(folder, "page.html"),
  );
  expect(stdout).toContain("The backend answers errors");
  expect(stdout).toContain("0:00  start: 1 alarm: 1 OK");
  // Breaching in minutes 10 and 11.
  expect(stdout).toMatch(
    /0:12 {2}errors: OK -> ALARM {2}\(9! 9!: 2 of 2 breach \(> 5; 2 of 2 needed\)\)\n.*0:12 {4}notified page/,
  );
  expect(stdout).toContain("end: 1 notification of an ALARM");
  expect(status).toBe(0);
  const picture = readFileSync(join(folder, "broken.svg"), "utf8");
  expect(picture).toMatch(/^<svg /);
  expect(picture).toContain("errors");
  const page = readFileSync(join(folder, "page.html"), "utf8");
  expect(page).toContain("prefers-color-scheme: dark");
  expect(page).toMatch(/errors: ALARM, 0:12 to 0:18/);
  expect(page).not.toMatch(/https?:\/\//);
});

it("starts with new alarms, if that is wanted, and prints JSON", () => {
  const { stdout } = lab("run", incident, "--alarms", alarms, "--new", "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    name: "broken",
    minutes: 20,
    initial: { errors: "INSUFFICIENT_DATA" },
    transitions: [
      { minute: 1, to: "OK" },
      { minute: 12, second: 720, to: "ALARM" },
      { minute: 18, to: "OK" },
    ],
    notifications: [{ minute: 12, alarm: "errors", state: "ALARM" }],
  });
});

it("leaves the newest datapoint missing when data is published late", () => {
  const { stdout } = lab("run", incident, "--alarms", alarms, "--delay", "2m");
  expect(stdout).toMatch(/0:14 {2}errors: OK -> ALARM/);
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
  expect(stdout).toMatch(/0:12 {2}errors: OK -> ALARM.*\n.*0:12 {4}notified \(known after apply\): errors is ALARM/);
});

it("lists what the alarms watch, and those that cannot be read", () => {
  const odd = { ...errors, alarm_name: "odd", threshold: undefined };
  const two = write("two.json", { resource: { aws_cloudwatch_metric_alarm: { errors, odd } } });
  const { stdout, stderr, status } = lab("list", "--alarms", two);
  expect(stdout).toContain("Sum of Errors > 5, 2 of 2 × 1 min, missing data: notBreaching");
  expect(stderr).toBe("skipped odd: it has no threshold, which GreaterThanThreshold needs\n");
  expect(status).toBe(0);
  expect(lab("list", "--alarms", two, "--strict").status).toBe(2);
});

describe("tests", () => {
  const series = [{ metric: "N Errors", dimensions: { TargetGroup: "*" }, values: "_*10 9*5 _*5" }];
  const file = (name: string, expect_: object[], more: object = {}) =>
    write(name, { alarms: "cdk.tf.json", tests: [{ name: "errors", series, expect: expect_, ...more }] });
  const passing = [
    { at: "11m", alarm: "errors", state: "OK", notified: "nobody" },
    { at: "12m", alarm: "errors", state: "ALARM", notified: "page", times: 1 },
    { within: "12m..20m", alarm: "errors", state: "OK" },
  ];

  it("that pass end with 0", () => {
    const { stdout, status } = lab("test", file("passing.json", passing, { nothingElse: true }));
    expect(stdout).toContain("pass  errors\n");
    expect(stdout).toContain("coverage: 1 of 1 alarms go into ALARM, 1 return to OK");
    expect(status).toBe(0);
  });

  it("that fail say what was expected, what happened and why, and end with 1", () => {
    const junit = join(folder, "junit.xml");
    const failing = file("failing.json", [{ at: "11m", alarm: "errors", state: "ALARM" }]);
    const { stdout, status } = lab("test", failing, "--junit", junit);
    expect(stdout).toContain(
      "FAIL  errors\n  0:11 errors\n    expected  ALARM\n    actual    OK from the start, ALARM from 0:12\n",
    );
    expect(stdout).toContain("0:12  errors: OK -> ALARM  (9! 9!: 2 of 2 breach");
    expect(status).toBe(1);
    expect(readFileSync(junit, "utf8")).toContain('<failure message="0:11 errors: expected ALARM">');
  });

  it("name what nobody expected", () => {
    const { stdout, status } = lab("test", file("more.json", [], { nothingElse: true }));
    expect(stdout).toContain(
      "0:12 errors\n    expected  nothing else is notified\n    actual    page is notified: ALARM",
    );
    expect(status).toBe(1);
  });

  it("warn of series that no alarm reads, and of alarms that nothing feeds", () => {
    const typo = [{ metric: "N Error", dimensions: { TargetGroup: "*" }, values: "9*20" }];
    const { stdout } = lab("test", file("typo.json", [], { series: typo }));
    expect(stdout).toContain("warning: no alarm reads N Error {TargetGroup=*}; errors reads N Errors");
    expect(stdout).toContain("name Error and Errors");
    expect(stdout).toContain("warning: nothing feeds errors (N Errors {TargetGroup=targetgroup/backend/123})");
  });

  it("say which assumption decided", () => {
    const missing = write("missing.tf.json", {
      resource: { aws_cloudwatch_metric_alarm: { errors: { ...errors, treat_missing_data: "missing" } } },
    });
    const late = [{ metric: "N Errors", dimensions: { TargetGroup: "*" }, values: "0*10 _*10 9 _*5" }];
    const test = file("late.json", [{ at: "21m", alarm: "errors", state: "OK" }], { series: late });
    const { stdout, status } = lab("test", test, "--alarms", missing);
    expect(stdout).toContain(
      "depends on premature-missing-state=OK: with retain, at 0:21 not: errors goes into OK, and the test fails",
    );
    expect(status).toBe(0);
    expect(lab("test", test, "--alarms", missing, "--assume", "premature-missing-state=retain").status).toBe(1);
  });

  it("find the mistakes that nobody would notice", () => {
    const weak = lab("mutate", file("weak.json", [{ at: "14m", alarm: "errors", state: "ALARM" }]));
    expect(weak.stdout).toContain("survived  errors: tells nobody");
    expect(weak.stdout).toMatch(/weak.json: \d+ of \d+ mutants were detected/);
    expect(weak.status).toBe(1);
    const strong = lab("mutate", file("strong.json", passing));
    expect(strong.stdout).not.toContain("tells nobody");
  });
});

it("lists what can be assumed, and refuses what cannot", () => {
  expect(lab("assumptions").stdout).toContain("extra-datapoints\n");
  const { stderr, status } = lab("run", incident, "--alarms", alarms, "--assume", "dynamodb=never");
  expect([stderr, status]).toEqual(["--assume dynamodb=never: the answers are ignore, default.\n", 2]);
});

it("has help with examples", () => {
  expect(lab("--help").stdout).toContain("alarm-lab test alarms.test.yaml");
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
    "values: x cannot be read; there are 5, _, 5*30m",
  ],
  [
    "a delay that is none",
    ["run", incident, "--alarms", alarms, "--delay", "soon"],
    '--delay is "soon"; a time is written 90s, 5m, 1h30m or 2d.',
  ],
])("says what is wrong with %s", (_, args, message) => {
  const { stderr, status } = lab(...args);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
