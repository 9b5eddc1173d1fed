import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { findInsights } from "../portfolio/insights";
import type { PortfolioFolder } from "../portfolio/portfolio-folder";
import { insightsSchema } from "./schemas";

const route = createRoute({
  method: "get",
  path: "/api/insights",
  summary: "Concentration, volatility and drawdown, and what they mean in plain words",
  responses: {
    200: { description: "The insights", content: { "application/json": { schema: insightsSchema } } },
  },
});

export function insightsRoute(portfolioFolder: PortfolioFolder) {
  return new OpenAPIHono().openapi(route, (context) =>
    context.json(findInsights(portfolioFolder.current().portfolio), 200),
  );
}
