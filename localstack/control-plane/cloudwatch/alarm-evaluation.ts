import { type CloudWatchClient, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { type CompositeAlarm, LabError, type MetricAlarm, type State } from "../../../packages/alarm-lab/alarm";
import { CompositeEvaluation, inOrder } from "../../../packages/alarm-lab/composite-evaluation";
import { MetricEvaluation } from "../../../packages/alarm-lab/metric-evaluation";
import type { SeriesSet } from "../../../packages/alarm-lab/series";
import { asAlarm, describeAlarms, stateOf } from "./described-alarms";
import type { MetricHistory } from "./samples";

interface Change {
  readonly name: string;
  readonly state: State;
  readonly reason: string;
  /** Its actions are held back, until the state is set again. */
  readonly suppressed?: boolean;
}

/** Evaluates the alarms of one account as the alarm lab does, and sets their states: whoever keeps them tells whom they name. */
export class AlarmEvaluation {
  private readonly composites = new Map<string, CompositeEvaluation>();
  /** Alarms that the lab cannot evaluate, which was said once. */
  private readonly unknown = new Set<string>();

  constructor(private readonly client: CloudWatchClient) {}

  async evaluate({ series, end }: MetricHistory, minute: number): Promise<void> {
    const { metricAlarms, compositeAlarms } = await describeAlarms(this.client);
    const states = new Map([...metricAlarms, ...compositeAlarms].map((each) => [each.AlarmName ?? "", stateOf(each)]));
    for (const described of metricAlarms) {
      const alarm = this.known(described.AlarmName, () => asAlarm(described));
      if (alarm?.kind !== "metric") continue;
      const evaluation = this.known(alarm.name, () => evaluationOf(alarm, series));
      if (!evaluation?.isDue(minute * 60)) continue;
      const { name, comparison, threshold } = evaluation.alarm;
      const before = stateOf(described);
      const state = evaluation.state(end * 60, before);
      states.set(name, state);
      if (state === before) continue;
      const value = evaluation.compared(end * 60) ?? "no data";
      await this.set({
        name,
        state,
        reason: `The newest datapoint is ${value}; it rings by ${comparison} ${JSON.stringify(threshold)}.`,
      });
    }
    const known = compositeAlarms.flatMap((each) => {
      const alarm = this.known(each.AlarmName, () => asAlarm(each));
      return alarm?.kind === "composite" ? this.remembered(alarm) : [];
    });
    for (const composite of inOrder(known)) await this.step(composite, minute, states);
  }

  private async step(composite: CompositeEvaluation, minute: number, states: Map<string, State>): Promise<void> {
    const { name, rule } = composite.alarm;
    const before = states.get(name) ?? "INSUFFICIENT_DATA";
    const stateOfOther = (other: string) => states.get(other) ?? "INSUFFICIENT_DATA";
    const { state, actsOn } = composite.step(minute * 60, before, stateOfOther);
    states.set(name, state);
    const reason = (of: State) => `Its rule is ${of === "ALARM"}: ${rule}`;
    for (const each of actsOn) await this.set({ name, state: each, reason: reason(each) });
    if (state !== (actsOn.at(-1) ?? before)) await this.set({ name, state, reason: reason(state), suppressed: true });
  }

  /** One that waits whether it is suppressed goes on waiting, unless it was changed. */
  private remembered(alarm: CompositeAlarm): CompositeEvaluation {
    const known = this.composites.get(alarm.name);
    if (known && JSON.stringify(known.alarm) === JSON.stringify(alarm)) return known;
    const created = new CompositeEvaluation(alarm);
    this.composites.set(alarm.name, created);
    return created;
  }

  private known<Value>(name: string | undefined, read: () => Value): Value | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      if (!this.unknown.has(name ?? ""))
        console.error(`control plane: alarm ${name} is not evaluated: ${error.message}`);
      this.unknown.add(name ?? "");
      return undefined;
    }
  }

  private async set({ name, state, reason, suppressed }: Change): Promise<void> {
    const data = suppressed ? { StateReasonData: JSON.stringify({ actionsSuppressedBy: "Alarm" }) } : {};
    const command = { AlarmName: name, StateValue: state, StateReason: reason, ...data };
    await this.client.send(new SetAlarmStateCommand(command));
    console.log(JSON.stringify({ time: new Date().toISOString(), alarm: name, state, reason, suppressed }));
  }
}

/** Samples are kept by the minute. */
function evaluationOf(alarm: MetricAlarm, series: SeriesSet): MetricEvaluation {
  const { name, periodSeconds } = alarm;
  if (periodSeconds % 60 === 0) return new MetricEvaluation(alarm, series);
  throw new LabError(`${name}: a period of ${periodSeconds} s is not evaluated, only whole minutes.`);
}
