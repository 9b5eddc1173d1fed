/** Counts CloudWatch's minutes. They may be shorter than real ones, so that alarms over minutes ring within seconds. */
export class Clock {
  private readonly start: number;

  constructor(
    private readonly minuteMilliseconds: number,
    private readonly now: () => number = Date.now,
  ) {
    this.start = now();
  }

  minute(): number {
    return Math.floor((this.now() - this.start) / this.minuteMilliseconds);
  }

  millisecondsToNext(): number {
    return this.minuteMilliseconds - ((this.now() - this.start) % this.minuteMilliseconds);
  }
}
