import { randomUUID } from "node:crypto";
import { getPath } from "hono/utils/url";
import type { Handler } from "./app-env";
import type { Log } from "./log";

const acceptable = /^[A-Za-z0-9_-]{8,128}$/;

/** Middleware: one line a request, under the caller's id where it sent a good one. */
export function requestLog(log: Log, handler: Handler): (request: Request) => ReturnType<Handler> {
  return (request) => {
    const startedAt = performance.now();
    const given = request.headers.get("x-request-id") ?? "";
    const requestId = acceptable.test(given) ? given : randomUUID();
    const logged = (response: Response) => {
      log.info({
        request_id: requestId,
        method: request.method,
        path: getPath(request),
        status: response.status,
        duration_ms: Math.round((performance.now() - startedAt) * 10) / 10,
      });
      return response;
    };
    const response = handler(request, { requestId });
    return "then" in response ? response.then(logged) : logged(response);
  };
}
