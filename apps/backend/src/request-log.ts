import { randomUUID } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { getPath } from "hono/utils/url";
import type { Log } from "./log";

const acceptable = /^[A-Za-z0-9_-]{8,128}$/;

export interface RequestVariables {
  Variables: { requestId: string };
}

/** A request that gets its line in the log, under the caller's id where it sent a good one. */
export class LoggedRequest {
  readonly id: string;
  private readonly startedAt = performance.now();

  constructor(private readonly request: Request) {
    const given = request.headers.get("x-request-id") ?? "";
    this.id = acceptable.test(given) ? given : randomUUID();
  }

  answered(log: Log, status: number): void {
    log.info({
      request_id: this.id,
      method: this.request.method,
      path: getPath(this.request),
      status,
      duration_ms: Math.round((performance.now() - this.startedAt) * 10) / 10,
    });
  }
}

/** One line a request; the answer carries its id. */
export function requestLog(log: Log): MiddlewareHandler<RequestVariables> {
  return async (context, next) => {
    const logged = new LoggedRequest(context.req.raw);
    context.set("requestId", logged.id);
    context.header("x-request-id", logged.id);
    // Unless a route says otherwise.
    context.header("cache-control", "no-store");
    await next();
    logged.answered(log, context.res.status);
  };
}
