/** A request as its load balancer saw it end. */
export interface FinishedRequest {
  readonly loadBalancerArn: string;
  /** Of the target that was chosen; null where there was none to choose. */
  readonly targetGroupArn: string | null;
  readonly status: number;
  /** How long the target took until it began to answer; null where the load balancer answered in its place. */
  readonly targetSeconds: number | null;
}

/** While nobody takes them, the newest are kept. */
const maximumKept = 100_000;

/** Finished requests, on their way to where metrics are made of them. */
export class Report {
  private finished: FinishedRequest[] = [];

  constructor(private readonly url: string) {}

  add(request: FinishedRequest): void {
    this.finished.push(request);
  }

  async send(): Promise<void> {
    if (this.finished.length === 0) return;
    const batch = this.finished;
    this.finished = [];
    try {
      const { ok, status } = await fetch(this.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(batch),
        signal: AbortSignal.timeout(5000),
      });
      if (!ok) throw new Error(`${this.url} answered ${status}`);
    } catch (error) {
      this.finished = [...batch, ...this.finished].slice(-maximumKept);
      throw error;
    }
  }
}
