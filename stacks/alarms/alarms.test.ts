import { readFileSync } from "node:fs";
import { join } from "node:path";
import { documentedRows } from "./all-rows";
import { checkRows } from "./check";
import { playbooksOf, withAlarmTable } from "./document";
import { playbooks } from "./playbooks";
import { type AlarmRow, playbookOf } from "./row";

const page = readFileSync(join(__dirname, "../../OBSERVABILITY.md"), "utf8");
const rows = documentedRows();
const ofEvents = ["a-service-pages", "deployment-failed"];

it("lists the alarms in OBSERVABILITY.md as they are; otherwise: make format", () => {
  expect(withAlarmTable(page, rows)).toBe(page);
});

it("has a playbook for each alarm, and no other", () => {
  expect(playbooksOf(page)).toEqual([...playbooks]);
  expect([...playbooks].sort()).toEqual([...new Set([...rows.map(playbookOf), ...ofEvents])].sort());
});

it.each(playbooksOf(page).filter((heading) => heading !== "ticket-mail-fails"))(
  "says in %s what users see, what to ask first, causes, what helps, and when it is over",
  (heading) => {
    const text = page.split(`### ${heading}\n`)[1]?.split("\n### ")[0] ?? "";
    for (const part of ["Users see", "First:", "Likely:", "Mitigate:", "Over when"]) expect(text).toContain(part);
  },
);

const row = rows.find(({ id }) => id === "errors-now") as AlarmRow;
const check = (change: Partial<AlarmRow>) => () =>
  checkRows([{ ...row, ...change }], {
    own: { namespace: "prefix/services", names: ["service-crashes"] },
    playbooks,
  });
const signal = { namespace: "AWS/ECS", metricName: "CPUUtilization", dimensions: {}, statistic: "Average" };

it.each([
  [{ threshold: 144 }, "alarms: service-errors-now: threshold = 144 %; allowed: 0 to 100"],
  [{ id: "nowhere" }, "alarms: service-nowhere: playbook = nowhere; allowed: a heading of OBSERVABILITY.md: a-service"],
  [
    { watch: { ...signal, metricName: "DiskUtilization" } },
    "metric = DiskUtilization; the stacks emit in AWS/ECS: CPU",
  ],
  [
    { watch: { ...signal, namespace: "prefix/services" } },
    "metric = CPUUtilization; the stacks emit in prefix/services: service-crashes",
  ],
  [{ watch: { ...signal, namespace: "AWS/EC2" } }, "namespace = AWS/EC2; allowed: AWS/ApplicationELB"],
  [{ datapoints: [3, 2] as const }, "datapoints = 3 of 2; allowed: M of N"],
  [{ periodMinutes: 59, datapoints: [30, 30] as const }, "looks back 1770 minutes; allowed: 1440"],
])("stops the synthesis at %j", (change, message) => {
  expect(check(change)).toThrow(message);
});
