import { type NextRequest, NextResponse } from "next/server";
import { log } from "./lib/log";

/** The gateway and the data service take the same ids. */
const acceptable = /^[A-Za-z0-9_-]{8,128}$/;

/** Logs each page request once, and gives those that did not come through the gateway a request id. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  const given = headers.get("x-request-id") ?? "";
  const requestId = acceptable.test(given) ? given : crypto.randomUUID();
  headers.set("x-request-id", requestId);
  log({ level: "info", request_id: requestId, method: request.method, path: request.nextUrl.pathname });
  return NextResponse.next({ request: { headers } });
}

export const config = {
  matcher: ["/((?!_next/|healthz$|favicon\\.ico$|icon\\.svg$).*)"],
};
