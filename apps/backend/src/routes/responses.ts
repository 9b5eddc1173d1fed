import { z } from "@hono/zod-openapi";
import { problemSchema } from "../problem";

const problemContent = { "application/problem+json": { schema: problemSchema } };

const cacheHeaders = z.object({
  etag: z.string().openapi({ description: "Of the version of the data; weak", example: 'W/"3f2a90c1d7e85b64"' }),
  "cache-control": z.string().openapi({ example: "private, no-cache" }),
});

export const conditionalHeaders = z.object({
  "if-none-match": z
    .string()
    .optional()
    .openapi({ description: "ETags that the caller has an answer of", example: 'W/"3f2a90c1d7e85b64"' }),
});

/** What any route may answer. */
export const refusals = {
  405: { description: "Another method than GET and HEAD", content: problemContent },
  413: { description: "A body came with the request; no route takes one", content: problemContent },
  414: { description: "The address is longer than 8000 characters", content: problemContent },
  500: { description: "The server failed; its log has the reason under the request's id", content: problemContent },
} as const;

export const invalid = { description: "A parameter is wrong; `errors` names each", content: problemContent };
/** Not in the type: the response cache sends it, and where a status has no content, Hono lets a route answer anything. */
export const notModified: Readonly<Record<never, never>> = {
  304: { description: "The caller has this version already", headers: cacheHeaders },
};

export function answered<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, headers: cacheHeaders, content: { "application/json": { schema } } };
}

export function problemResponse(description: string) {
  return { description, content: problemContent };
}
