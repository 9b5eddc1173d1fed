import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  type PutCompositeAlarmCommandInput,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { Measured } from "../measured";
import { type Probe, seen } from "../probe";
import type { ProbeContext } from "../probe-context";
import { subscribed } from "../topic";

const service = "CloudWatch alarms";
/** An alarm of ours rings within a minute after the one that it looks at, unless the machine is busy. */
const toEvaluate = 5;

type State = "OK" | "ALARM" | "INSUFFICIENT_DATA";

async function putAlarm(context: ProbeContext, settings: Partial<PutMetricAlarmCommandInput> = {}): Promise<string> {
  const cloudWatch = context.client(CloudWatchClient);
  const AlarmName = settings.AlarmName ?? context.name;
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      ...{ AlarmName, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "GreaterThanOrEqualToThreshold" },
      ...(settings.Metrics
        ? {}
        : ({ Namespace: "probe", MetricName: context.name, Statistic: "Sum", Period: 60 } as const)),
      ...settings,
    }),
  );
  context.afterwards(() => cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })));
  return AlarmName;
}

async function putComposite(
  context: ProbeContext,
  settings: Omit<PutCompositeAlarmCommandInput, "AlarmName">,
): Promise<string> {
  const cloudWatch = context.client(CloudWatchClient);
  const AlarmName = `${context.name}-composite`;
  await cloudWatch.send(new PutCompositeAlarmCommand({ AlarmName, ...settings }));
  context.afterwards(() => cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })));
  return AlarmName;
}

async function stateOf(context: ProbeContext, AlarmName: string): Promise<string | undefined> {
  const AlarmTypes = ["MetricAlarm" as const, "CompositeAlarm" as const];
  const command = new DescribeAlarmsCommand({ AlarmNames: [AlarmName], AlarmTypes });
  const { MetricAlarms = [], CompositeAlarms = [] } = await context.client(CloudWatchClient).send(command);
  return [...MetricAlarms, ...CompositeAlarms][0]?.StateValue;
}

async function becomes(
  context: ProbeContext,
  alarm: string,
  state: State,
  seconds = context.minutes(toEvaluate),
): Promise<boolean> {
  return context.within(seconds, async () => (await stateOf(context, alarm)) === state);
}

/** A child that stays as it is set. */
async function settable(
  context: ProbeContext,
  suffix: string,
): Promise<{ name: string; set: (state: State) => Promise<unknown> }> {
  const name = await putAlarm(context, { AlarmName: `${context.name}-${suffix}`, TreatMissingData: "ignore" });
  const set = (StateValue: State) =>
    context
      .client(CloudWatchClient)
      .send(new SetAlarmStateCommand({ AlarmName: name, StateValue, StateReason: "probe" }));
  return { name, set };
}

const rings = (alarm: string) => (text: string) => text.includes(alarm) && /NewStateValue\W+ALARM/.test(text);

export const alarmProbes = [
  {
    id: "alarm-evaluation",
    service,
    capability: "An alarm rings when its metric breaches the threshold, and is OK again afterwards.",
    run: async (context) => {
      const metric = await Measured.create(context);
      const alarm = await putAlarm(context, { TreatMissingData: "notBreaching" });
      await metric.add();
      if (!(await becomes(context, alarm, "ALARM"))) return "stored";
      return seen(await becomes(context, alarm, "OK", context.minutes(8)));
    },
  },
  {
    id: "alarm-m-of-n",
    service,
    capability: "An alarm rings when M of its last N minutes breach, and not before.",
    run: async (context) => {
      const metric = await Measured.create(context);
      const counts = { EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissingData: "notBreaching" };
      const alarm = await putAlarm(context, counts);
      await metric.add();
      if (await becomes(context, alarm, "ALARM", context.minutes(3))) return "stored";
      return seen(
        await context.within(context.minutes(8), async () => {
          await metric.add();
          return (await stateOf(context, alarm)) === "ALARM";
        }),
      );
    },
  },
  {
    id: "alarm-missing-data",
    service,
    capability: "Missing data is treated as the alarm says: as good, or as bad.",
    run: async (context) => {
      const good = await putAlarm(context, { AlarmName: `${context.name}-good`, TreatMissingData: "notBreaching" });
      const bad = await putAlarm(context, { AlarmName: `${context.name}-bad`, TreatMissingData: "breaching" });
      return seen((await becomes(context, good, "OK")) && (await becomes(context, bad, "ALARM")));
    },
  },
  {
    id: "alarm-metric-math",
    service,
    capability: "An alarm may look at an expression over several metrics.",
    run: async (context) => {
      const metric = await Measured.create(context);
      const MetricStat = { Metric: { Namespace: "probe", MetricName: context.name }, Period: 60, Stat: "Sum" };
      const alarm = await putAlarm(context, {
        Threshold: 50,
        Metrics: [
          { Id: "m", MetricStat, ReturnData: false },
          { Id: "e", Expression: "m * 100", ReturnData: true },
        ],
      });
      await metric.add();
      return seen(await becomes(context, alarm, "ALARM"));
    },
  },
  {
    id: "alarm-custom-metrics",
    service,
    capability: "An alarm looks at metrics that an application puts itself.",
    note: "Alarms on PutMetricData stay silent here: ours look at what load balancers, services, tasks and log lines report.",
    run: async (context) => {
      const alarm = await putAlarm(context);
      await Measured.put(context);
      return seen(await becomes(context, alarm, "ALARM"));
    },
  },
  {
    id: "alarm-composite",
    service,
    capability: "A composite alarm follows the alarms that its rule names.",
    run: async (context) => {
      const { name, set } = await settable(context, "child");
      await set("OK");
      const composite = await putComposite(context, { AlarmRule: `ALARM("${name}")` });
      await set("ALARM");
      if (!(await becomes(context, composite, "ALARM"))) return "stored";
      await set("OK");
      return seen(await becomes(context, composite, "OK"));
    },
  },
  {
    id: "alarm-suppressor",
    service,
    capability: "A composite alarm tells nobody while its suppressor rings.",
    run: async (context) => {
      const { topic, queue } = await subscribed(context);
      const child = await settable(context, "child");
      const suppressor = await settable(context, "suppressor");
      await child.set("OK");
      await suppressor.set("ALARM");
      const composite = await putComposite(context, {
        ...{ AlarmRule: `ALARM("${child.name}")`, AlarmActions: [topic] },
        ...{
          ActionsSuppressor: suppressor.name,
          ActionsSuppressorWaitPeriod: 60,
          ActionsSuppressorExtensionPeriod: 60,
        },
      });
      await child.set("ALARM");
      if (!(await becomes(context, composite, "ALARM"))) return "stored";
      if (await queue.receives(context.minutes(2), rings(composite))) return "stored";
      await suppressor.set("OK");
      return seen(await queue.receives(context.minutes(6), rings(composite)));
    },
  },
  {
    id: "alarm-sns-action",
    service,
    capability: "An alarm that rings tells its SNS topic.",
    run: async (context) => {
      const { topic, queue } = await subscribed(context);
      const AlarmName = await putAlarm(context, { AlarmActions: [topic], TreatMissingData: "ignore" });
      const ring = { AlarmName, StateValue: "ALARM", StateReason: "probe" } as const;
      await context.client(CloudWatchClient).send(new SetAlarmStateCommand(ring));
      return seen(await queue.receives(15, rings(AlarmName)));
    },
  },
] as const satisfies readonly Probe[];
