import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env";
import type { PortfolioStore } from "../store/portfolio-store";
import { refusals } from "./responses";
import { sourceSchema } from "./schemas";

const route = createRoute({
  method: "get",
  path: "/api/health",
  operationId: "health",
  tags: ["operation"],
  summary: "Whether this process can serve; for load balancers, several times a minute",
  description: "Looks at no file and asks nobody: what is known of the files is at most 2 s old.",
  responses: {
    200: {
      description:
        "It can. What is wrong with newer files of the portfolio is in `portfolio.error`; the last good ones are served.",
      content: { "application/json": { schema: z.object({ status: z.literal("ok"), portfolio: sourceSchema }) } },
    },
    ...refusals,
  },
});

export function healthRoute(store: PortfolioStore) {
  return new OpenAPIHono<AppEnv>().openapi(route, (context) => {
    const snapshot = store.snapshot();
    context.env.cacheable = { snapshot, callers: "no-store" };
    return context.json({ status: "ok" as const, portfolio: snapshot.source }, 200);
  });
}
