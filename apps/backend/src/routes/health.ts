import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { PortfolioFolder } from "../portfolio/portfolio-folder";
import { sourceSchema } from "./schemas";

const route = createRoute({
  method: "get",
  path: "/api/health",
  summary: "Whether this process can serve",
  responses: {
    200: {
      description:
        "It can. A broken change of the portfolio's files is in `portfolio.error`; the last good ones are served.",
      content: { "application/json": { schema: z.object({ status: z.literal("ok"), portfolio: sourceSchema }) } },
    },
  },
});

export function healthRoute(portfolioFolder: PortfolioFolder) {
  return new OpenAPIHono().openapi(route, (context) =>
    context.json({ status: "ok" as const, portfolio: portfolioFolder.current().source }, 200),
  );
}
