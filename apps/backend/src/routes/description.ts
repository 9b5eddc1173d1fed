import type { OpenAPIHono } from "@hono/zod-openapi";
import { Hono } from "hono";
import type { AppEnv } from "../app-env";

/** What `/api/openapi.json` says besides its paths. */
const apiDescription = {
  openapi: "3.1.0",
  info: {
    title: "Portfolio Dashboard API",
    version: "2.0.0",
    license: { name: "MIT", identifier: "MIT" },
    description: [
      "A portfolio, read from files, and figures over its history.",
      "Amounts are in the portfolio's base currency unless they say otherwise; ratios are parts of 1: 0.125 is 12.5 %. Days are ISO 8601 dates, without a time zone.",
      "A day of the history is one for which any holding has a close. A holding without a close on it has the price of its transactions on it, or keeps its latest price; a currency keeps its latest rate. The history begins when anything that is held has both; what has none yet counts from its first one on.",
      "Days of the history may be days, weeks, months or more apart: `period.spacing` says so, and figures by the year follow it.",
      "Closes are as they were on their day; splits put them into today's units. Without transactions, today's quantities are taken to have been held all along.",
      "Answers carry an ETag that changes with the data: ask again with If-None-Match. Errors are problem details (RFC 9457).",
    ].join("\n\n"),
  },
  servers: [{ url: "/" }],
  tags: [
    { name: "portfolio", description: "What is held, and what it means" },
    { name: "operation", description: "Whether this process works" },
  ],
};

/** The routes of an app, described by themselves: written once, when somebody asks. */
export function descriptionRoute(app: OpenAPIHono<AppEnv>) {
  let body: string | undefined;
  return new Hono().get("/api/openapi.json", (context) => {
    body ??= JSON.stringify(app.getOpenAPI31Document(apiDescription));
    return context.body(body, 200, { "content-type": "application/json", "cache-control": "public, max-age=300" });
  });
}
