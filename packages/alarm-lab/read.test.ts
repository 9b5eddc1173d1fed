import type { MetricAlarm } from "./alarm";
import { address, metric, notGiven, plan, query, read, stack, type, values } from "./read.fixture";

it("reads an alarm of a module in a plan", () => {
  const [alarm] = read(plan()) as [MetricAlarm];
  expect(alarm).toMatchObject({
    name: "errors",
    periodSeconds: 300,
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
      periodSeconds: 300,
      statistic: "Sum",
    },
  });
});

it("hears nothing of an alarm whose actions are off", () => {
  expect(read(plan({ actions_enabled: false }))[0]?.actions.ALARM).toEqual([]);
});

it("reads an alarm after its apply as before", () => {
  const [before] = read(plan());
  expect(read(plan({ ...notGiven, treat_missing_data: "missing", tags: {} }))).toEqual([before]);
});

it("reads a percentile beside an empty statistic", () => {
  const [alarm] = read(plan({ ...notGiven, statistic: "", extended_statistic: "p99" })) as [MetricAlarm];
  expect(alarm.queries.get("m")).toMatchObject({ metric: { statistic: "p99" } });
});

it("reads metric math after its apply as before", () => {
  const queries = [
    query("a", { ...metric(60), expression: "", label: "", period: 0, account_id: "" }),
    query("e", { expression: "a * 2", metric: [], label: "", period: 0, account_id: "", return_data: true }),
  ];
  const empty = { dimensions: {}, metric_name: "", namespace: "", period: 0, statistic: "", extended_statistic: "" };
  const [alarm] = read(plan({ ...notGiven, ...empty, metric_query: queries })) as [MetricAlarm];
  expect(alarm).toMatchObject({ compared: "e", periodSeconds: 60, datapointsToAlarm: 3 });
  expect([...alarm.queries.values()]).toEqual([
    { metric: { namespace: "N", name: "m", dimensions: {}, periodSeconds: 60, statistic: "Sum" } },
    { expression: "a * 2" },
  ]);
});

it("keeps a threshold of 0, which somebody gave", () => {
  expect(read(plan({ ...notGiven, threshold: 0 }))).toMatchObject([{ threshold: 0 }]);
});

it("reads an empty treatment of missing data as the default", () => {
  expect(read(plan({ treat_missing_data: "" }))).toMatchObject([{ treatMissingData: "missing" }]);
});

describe("actions that are known after the apply", () => {
  const topic = { alarm_actions: { references: ["aws_sns_topic.page.arn", "aws_sns_topic.page"] } };
  const inModule = (expressions: object) => ({
    configuration: {
      root_module: { module_calls: { alarms: { module: { resources: [{ address, expressions }] } } } },
    },
  });
  const moved = (content: ReturnType<typeof plan>) =>
    JSON.parse(JSON.stringify(content).replaceAll(`"address":"${address}"`, `"address":"module.alarms[0].${address}"`));
  const later = (more: object, unknown: object) => moved(plan(more, unknown));

  it.each([
    ["of a set", { alarm_actions: undefined }, { alarm_actions: true }],
    ["of a list", { alarm_actions: [null] }, { alarm_actions: [true] }],
  ])("are told as such, %s", (_, more, unknown) => {
    expect(read(later(more, unknown))[0]?.actions.ALARM).toEqual(["(known after apply)"]);
  });

  it("name what the configuration refers to", () => {
    const content = { ...later({ alarm_actions: undefined }, { alarm_actions: true }), ...inModule(topic) };
    expect(read(content)[0]?.actions.ALARM).toEqual(["(known after apply, from module.alarms.aws_sns_topic.page)"]);
  });

  it("keep those that are known beside them", () => {
    const content = later({ alarm_actions: ["arn:aws:sns:us-east-1:1:page", null] }, { alarm_actions: [false, true] });
    expect(read(content)[0]?.actions.ALARM).toEqual(["arn:aws:sns:us-east-1:1:page", "(known after apply)"]);
  });

  it("are those of a composite alarm and of other states, too", () => {
    const composite = "aws_cloudwatch_composite_alarm.c";
    const content = plan({ ok_actions: undefined }, { ok_actions: true });
    const rule = { alarm_name: "c", alarm_rule: 'ALARM("errors")', actions_suppressor: [] };
    content.planned_values.root_module.child_modules.push({
      resources: [{ address: composite, type: "aws_cloudwatch_composite_alarm", values: rule as never }],
    });
    content.resource_changes.push({ address: composite, change: { after_unknown: { alarm_actions: true } } });
    expect(read(content).map(({ actions }) => actions)).toMatchObject([
      { OK: ["(known after apply)"] },
      { ALARM: ["(known after apply)"], OK: [] },
    ]);
  });

  it("are none where the alarm's actions are off", () => {
    expect(read(later({ actions_enabled: false }, { alarm_actions: true }))[0]?.actions.ALARM).toEqual([]);
  });
});

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
  expect(() => read(alone)).toThrow("Alarm c: it depends on gone, which no file defines.");
});

it("names a file that is something else", () => {
  expect(() => read({ version: 4 })).toThrow(
    "file 0 is none of these: a plan or state (terraform show -json), terraform.tfstate, cdk.tf.json",
  );
});

it("shows dimensions of later as such", () => {
  const content = {
    ...plan({ dimensions: {} }, { dimensions: { LoadBalancer: true } }),
    configuration: {
      root_module: {
        resources: [
          { address, expressions: { dimensions: { references: ["aws_lb.public.arn_suffix", "aws_lb.public"] } } },
        ],
      },
    },
  };
  const [alarm] = read(content) as [MetricAlarm];
  expect(alarm.queries.get("m")).toMatchObject({
    metric: { dimensions: { LoadBalancer: "(known after apply, from aws_lb.public)" } },
  });
});

it("resolves a metric's name that is the id of a filter with a name", () => {
  const filter = "aws_cloudwatch_log_metric_filter.changes";
  const content = {
    ...plan({ metric_name: undefined }, { metric_name: true }),
    configuration: {
      root_module: {
        resources: [
          { address, expressions: { metric_name: { references: [`${filter}[0].id`, `${filter}[0]`, filter] } } },
        ],
      },
    },
  };
  content.planned_values.root_module.child_modules.push({
    resources: [
      { address: `${filter}[0]`, type: "aws_cloudwatch_log_metric_filter", values: { name: "Changes" } as never },
    ],
  });
  const [alarm] = read(content) as [MetricAlarm];
  expect(alarm.queries.get("m")).toMatchObject({ metric: { name: "Changes" } });
});
