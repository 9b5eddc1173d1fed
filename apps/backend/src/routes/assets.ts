import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { allocate, latestDate, totalOf, valueAssets } from "../portfolio/assets";
import { findInsights } from "../portfolio/insights";
import type { PortfolioFolder } from "../portfolio/portfolio-folder";
import { rejectInvalid } from "../problem";
import { assetsSchema, problemSchema } from "./schemas";

const route = createRoute({
  method: "get",
  path: "/api/assets",
  summary: "Holdings with value, gain and weight; totals; allocation by asset class",
  request: {
    query: z.object({
      include: z
        .enum(["insights"])
        .optional()
        .openapi({ description: "Also answers /api/insights, from the same state of the data" }),
    }),
  },
  responses: {
    200: { description: "The portfolio", content: { "application/json": { schema: assetsSchema } } },
    400: {
      description: "An unknown value of `include`",
      content: { "application/problem+json": { schema: problemSchema } },
    },
  },
});

export function assetsRoute(portfolioFolder: PortfolioFolder) {
  return new OpenAPIHono({ defaultHook: rejectInvalid }).openapi(route, (context) => {
    const { portfolio, source } = portfolioFolder.current();
    const assets = valueAssets(portfolio);
    const answer = {
      asOf: latestDate(portfolio),
      currency: portfolio.holdings[0]?.currency ?? null,
      source,
      totals: totalOf(assets),
      allocation: allocate(assets),
      assets,
    };
    const { include } = context.req.valid("query");
    return context.json(include === "insights" ? { ...answer, insights: findInsights(portfolio) } : answer, 200);
  });
}
