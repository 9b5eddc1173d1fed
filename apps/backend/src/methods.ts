import type { Hono } from "hono";
import type { AppEnv } from "./app-env";

/** What a path may be asked by; nothing when there is no such path. */
export function methodsOf(app: Hono<AppEnv>, path: string): string[] {
  const [found] = app.router.match("GET", path);
  // Middleware matches every path; a route says its method.
  const isRoute = found.some(([[, { method }]]) => method === "GET");
  return isRoute ? ["GET", "HEAD"] : [];
}
