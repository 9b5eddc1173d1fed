import {
  CloudWatchClient,
  type CompositeAlarm,
  DescribeAlarmsCommand,
  type MetricAlarm,
  type StateValue,
} from "@aws-sdk/client-cloudwatch";
import { AlarmEvaluation } from "./alarm-evaluation";
import { Samples } from "./samples";

const errors = { namespace: "test", name: "errors", dimensions: { Service: "backend" } };

const onErrors = (service: string): MetricAlarm => ({
  AlarmName: `${service}-errors`,
  Namespace: "test",
  MetricName: "errors",
  Dimensions: [{ Name: "Service", Value: service }],
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 5,
  ComparisonOperator: "GreaterThanThreshold",
  TreatMissingData: "notBreaching",
});
const page = (service: string, suppressor?: string): CompositeAlarm => ({
  AlarmName: service,
  AlarmRule: `ALARM("${service}-errors")`,
  ...(suppressor && {
    ActionsSuppressor: suppressor,
    ActionsSuppressorWaitPeriod: 60,
    ActionsSuppressorExtensionPeriod: 180,
  }),
});

/** CloudWatch with these alarms, and what it was told to do. */
class Cloud {
  readonly told: string[] = [];
  readonly states = new Map<string, StateValue>();

  constructor(
    private readonly metricAlarms: MetricAlarm[],
    private readonly compositeAlarms: CompositeAlarm[] = [],
  ) {
    for (const { AlarmName = "" } of [...metricAlarms, ...compositeAlarms]) this.states.set(AlarmName, "OK");
    jest
      .spyOn(this.client, "send")
      .mockImplementation((command: { readonly input: object }) =>
        this.answer(command, command.input as Readonly<Record<string, string>>),
      );
  }

  readonly client = new CloudWatchClient({ region: "us-east-1" });

  private async answer(command: object, input: Readonly<Record<string, string>>): Promise<object> {
    if (command instanceof DescribeAlarmsCommand) {
      const now = (alarm: MetricAlarm | CompositeAlarm) => ({
        ...alarm,
        StateValue: this.states.get(alarm.AlarmName ?? ""),
      });
      return { MetricAlarms: this.metricAlarms.map(now), CompositeAlarms: this.compositeAlarms.map(now) };
    }
    const { AlarmName = "", StateValue, StateReasonData } = input;
    this.states.set(AlarmName, StateValue as StateValue);
    this.told.push(`${AlarmName} ${StateValue}${StateReasonData ? " held back" : ""}`);
    return {};
  }

  async minute(evaluation: AlarmEvaluation, samples: Samples, minute: number): Promise<string[]> {
    this.told.length = 0;
    await evaluation.evaluate(samples.before(minute + 1), minute + 1);
    return [...this.told];
  }
}

beforeEach(() => jest.spyOn(console, "log").mockReturnValue());
afterEach(() => jest.restoreAllMocks());

it("rings by the metric's own dimensions, and stops when the minute is quiet", async () => {
  const cloud = new Cloud([onErrors("backend"), onErrors("frontend")], [page("backend")]);
  const evaluation = new AlarmEvaluation(cloud.client);
  const samples = new Samples();
  samples.add(errors, 0, 1, 6);
  expect(await cloud.minute(evaluation, samples, 0)).toEqual(["backend-errors ALARM", "backend ALARM"]);
  expect(await cloud.minute(evaluation, samples, 0)).toEqual([]);
  // A datapoint counts for as long as it is in the evaluation range and nothing newer is there.
  expect(await cloud.minute(evaluation, samples, 2)).toEqual([]);
  expect(await cloud.minute(evaluation, samples, 3)).toEqual(["backend-errors OK", "backend OK"]);
});

it("holds a page back while its suppressor rings, and tells it when it still rings after the extension", async () => {
  const cloud = new Cloud([onErrors("backend"), onErrors("frontend")], [page("frontend", "backend"), page("backend")]);
  const evaluation = new AlarmEvaluation(cloud.client);
  const samples = new Samples();
  for (let minute = 0; minute < 12; minute++) {
    samples.add({ ...errors, dimensions: { Service: "frontend" } }, minute, 1, 6);
    if (minute < 3) samples.add(errors, minute, 1, 6);
  }
  const told: string[][] = [];
  for (let minute = 0; minute < 12; minute++) told.push(await cloud.minute(evaluation, samples, minute));
  expect(told[0]).toEqual([
    "backend-errors ALARM",
    "frontend-errors ALARM",
    "backend ALARM",
    "frontend ALARM held back",
  ]);
  expect(
    told
      .slice(1)
      .map((each, index) => [index + 1, ...each])
      .filter(({ length }) => length > 1),
  ).toEqual([
    [5, "backend-errors OK", "backend OK"],
    [8, "frontend ALARM"],
  ]);
});

it("says once of an alarm that it cannot evaluate it, and evaluates the others", async () => {
  const said = jest.spyOn(console, "error").mockReturnValue();
  const cloud = new Cloud([{ ...onErrors("backend"), Period: 10, AlarmName: "quick" }, onErrors("backend")]);
  const evaluation = new AlarmEvaluation(cloud.client);
  const samples = new Samples();
  samples.add(errors, 0, 1, 6);
  expect(await cloud.minute(evaluation, samples, 0)).toEqual(["backend-errors ALARM"]);
  await cloud.minute(evaluation, samples, 1);
  expect(said.mock.calls).toEqual([
    ["control plane: alarm quick is not evaluated: quick: a period of 10 s is not evaluated, only whole minutes."],
  ]);
});
