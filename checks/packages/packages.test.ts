import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../ops/shell/paths";

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), "packages-"));
const plan = join(root, "checks/plan-review/plans/tasks-open/staging-compute.json.gz");

const npm = (args: readonly string[], cwd: string) =>
  execFileSync("npm", [...args, "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd,
    encoding: "utf8",
    stdio: "pipe",
  });

/** Runs a package's program as it lies in the empty folder. */
function installed(name: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(join(folder, "node_modules/.bin", name), args, {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  writeFileSync(join(folder, "package.json"), "{}");
  for (const name of ["plan-review", "alarm-lab"]) {
    const source = join(root, "packages", name);
    npm(["run", "build"], source);
    npm(["pack", "--pack-destination", folder], source);
  }
  const tarballs = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
  npm(["install", "--prefer-offline", ...tarballs.map((file) => `./${file}`)], folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(["plan-review", "alarm-lab"])("%s is plain JavaScript, and says what it takes", (name) => {
  const files = readdirSync(join(folder, "node_modules/@portfolio-dashboard", name), {
    recursive: true,
    encoding: "utf8",
  });
  expect(files.filter((file) => file.endsWith(".ts"))).toEqual([]);
  const { status, stdout } = installed(name, "--help");
  expect([status, stdout]).toEqual([0, expect.stringContaining(`Usage: ${name}`)]);
});

it("plan-review reviews a plan as it does in the checkout", () => {
  const inCheckout = spawnSync(join(root, "node_modules/.bin/plan-review"), [plan], { cwd: folder, encoding: "utf8" });
  const { status, stdout } = installed("plan-review", plan);
  expect([status, stdout]).toEqual([inCheckout.status, inCheckout.stdout]);
  expect(stdout).toContain("tasks");
});

it("alarm-lab runs alarms of a plan against an incident", () => {
  const values = {
    ...{ alarm_name: "errors", namespace: "App", metric_name: "Errors", statistic: "Sum", period: 60 },
    ...{ evaluation_periods: 1, threshold: 10, comparison_operator: "GreaterThanThreshold" },
    alarm_actions: ["arn:aws:sns:us-east-1:111111111111:page"],
  };
  const alarm = { address: "aws_cloudwatch_metric_alarm.errors", mode: "managed", type: "aws_cloudwatch_metric_alarm" };
  const resources = [{ ...alarm, name: "errors", values }];
  const points = [0, 0, { repeat: 10, point: 20 }];
  const incident = {
    name: "broken",
    title: "It breaks",
    series: [{ namespace: "App", name: "Errors", dimensions: {}, points }],
  };
  writeFileSync(
    join(folder, "plan.json"),
    JSON.stringify({ format_version: "1.2", planned_values: { root_module: { resources } } }),
  );
  writeFileSync(join(folder, "incident.json"), JSON.stringify(incident));
  const { status, stdout, stderr } = installed("alarm-lab", "run", "incident.json", "--alarms", "plan.json");
  expect([status, stderr, stdout]).toEqual([0, "", expect.stringMatching(/errors.*ALARM/)]);
});

it("alarm-lab's README says what its example prints", () => {
  const readme = readFileSync(join(root, "packages/alarm-lab/README.md"), "utf8");
  const [, test, , printed] = readme.split(/^```.*\n/m);
  const example = join(folder, "node_modules/@portfolio-dashboard/alarm-lab/example");
  expect(readFileSync(join(example, "alarms.test.yaml"), "utf8")).toBe(test);
  for (const file of ["alarms.test.yaml", "alarms.tf.json"]) copyFileSync(join(example, file), join(folder, file));
  expect(installed("alarm-lab", "test", "alarms.test.yaml")).toEqual({ status: 1, stderr: "", stdout: printed });
  const alarms = readFileSync(join(folder, "alarms.tf.json"), "utf8");
  writeFileSync(
    join(folder, "alarms.tf.json"),
    alarms.replace('"threshold": 10', '"threshold": 10, "treat_missing_data": "notBreaching"'),
  );
  expect(installed("alarm-lab", "test", "alarms.test.yaml")).toMatchObject({ status: 0 });
});
