import { STATUS_CODES } from "node:http";
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ZodError } from "zod";
import type { AppEnv } from "./app-env";

/** An error as RFC 9457 describes it. */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: "about:blank" }),
    title: z.string().openapi({ description: "The status in words", example: "Bad Request" }),
    status: z.int().min(400).max(599),
    detail: z.string().optional(),
    requestId: z.string().optional().openapi({ description: "Finds the request in the logs" }),
    errors: z
      .array(z.object({ parameter: z.string(), detail: z.string() }))
      .readonly()
      .optional()
      .openapi({ description: "Each wrong parameter" }),
    checks: z
      .array(z.object({ id: z.string(), ok: z.boolean(), detail: z.string() }))
      .readonly()
      .optional()
      .openapi({ description: "Of /api/ready" }),
  })
  .openapi("Problem");

type Problem = z.infer<typeof problemSchema>;

/** Answers a problem; the title is the status's own, as the type `about:blank` wants it. */
export function problem<Status extends ContentfulStatusCode>(
  context: Context<AppEnv>,
  status: Status,
  members: Pick<Problem, "detail" | "errors" | "checks"> = {},
) {
  const title = STATUS_CODES[status] ?? "";
  const body: Problem = { type: "about:blank", title, status, ...members, requestId: context.env.requestId };
  return context.json(body, status, { "Content-Type": "application/problem+json" });
}

/** Answers a request that does not fit its route's schema: the parameters, and what is allowed. */
export function rejectInvalid(
  result: { success: true } | { success: false; error: ZodError },
  context: Context<AppEnv>,
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
