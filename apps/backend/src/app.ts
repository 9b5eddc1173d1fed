import { OpenAPIHono } from "@hono/zod-openapi";
import type { Log } from "./log";
import type { PortfolioFolder } from "./portfolio/portfolio-folder";
import { problem } from "./problem";
import { type RequestVariables, requestLog } from "./request-log";
import { assetsRoute } from "./routes/assets";
import { healthRoute } from "./routes/health";
import { insightsRoute } from "./routes/insights";

export interface AppDependencies {
  readonly portfolioFolder: PortfolioFolder;
  readonly log: Log;
}

/** The API; `server.ts` listens. */
export function createApp({ portfolioFolder, log }: AppDependencies): OpenAPIHono<RequestVariables> {
  const app = new OpenAPIHono<RequestVariables>();
  app.use(requestLog(log));
  app.route("/", healthRoute(portfolioFolder));
  app.route("/", assetsRoute(portfolioFolder));
  app.route("/", insightsRoute(portfolioFolder));
  app.doc31("/api/openapi.json", { openapi: "3.1.0", info: { title: "Portfolio Dashboard API", version: "1.0.0" } });
  app.notFound((context) => problem(context, 404, "Not found", `No ${context.req.method} ${context.req.path}`));
  app.onError((error, context) => {
    log.error({ request_id: context.get("requestId"), message: error.message, stack: error.stack });
    return problem(context, 500, "Internal error");
  });
  return app;
}
