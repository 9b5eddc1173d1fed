import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Answers } from "../answers";
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
    304: notModified,
    400: invalid,
    ...refusals,
  },
});

export function insightsRoute(portfolioFolder: PortfolioStore, answers: Answers) {
  return new OpenAPIHono({ defaultHook: rejectInvalid }).openapi(route, (context) => {
    const { include } = context.req.valid("query");
    const shown = portfolioFolder.recent();
    const { insights, history } = shown.figures;
    return answers.respond(context, shown, { content: include ? { ...insights, history } : insights }) as never;
  });
}
