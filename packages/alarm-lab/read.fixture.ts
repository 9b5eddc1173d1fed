import { readEveryAlarm } from "./read";

export const values = {
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
export const type = "aws_cloudwatch_metric_alarm";
export const address = `${type}.errors`;
export const plan = (more: object = {}, unknown: object = {}) => ({
  format_version: "1.2",
  planned_values: {
    root_module: { child_modules: [{ resources: [{ address, type, values: { ...values, ...more } }] }] },
  },
  resource_changes: [{ address, change: { after_unknown: unknown } }],
});
export const files = (contents: object[]) => new Map(contents.map((each, index) => [`file ${index}`, each]));
export const read = (...contents: object[]) => readEveryAlarm(files(contents));

/** What the provider writes into the state for each argument that nobody gave. */
export const notGiven = {
  datapoints_to_alarm: 0,
  evaluate_low_sample_count_percentiles: "",
  extended_statistic: "",
  insufficient_data_actions: [],
  metric_query: [],
  ok_actions: [],
  threshold_metric_id: "",
  unit: "",
};

export const query = (id: string, more: object) => ({ id, return_data: false, ...more });
export const metric = (period: number) => ({ metric: [{ namespace: "N", metric_name: "m", period, stat: "Sum" }] });
export const math = (...metric_query: object[]) => plan({ metric_name: null, metric_query });

export const stack = (stackName: string, more: object) => ({
  "//": { metadata: { stackName } },
  terraform: {},
  ...more,
});
