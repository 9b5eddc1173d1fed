import type { MetricAlarm, State } from "./alarm";
import { evaluate, evaluationRange } from "./evaluate";
import { compile, type Formula } from "./metric-math";
import type { Series, SeriesSet } from "./series";

/** A metric alarm over the series that it reads. */
export class MetricEvaluation {
  private readonly series = new Map<string, Series | null>();
  private readonly formulas = new Map<string, Formula>();

  constructor(
    readonly alarm: MetricAlarm,
    series: SeriesSet,
  ) {
    for (const [id, query] of alarm.queries) {
      if ("metric" in query) this.series.set(id, series.find(query.metric));
      else this.formulas.set(id, compile(query.expression));
    }
  }

  /** Each minute; each hour when the window is longer than a day. */
  isDue(minute: number): boolean {
    return this.alarm.periodMinutes * this.alarm.evaluationPeriods <= 24 * 60 || minute % 60 === 0;
  }

  state(end: number, current: State): State {
    const { periodMinutes } = this.alarm;
    const datapoints = Array.from({ length: evaluationRange(this.alarm) }, (_, age) =>
      this.compared(end - age * periodMinutes),
    );
    return evaluate(this.alarm, datapoints, current);
  }

  /** What is compared with the threshold, of the period up to this minute; null without data. */
  compared(end: number): number | null {
    return this.value(this.alarm.compared, end);
  }

  private value(id: string, end: number): number | null {
    const query = this.alarm.queries.get(id);
    if (query && "metric" in query) {
      return this.series.get(id)?.statistic(query.metric.statistic, end - this.alarm.periodMinutes, end) ?? null;
    }
    return this.formulas.get(id)?.((other) => this.value(other, end)) ?? null;
  }
}
