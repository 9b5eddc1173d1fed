import type { Context } from "hono";
import type { ZodError } from "zod";

/** An error as RFC 9457 describes it. */
export function problem(context: Context, status: 400 | 404 | 500, title: string, detail?: string): Response {
  const body = { type: "about:blank", title, status, ...(detail !== undefined && { detail }) };
  return context.body(JSON.stringify(body), status, { "content-type": "application/problem+json" });
}

/** Answers a request that does not fit its route's schema: the parameter, and what is allowed. */
export function rejectInvalid(
  result: { success: true } | { success: false; error: ZodError },
  context: Context,
): Response | undefined {
  if (result.success) return undefined;
  const detail = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  return problem(context, 400, "Invalid request", detail);
}
