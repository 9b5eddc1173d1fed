import { Agent, request } from "node:http";

export interface TrafficOptions {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly perSecond: number;
  /** A connection that is used again and again, or a new one for each request. */
  readonly connections: "kept" | "new";
  /** It ends by itself after so many, stopped or not. */
  readonly maximumRequests: number;
  readonly maximumSeconds: number;
}

/** What became of the requests that were made in one second. */
export interface Second {
  /** Since the start. */
  readonly second: number;
  answered: number;
  failed: number;
  slowestMilliseconds: number;
}

export interface TrafficReport {
  readonly requests: number;
  readonly failed: number;
  /** Whether it ended by itself, before it was stopped. */
  readonly isCutShort: boolean;
  /** How often each failure was seen: a status, or an error of the connection. */
  readonly failures: Readonly<Record<string, number>>;
  readonly seconds: readonly Second[];
}

const timeoutMilliseconds = 10_000;
/** Nobody waits for more answers than this at once. */
const maximumOpen = 200;

/** Clients of the dashboard that ask for one page, steadily. Every answer that is not 2xx or 3xx, and every lost connection, is a failure. */
export class Traffic {
  private readonly begun = Date.now();
  private readonly seconds: Second[] = [];
  private readonly failures: Record<string, number> = {};
  private readonly agent: Agent;
  private readonly timer: NodeJS.Timeout;
  private readonly open = new Set<Promise<void>>();
  private asked = 0;
  private isCutShort = false;

  constructor(private readonly options: TrafficOptions) {
    this.agent = new Agent({ keepAlive: options.connections === "kept" });
    this.timer = setInterval(() => this.ask(), 1000 / options.perSecond);
  }

  /** Ends when every request has its answer. */
  async stop(): Promise<TrafficReport> {
    clearInterval(this.timer);
    await Promise.all(this.open);
    this.agent.destroy();
    const { requests, failed, isCutShort, failures, seconds } = this;
    return { requests, failed, isCutShort, failures, seconds };
  }

  /** So far; those that wait for an answer do not count. */
  get requests(): number {
    return this.seconds.reduce((sum, { answered, failed }) => sum + answered + failed, 0);
  }

  /** So far. */
  get failed(): number {
    return this.seconds.reduce((sum, second) => sum + second.failed, 0);
  }

  private ask(): void {
    const { maximumRequests, maximumSeconds } = this.options;
    if (this.asked >= maximumRequests || Date.now() - this.begun > maximumSeconds * 1000) {
      this.isCutShort = true;
      clearInterval(this.timer);
    } else if (this.open.size < maximumOpen) {
      this.asked++;
      const answer = this.answer().finally(() => this.open.delete(answer));
      this.open.add(answer);
    }
  }

  private async answer(): Promise<void> {
    const begun = Date.now();
    const second = this.second();
    const failure = await this.failureOf();
    second.slowestMilliseconds = Math.max(second.slowestMilliseconds, Date.now() - begun);
    if (failure === undefined) {
      second.answered++;
      return;
    }
    second.failed++;
    this.failures[failure] = (this.failures[failure] ?? 0) + 1;
  }

  private failureOf(): Promise<string | undefined> {
    const { url, headers = {} } = this.options;
    return new Promise((resolve) => {
      const sent = request(url, { agent: this.agent, headers, timeout: timeoutMilliseconds }, (answer) => {
        const { statusCode: status = 0 } = answer;
        answer.on("end", () => resolve(status < 400 ? undefined : `status ${status}`));
        answer.on("error", (error) => resolve(`half an answer: ${error.message}`));
        answer.resume();
      });
      sent.on("timeout", () => sent.destroy(new Error(`no answer within ${timeoutMilliseconds / 1000} s`)));
      sent.on("error", (error) => resolve(error.message));
      sent.end();
    });
  }

  private second(): Second {
    const index = Math.floor((Date.now() - this.begun) / 1000);
    for (let second = this.seconds.length; second <= index; second++)
      this.seconds.push({ second, answered: 0, failed: 0, slowestMilliseconds: 0 });
    return this.seconds[index] as Second;
  }
}
