import { randomUUID } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { Log } from "./log";

const acceptable = /^[A-Za-z0-9_-]{8,128}$/;

export interface RequestVariables {
  Variables: { requestId: string };
}

/** One line a request, with the caller's id where it sent a good one; the answer carries the id too. */
export function requestLog(log: Log): MiddlewareHandler<RequestVariables> {
  return async (context, next) => {
    const startedAt = performance.now();
    const given = context.req.header("x-request-id") ?? "";
    const requestId = acceptable.test(given) ? given : randomUUID();
    context.set("requestId", requestId);
    context.header("x-request-id", requestId);
    // Unless a route says otherwise.
    context.header("cache-control", "no-store");
    await next();
    log.info({
      request_id: requestId,
      method: context.req.method,
      path: context.req.path,
      status: context.res.status,
      duration_ms: Math.round((performance.now() - startedAt) * 10) / 10,
    });
  };
}
