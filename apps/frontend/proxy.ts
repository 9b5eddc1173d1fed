import { type NextRequest, NextResponse } from "next/server";
import { log } from "./lib/log";

/** The gateway and the backend take the same ids. */
const acceptable = /^[A-Za-z0-9_-]{8,128}$/;

/** Logs each page request once, and gives those that did not come through the gateway a request id. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  const given = headers.get("x-request-id") ?? "";
  const requestId = acceptable.test(given) ? given : crypto.randomUUID();
  headers.set("x-request-id", requestId);
  log({ level: "info", request_id: requestId, method: request.method, path: request.nextUrl.pathname });
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(freshness())) response.headers.set(name, value);
  return response;
}

/** For the gateway's cache alone, which tells browsers to ask again: fresh to the end of this second, and good for one more while it is rendered anew. */
function freshness(): Record<string, string> {
  return { "x-accel-expires": `@${Math.floor(Date.now() / 1000)}`, "cache-control": "stale-while-revalidate=1" };
}

export const config = {
  matcher: ["/((?!_next/|healthz$|favicon\\.ico$|icon\\.svg$).*)"],
};
