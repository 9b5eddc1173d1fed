import type { MetricAlarm } from "./alarm";
import { readAlarms } from "./read";

const values = {
  alarm_name: "errors",
  namespace: "AWS/ApplicationELB",
  metric_name: "HTTPCode_Target_5XX_Count",
  dimensions: { LoadBalancer: "app/public/1" },
  statistic: "Sum",
  period: 300,
  evaluation_periods: 3,
  comparison_operator: "GreaterThanThreshold",
  threshold: 5,
  alarm_actions: ["arn:aws:sns:us-east-1:111111111111:page"],
};
const type = "aws_cloudwatch_metric_alarm";
const address = `${type}.errors`;
const plan = (more: object = {}, unknown: object = {}) => ({
  format_version: "1.2",
  planned_values: {
    root_module: { child_modules: [{ resources: [{ address, type, values: { ...values, ...more } }] }] },
  },
  resource_changes: [{ address, change: { after_unknown: unknown } }],
});
const read = (...contents: object[]) => readAlarms(new Map(contents.map((each, index) => [`file ${index}`, each])));

it("reads an alarm of a module in a plan", () => {
  const [alarm] = read(plan()) as [MetricAlarm];
  expect(alarm).toMatchObject({
    name: "errors",
    periodMinutes: 5,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    treatMissingData: "missing",
    actions: { ALARM: ["arn:aws:sns:us-east-1:111111111111:page"], OK: [] },
  });
  expect(alarm.queries.get(alarm.compared)).toEqual({
    metric: {
      namespace: "AWS/ApplicationELB",
      name: "HTTPCode_Target_5XX_Count",
      dimensions: { LoadBalancer: "app/public/1" },
      periodMinutes: 5,
      statistic: "Sum",
    },
  });
});

it("hears nothing of an alarm whose actions are off", () => {
  expect(read(plan({ actions_enabled: false }))[0]?.actions.ALARM).toEqual([]);
});

const query = (id: string, more: object) => ({ id, return_data: false, ...more });
const metric = (period: number) => ({ metric: [{ namespace: "N", metric_name: "m", period, stat: "Sum" }] });
const math = (...metric_query: object[]) => plan({ metric_name: null, metric_query });

it.each([
  [
    "an unknown comparison",
    plan({ comparison_operator: "Outside" }),
    /Alarm errors: comparison_operator is Outside; the lab knows/,
  ],
  ["no threshold", plan({ threshold: null }), /Alarm errors: it has no threshold/],
  ["too many datapoints", plan({ datapoints_to_alarm: 4 }), /Alarm errors: datapoints_to_alarm is 4, more than the 3/],
  ["seconds", plan({ period: 10 }), /Alarm errors: its period is 10 s/],
  [
    "too long a window",
    plan({ period: 900, evaluation_periods: 97 }),
    /Alarm errors: it looks back 1455 minutes; CloudWatch allows 1440/,
  ],
  [
    "dimensions of later",
    plan({}, { dimensions: { TargetGroup: true } }),
    /Alarm errors: its dimensions are not known before apply/,
  ],
  [
    "two results",
    math(query("a", { ...metric(60), return_data: true }), query("b", { ...metric(60), return_data: true })),
    /exactly one metric_query returns data, here 2 do/,
  ],
  [
    "two periods",
    math(query("a", metric(60)), query("b", metric(300)), query("e", { expression: "a / b", return_data: true })),
    /its metrics have 2 periods/,
  ],
  [
    "an id that is not there",
    math(query("a", metric(60)), query("e", { expression: "a / b", return_data: true })),
    /Alarm errors: "a \/ b" reads b; there are a, e/,
  ],
  [
    "an unknown function",
    math(query("a", metric(60)), query("e", { expression: "LOG(a)", return_data: true })),
    /Alarm errors: .*function LOG/,
  ],
  [
    "eleven metrics",
    math(
      ...Array.from({ length: 11 }, (_, index) => query(`m${index}`, metric(60))),
      query("e", { expression: "m0", return_data: true }),
    ),
    /metric math takes 10 metrics, here are 11/,
  ],
])("names the alarm with %s", (_, content, message) => {
  expect(() => read(content)).toThrow(message);
});

const stack = (stackName: string, more: object) => ({ "//": { metadata: { stackName } }, terraform: {}, ...more });

it("follows references between synthesized stacks as far as they lead", () => {
  const network = stack("dev-network", {
    resource: {},
    output: { suffix: { value: `\${aws_lb.public.arn_suffix}` } },
  });
  const observability = stack("dev-observability", {
    resource: {
      [type]: {
        errors: {
          ...values,
          dimensions: { LoadBalancer: `\${data.terraform_remote_state.reference-to-dev-network.outputs.suffix}` },
        },
      },
      aws_cloudwatch_composite_alarm: {
        service: { alarm_name: "service", alarm_rule: `ALARM("\${${address}.alarm_name}")` },
      },
    },
  });
  const [errors, service] = read(network, observability);
  expect(errors).toMatchObject({ name: "errors" });
  expect((errors as MetricAlarm).queries.get("m")).toMatchObject({
    metric: { dimensions: { LoadBalancer: `\${aws_lb.public.arn_suffix}` } },
  });
  expect(service).toMatchObject({ kind: "composite", rule: 'ALARM("errors")', suppressor: null });
});

it("names a composite that depends on nothing", () => {
  const alone = stack("s", {
    resource: { aws_cloudwatch_composite_alarm: { c: { alarm_name: "c", alarm_rule: "ALARM(gone)" } } },
  });
  expect(() => read(alone)).toThrow("Alarm c depends on gone, which no file defines.");
});

it("names a file that is something else", () => {
  expect(() => read({ version: 4 })).toThrow("file 0 is neither a plan (terraform show -json) nor a synthesized stack");
});
