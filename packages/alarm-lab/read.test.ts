import type { MetricAlarm } from "./alarm";
import { readAlarms, readEveryAlarm } from "./read";

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
const files = (contents: object[]) => new Map(contents.map((each, index) => [`file ${index}`, each]));
const read = (...contents: object[]) => readEveryAlarm(files(contents));

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

/** What the provider writes into the state for each argument that nobody gave. */
const notGiven = {
  datapoints_to_alarm: 0,
  evaluate_low_sample_count_percentiles: "",
  extended_statistic: "",
  insufficient_data_actions: [],
  metric_query: [],
  ok_actions: [],
  threshold_metric_id: "",
  unit: "",
};

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

const query = (id: string, more: object) => ({ id, return_data: false, ...more });
const metric = (period: number) => ({ metric: [{ namespace: "N", metric_name: "m", period, stat: "Sum" }] });
const math = (...metric_query: object[]) => plan({ metric_name: null, metric_query });

it.each([
  [
    "an unknown comparison",
    plan({ comparison_operator: "Outside" }),
    /Alarm errors: comparison_operator is Outside; there are GreaterThan/,
  ],
  ["no threshold", plan({ threshold: null }), /Alarm errors: it has no threshold/],
  ["too many datapoints", plan({ datapoints_to_alarm: 4 }), /Alarm errors: datapoints_to_alarm is 4, more than the 3/],
  ["seconds", plan({ period: 15 }), /Alarm errors: its period is 15 s; there are 10, 20, 30 and multiples of 60/],
  [
    "too long a window",
    plan({ period: 900, evaluation_periods: 97 }),
    /Alarm errors: it looks back 1455 minutes; CloudWatch allows 1440/,
  ],
  ["dimensions of later", plan({}, { dimensions: true }), /Alarm errors: dimensions is known only after the apply/],
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
    math(query("a", metric(60)), query("e", { expression: "LN(a)", return_data: true })),
    /Alarm errors: .*function LN; there are ABS/,
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
  expect(() => read(alone)).toThrow("Alarm c: it depends on gone, which no file defines.");
});

it("names a file that is something else", () => {
  expect(() => read({ version: 4 })).toThrow(
    "file 0 is none of these: a plan or state (terraform show -json), terraform.tfstate, cdk.tf.json",
  );
});

describe("other formats", () => {
  const resources = [{ address, type, mode: "managed", values }];
  const attributes = { ...values, ...notGiven, id: "errors" };
  const aws = {
    AlarmName: "errors",
    Namespace: "AWS/ApplicationELB",
    MetricName: "HTTPCode_Target_5XX_Count",
    Dimensions: [{ Name: "LoadBalancer", Value: "app/public/1" }],
    Statistic: "Sum",
    Period: 300,
    EvaluationPeriods: 3,
    ComparisonOperator: "GreaterThanThreshold",
    Threshold: 5,
    AlarmActions: ["arn:aws:sns:us-east-1:111111111111:page"],
  };

  it.each([
    ["a state of terraform show -json", { format_version: "1.0", values: { root_module: { resources } } }],
    [
      "terraform.tfstate",
      { version: 4, resources: [{ mode: "managed", type, name: "errors", instances: [{ attributes }] }] },
    ],
    ["describe-alarms", { MetricAlarms: [{ ...aws, StateValue: "OK" }], CompositeAlarms: [] }],
    ["CloudFormation", { Resources: { Errors: { Type: "AWS::CloudWatch::Alarm", Properties: aws } } }],
  ])("%s is read as the plan", (_, content) => {
    const [expected] = read(plan());
    expect(read(content)).toEqual([{ ...expected, address: expect.any(String) }]);
  });

  it("reads references of a template", () => {
    const template = {
      Parameters: { Name: { Type: "String", Default: "errors" } },
      Resources: {
        Balancer: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer" },
        Page: { Type: "AWS::SNS::Topic" },
        Errors: {
          Type: "AWS::CloudWatch::Alarm",
          Properties: {
            ...aws,
            AlarmName: { Ref: "Name" },
            Dimensions: [{ Name: "LoadBalancer", Value: { "Fn::GetAtt": ["Balancer", "LoadBalancerFullName"] } }],
            AlarmActions: [{ Ref: "Page" }, { Ref: "AWS::NoValue" }],
          },
        },
        Service: {
          Type: "AWS::CloudWatch::CompositeAlarm",
          Properties: { AlarmRule: { "Fn::Join": ["", ['ALARM("', { "Fn::GetAtt": ["Errors", "Arn"] }, '")']] } },
        },
        Other: {
          Type: "AWS::CloudWatch::CompositeAlarm",
          Properties: { AlarmName: "other", AlarmRule: { "Fn::Sub": `OK(\${Service}) AND NOT ALARM(\${Errors.Arn})` } },
        },
      },
    };
    const [errors, service, other] = read(template);
    expect(errors).toMatchObject({ name: "errors", actions: { ALARM: [`\${Page}`] } });
    expect((errors as MetricAlarm).queries.get("m")).toMatchObject({
      metric: { dimensions: { LoadBalancer: `\${Balancer.LoadBalancerFullName}` } },
    });
    expect(service).toMatchObject({ name: "Service", rule: 'ALARM("errors")' });
    expect(other).toMatchObject({ rule: "OK(Service) AND NOT ALARM(errors)" });
  });
});

describe("what cannot be read", () => {
  const composites = (rules: Record<string, string>) =>
    stack("s", {
      resource: {
        aws_cloudwatch_composite_alarm: Object.fromEntries(
          Object.entries(rules).map(([name, alarm_rule]) => [name, { alarm_name: name, alarm_rule }]),
        ),
      },
    });
  const reasons = (...contents: object[]) =>
    readAlarms(files(contents)).unreadable.map(({ name, reason }) => `${name}: ${reason}`);

  it("is listed with its reason, and the rest is read", () => {
    const content = plan();
    const odd = { ...values, alarm_name: "odd", threshold: null };
    content.planned_values.root_module.child_modules.push({
      resources: [{ address: `${type}.odd`, type, values: odd as never }],
    });
    const { alarms, unreadable } = readAlarms(files([content]));
    expect(alarms.map(({ name }) => name)).toEqual(["errors"]);
    expect(unreadable).toEqual([
      { name: "odd", address: `${type}.odd`, reason: "it has no threshold, which GreaterThanThreshold needs" },
    ]);
  });

  it.each<[string, object, string]>([
    [
      "a metric's name of later",
      plan({ metric_name: null }, { metric_name: true }),
      "errors: metric_name is known only after the apply",
    ],
    [
      "a query of Metrics Insights",
      math(query("q", { expression: "SELECT AVG(x) FROM y", period: 60, return_data: true })),
      'errors: "SELECT AVG(x) FROM y" is a query of Metrics Insights, which needs the metrics of an account',
    ],
    [
      "a function that there is not",
      composites({ c: 'ALRAM("a")' }),
      'c: Rule ALRAM("a") cannot be read: ALRAM is found where there may be OK, ALARM, INSUFFICIENT_DATA, AT_LEAST, NOT, TRUE, FALSE or (',
    ],
    [
      "a circle",
      composites({ a: "ALARM(b)", b: "ALARM(a)" }),
      "a: it depends on itself: a, b, a; CloudWatch stops evaluating such alarms",
    ],
    [
      "expressions that need each other",
      math(query("a", metric(60)), query("e", { expression: "f", return_data: true }), query("f", { expression: "e" })),
      "errors: its expressions depend on each other: e, f, e",
    ],
    [
      "a result that is a number",
      math(query("a", metric(60)), query("e", { expression: "SUM(a)", return_data: true })),
      "errors: its expression gives a number for the whole range; an alarm compares one time series",
    ],
    [
      "several results",
      math(query("a", metric(60)), query("b", metric(60)), query("e", { expression: "METRICS()", return_data: true })),
      "errors: its expression gives 2 time series; an alarm compares one time series",
    ],
    [
      "wrong arguments",
      math(query("a", metric(60)), query("e", { expression: "FILL(a)", return_data: true })),
      'errors: Metric math "FILL(a)": FILL has too few arguments, 1',
    ],
    ["no metric", plan({ metric_name: null }), "errors: it has neither metric_name nor metric_query"],
    [
      "a window by the wall clock",
      plan({ evaluation_window: { WallClockWindow: { Timezone: "UTC" } } }),
      "errors: its evaluation window follows the wall clock; only sliding windows are evaluated",
    ],
    [
      "an unknown treatment",
      plan({ treat_missing_data: "notbreaching" }),
      "errors: treat_missing_data is notbreaching; there are missing, ignore, breaching, notBreaching",
    ],
  ])("for %s", (_, content, reason) => {
    expect(reasons(content)).toContain(reason);
  });

  it("has a rule of later", () => {
    const content = plan();
    const composite = "aws_cloudwatch_composite_alarm.c";
    content.planned_values.root_module.child_modules.push({
      resources: [{ address: composite, type: "aws_cloudwatch_composite_alarm", values: { alarm_name: "c" } as never }],
    });
    content.resource_changes.push({ address: composite, change: { after_unknown: { alarm_rule: true } } });
    expect(reasons(content)).toEqual([
      "c: alarm_rule is known only after the apply; name alarms by alarm_name instead of arn",
    ]);
  });

  it("has the name of another alarm", () => {
    expect(reasons(plan(), { MetricAlarms: [{ AlarmName: "errors" }] })).toEqual([
      `errors: ${address} has the same name; in AWS the one overwrites the other`,
    ]);
  });

  it("takes those with it that depend on it", () => {
    const { unreadable } = readAlarms(files([plan({ threshold: null }), composites({ c: "ALARM(errors)" })]));
    expect(unreadable.at(-1)).toMatchObject({ name: "c", reason: "it depends on errors, which cannot be read" });
  });
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
