import { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "./app-env";
import type { Log } from "./log";
import { methodsOf } from "./methods";
import { problem } from "./problem";
import { requestLimits } from "./request-limits";
import { requestLog } from "./request-log";
import { responseCache } from "./response-cache";
import { assetRoute } from "./routes/asset";
import { assetsRoute } from "./routes/assets";
import { descriptionRoute } from "./routes/description";
import { healthRoute } from "./routes/health";
import { insightsRoute } from "./routes/insights";
import { readyRoute } from "./routes/ready";
import type { PortfolioStore } from "./store/portfolio-store";

export interface AppDependencies {
  readonly store: PortfolioStore;
  readonly log: Log;
}

/** The API; `server.ts` listens. */
export function createApp({ store, log }: AppDependencies): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>();
  app.use(async (context, next) => {
    context.header("x-request-id", context.env.requestId);
    // Unless a route says otherwise.
    context.header("cache-control", "no-store");
    await next();
  });
  app.use(requestLimits);
  app.route("/", healthRoute(store));
  app.route("/", readyRoute(store));
  app.route("/", assetsRoute(store));
  app.route("/", assetRoute(store));
  app.route("/", insightsRoute(store));
  app.route("/", descriptionRoute(app));
  app.notFound((context) => {
    const allowed = methodsOf(app, context.req.path);
    if (allowed.length === 0) return problem(context, 404, { detail: `No ${context.req.method} ${context.req.path}` });
    context.header("allow", allowed.join(", "));
    return problem(context, 405, { detail: `${context.req.method} is not among ${allowed.join(", ")}` });
  });
  app.onError((error, context) => {
    log.error({ request_id: context.env.requestId, message: error.message, stack: error.stack });
    return problem(context, 500);
  });
  app.fetch = requestLog(log, responseCache(store, app.fetch));
  return app;
}
