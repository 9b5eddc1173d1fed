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
import { subscribed } from "../topic";
import type { World } from "../world";

const service = "CloudWatch alarms";
/** An alarm of ours rings within a minute after the one that it looks at, unless the machine is busy. */
const toEvaluate = 5;

type State = "OK" | "ALARM" | "INSUFFICIENT_DATA";

async function putAlarm(world: World, settings: Partial<PutMetricAlarmCommandInput> = {}): Promise<string> {
  const cloudWatch = world.client(CloudWatchClient);
  const AlarmName = settings.AlarmName ?? world.name;
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      ...{ AlarmName, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "GreaterThanOrEqualToThreshold" },
      ...(settings.Metrics
        ? {}
        : ({ Namespace: "probe", MetricName: world.name, Statistic: "Sum", Period: 60 } as const)),
      ...settings,
    }),
  );
  world.afterwards(() => cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })));
  return AlarmName;
}

async function putComposite(world: World, settings: Omit<PutCompositeAlarmCommandInput, "AlarmName">): Promise<string> {
  const cloudWatch = world.client(CloudWatchClient);
  const AlarmName = `${world.name}-composite`;
  await cloudWatch.send(new PutCompositeAlarmCommand({ AlarmName, ...settings }));
  world.afterwards(() => cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })));
  return AlarmName;
}

async function stateOf(world: World, AlarmName: string): Promise<string | undefined> {
  const AlarmTypes = ["MetricAlarm" as const, "CompositeAlarm" as const];
  const command = new DescribeAlarmsCommand({ AlarmNames: [AlarmName], AlarmTypes });
  const { MetricAlarms = [], CompositeAlarms = [] } = await world.client(CloudWatchClient).send(command);
  return [...MetricAlarms, ...CompositeAlarms][0]?.StateValue;
}

async function becomes(
  world: World,
  alarm: string,
  state: State,
  seconds = world.minutes(toEvaluate),
): Promise<boolean> {
  return world.within(seconds, async () => (await stateOf(world, alarm)) === state);
}

/** A child that stays as it is set. */
async function settable(
  world: World,
  suffix: string,
): Promise<{ name: string; set: (state: State) => Promise<unknown> }> {
  const name = await putAlarm(world, { AlarmName: `${world.name}-${suffix}`, TreatMissingData: "ignore" });
  const set = (StateValue: State) =>
    world
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
    run: async (world) => {
      const metric = await Measured.create(world);
      const alarm = await putAlarm(world, { TreatMissingData: "notBreaching" });
      await metric.add();
      if (!(await becomes(world, alarm, "ALARM"))) return "stored";
      return seen(await becomes(world, alarm, "OK", world.minutes(8)));
    },
  },
  {
    id: "alarm-m-of-n",
    service,
    capability: "An alarm rings when M of its last N minutes breach, and not before.",
    run: async (world) => {
      const metric = await Measured.create(world);
      const counts = { EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissingData: "notBreaching" };
      const alarm = await putAlarm(world, counts);
      await metric.add();
      if (await becomes(world, alarm, "ALARM", world.minutes(3))) return "stored";
      return seen(
        await world.within(world.minutes(8), async () => {
          await metric.add();
          return (await stateOf(world, alarm)) === "ALARM";
        }),
      );
    },
  },
  {
    id: "alarm-missing-data",
    service,
    capability: "Missing data is treated as the alarm says: as good, or as bad.",
    run: async (world) => {
      const good = await putAlarm(world, { AlarmName: `${world.name}-good`, TreatMissingData: "notBreaching" });
      const bad = await putAlarm(world, { AlarmName: `${world.name}-bad`, TreatMissingData: "breaching" });
      return seen((await becomes(world, good, "OK")) && (await becomes(world, bad, "ALARM")));
    },
  },
  {
    id: "alarm-metric-math",
    service,
    capability: "An alarm may look at an expression over several metrics.",
    run: async (world) => {
      const metric = await Measured.create(world);
      const MetricStat = { Metric: { Namespace: "probe", MetricName: world.name }, Period: 60, Stat: "Sum" };
      const alarm = await putAlarm(world, {
        Threshold: 50,
        Metrics: [
          { Id: "m", MetricStat, ReturnData: false },
          { Id: "e", Expression: "m * 100", ReturnData: true },
        ],
      });
      await metric.add();
      return seen(await becomes(world, alarm, "ALARM"));
    },
  },
  {
    id: "alarm-custom-metrics",
    service,
    capability: "An alarm looks at metrics that an application puts itself.",
    note: "Alarms on PutMetricData stay silent here: ours look at what load balancers, services, tasks and log lines report.",
    run: async (world) => {
      const alarm = await putAlarm(world);
      await Measured.put(world);
      return seen(await becomes(world, alarm, "ALARM"));
    },
  },
  {
    id: "alarm-composite",
    service,
    capability: "A composite alarm follows the alarms that its rule names.",
    run: async (world) => {
      const { name, set } = await settable(world, "child");
      await set("OK");
      const composite = await putComposite(world, { AlarmRule: `ALARM("${name}")` });
      await set("ALARM");
      if (!(await becomes(world, composite, "ALARM"))) return "stored";
      await set("OK");
      return seen(await becomes(world, composite, "OK"));
    },
  },
  {
    id: "alarm-suppressor",
    service,
    capability: "A composite alarm tells nobody while its suppressor rings.",
    run: async (world) => {
      const { topic, queue } = await subscribed(world);
      const child = await settable(world, "child");
      const suppressor = await settable(world, "suppressor");
      await child.set("OK");
      await suppressor.set("ALARM");
      const composite = await putComposite(world, {
        ...{ AlarmRule: `ALARM("${child.name}")`, AlarmActions: [topic] },
        ...{
          ActionsSuppressor: suppressor.name,
          ActionsSuppressorWaitPeriod: 60,
          ActionsSuppressorExtensionPeriod: 60,
        },
      });
      await child.set("ALARM");
      if (!(await becomes(world, composite, "ALARM"))) return "stored";
      if (await queue.receives(world.minutes(2), rings(composite))) return "stored";
      await suppressor.set("OK");
      return seen(await queue.receives(world.minutes(6), rings(composite)));
    },
  },
  {
    id: "alarm-sns-action",
    service,
    capability: "An alarm that rings tells its SNS topic.",
    run: async (world) => {
      const { topic, queue } = await subscribed(world);
      const AlarmName = await putAlarm(world, { AlarmActions: [topic], TreatMissingData: "ignore" });
      const ring = { AlarmName, StateValue: "ALARM", StateReason: "probe" } as const;
      await world.client(CloudWatchClient).send(new SetAlarmStateCommand(ring));
      return seen(await queue.receives(15, rings(AlarmName)));
    },
  },
] as const satisfies readonly Probe[];
