import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env";
import { rejectInvalid } from "../problem";
import type { PortfolioStore } from "../store/portfolio-store";
import { insightsSchema } from "./insights-schema";
import { answered, conditionalHeaders, invalid, notModified, refusals } from "./responses";

const route = createRoute({
  method: "get",
  path: "/api/insights",
  operationId: "insights",
  tags: ["portfolio"],
  summary: "Return, risk, concentration, exposure and income, and what they mean in plain words",
  request: {
    query: z.strictObject({
      include: z.enum(["history"]).optional().openapi({ description: "Adds the value and the growth of each day" }),
    }),
    headers: conditionalHeaders,
  },
  responses: {
    200: answered("The insights", insightsSchema),
    ...notModified,
    400: invalid,
    ...refusals,
  },
});

export function insightsRoute(store: PortfolioStore) {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid }).openapi(route, (context) => {
    const { include } = context.req.valid("query");
    const snapshot = store.recent();
    context.env.cacheable = { snapshot, callers: "revalidate" };
    const { insights, history } = snapshot.analytics;
    return context.json(include ? { ...insights, history } : insights, 200);
  });
}
