import { OpenAPIHono } from "@hono/zod-openapi";
import { Answers } from "./answers";
import type { Log } from "./log";
import { methodsOf } from "./methods";
import { problem } from "./problem";
import { requestLimits } from "./request-limits";
import { type RequestVariables, requestLog } from "./request-log";
import { assetRoute } from "./routes/asset";
import { assetsRoute } from "./routes/assets";
import { descriptionRoute } from "./routes/description";
import { healthRoute } from "./routes/health";
import { insightsRoute } from "./routes/insights";
import { readyRoute } from "./routes/ready";
import type { PortfolioStore } from "./store/portfolio-store";

export interface AppDependencies {
  readonly portfolioFolder: PortfolioStore;
  readonly log: Log;
}

/** The API; `server.ts` listens. */
export function createApp({ portfolioFolder, log }: AppDependencies): OpenAPIHono<RequestVariables> {
  const app = new OpenAPIHono<RequestVariables>();
  const answers = new Answers(portfolioFolder, log);
  app.use(requestLog(log));
  app.use(requestLimits);
  app.route("/", healthRoute(portfolioFolder, answers));
  app.route("/", readyRoute(portfolioFolder));
  app.route("/", assetsRoute(portfolioFolder, answers));
  app.route("/", assetRoute(portfolioFolder, answers));
  app.route("/", insightsRoute(portfolioFolder, answers));
  app.route("/", descriptionRoute(app));
  app.notFound((context) => {
    const allowed = methodsOf(app, context.req.path);
    if (allowed.length === 0) return problem(context, 404, { detail: `No ${context.req.method} ${context.req.path}` });
    context.header("allow", allowed.join(", "));
    return problem(context, 405, { detail: `${context.req.method} is not among ${allowed.join(", ")}` });
  });
  app.onError((error, context) => {
    log.error({ request_id: context.get("requestId"), message: error.message, stack: error.stack });
    return problem(context, 500);
  });
  const { fetch } = app;
  app.fetch = (request, ...rest) => answers.known(request) ?? fetch(request, ...rest);
  return app;
}
