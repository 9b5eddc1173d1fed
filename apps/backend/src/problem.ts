import { STATUS_CODES } from "node:http";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ZodError } from "zod";

/** What a problem may have besides type, title and status. */
export interface ProblemMembers {
  readonly detail?: string;
  /** Each wrong parameter, and what it must be. */
  readonly errors?: readonly { readonly parameter: string; readonly detail: string }[];
  readonly [extension: string]: unknown;
}

/** An error as RFC 9457 describes it; the title is the status's own, as the type `about:blank` wants it. */
export function problem(context: Context, status: ContentfulStatusCode, members: ProblemMembers = {}): Response {
  const requestId = context.get("requestId") as string | undefined;
  const body = { type: "about:blank", title: STATUS_CODES[status], status, ...members, requestId };
  return context.body(JSON.stringify(body), status, { "content-type": "application/problem+json" });
}

/** Answers a request that does not fit its route's schema: the parameters, and what is allowed. */
export function rejectInvalid(
  result: { success: true } | { success: false; error: ZodError },
  context: Context,
): Response | undefined {
  if (result.success) return undefined;
  const errors = result.error.issues.map((issue) => ({
    parameter: issue.code === "unrecognized_keys" ? issue.keys.join(", ") : issue.path.join("."),
    detail: issue.message,
  }));
  return problem(context, 400, {
    detail: errors.map(({ parameter, detail }) => `${parameter}: ${detail}`).join("; "),
    errors,
  });
}
