import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./app-env";
import { problem } from "./problem";

/** Path and query. The longest that the routes' schemas allow has less than half of it; the gateway takes no more either. */
const longestAddress = 8000;

/** Path and query of a request, as they came. */
export function addressOf({ url }: Request): string {
  return url.slice(url.indexOf("/", url.indexOf("//") + 2));
}

/** Whether a body comes with it. */
export function hasBody({ headers }: Request): boolean {
  return headers.get("transfer-encoding") !== null || Number(headers.get("content-length") ?? 0) > 0;
}

/** Refuses what no route takes: a long address, and a body. */
export const requestLimits: MiddlewareHandler<AppEnv> = async (context, next) => {
  const { length } = addressOf(context.req.raw);
  if (length > longestAddress) {
    return problem(context, 414, {
      detail: `The address has ${length} characters; at most ${longestAddress} are taken`,
    });
  }
  if (hasBody(context.req.raw)) return problem(context, 413, { detail: "No route takes a body" });
  await next();
  return undefined;
};
