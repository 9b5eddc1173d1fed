import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

// Next.js bundles this file once for pages and once for `instrumentation.ts`; what both share is on `globalThis`.
const key = Symbol.for("portfolio-dashboard.response");
const shared = globalThis as { [key]?: AsyncLocalStorage<ServerResponse> };

/** Makes the response of each request reachable while it is rendered: a page of Next.js's app router has no way to its status. Call it once, at the start. */
export function keepResponses(): void {
  const storage = new AsyncLocalStorage<ServerResponse>();
  shared[key] = storage;
  // https://nodejs.org/api/diagnostics_channel.html#built-in-channels
  subscribe("http.server.request.start", (message) => {
    storage.enterWith((message as { response: ServerResponse }).response);
  });
}

/** The page that is being rendered is answered with 503, and whoever asked may come again after so many seconds. */
export function answerUnavailable(retryAfterSeconds: number): void {
  const response = shared[key]?.getStore();
  if (!response || response.headersSent) return;
  response.statusCode = 503;
  response.setHeader("retry-after", String(retryAfterSeconds));
}
