import { type NextRequest, NextResponse } from "next/server";
import { log } from "./lib/log";

/** Logs each page request once, and gives those that did not come through the gateway a request id. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  const requestId = headers.get("x-request-id") || crypto.randomUUID();
  headers.set("x-request-id", requestId);
  log({ level: "info", request_id: requestId, method: request.method, path: request.nextUrl.pathname });
  return NextResponse.next({ request: { headers } });
}

export const config = {
  matcher: ["/((?!_next/|healthz$|favicon\\.ico$|icon\\.svg$).*)"],
};
