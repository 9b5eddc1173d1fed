import type { MiddlewareHandler } from "hono";
import { problem } from "./problem";

/** Path and query. The longest that the routes' schemas allow has less than half of it; the gateway takes no more either. */
const longestAddress = 8000;

/** Refuses what no route takes: a long address, and a body. */
export const requestLimits: MiddlewareHandler = async (context, next) => {
  const { url, header } = { url: new URL(context.req.url), header: (name: string) => context.req.header(name) };
  const length = url.pathname.length + url.search.length;
  if (length > longestAddress) {
    return problem(context, 414, {
      detail: `The address has ${length} characters; at most ${longestAddress} are taken`,
    });
  }
  if (header("transfer-encoding") !== undefined || Number(header("content-length") ?? 0) > 0) {
    return problem(context, 413, { detail: "No route takes a body" });
  }
  await next();
  return undefined;
};
