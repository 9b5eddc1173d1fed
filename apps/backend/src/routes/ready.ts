import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env";
import { problem } from "../problem";
import type { PortfolioStore } from "../store/portfolio-store";
import { problemResponse, refusals } from "./responses";

interface ReadyCheck {
  readonly id: string;
  readonly ok: boolean;
  readonly detail: string;
}

const route = createRoute({
  method: "get",
  path: "/api/ready",
  operationId: "ready",
  tags: ["operation"],
  summary: "Whether all that this service leans on works; for people and monitors, not for load balancers",
  description:
    "Reads the portfolio's files anew. A process that is not ready may be healthy: it serves the last good portfolio, and replacing it would lose that.",
  responses: {
    200: {
      description: "The newest files are shown and can be read",
      content: {
        "application/json": {
          schema: z.object({
            status: z.literal("ready"),
            checks: z.array(z.object({ id: z.string(), ok: z.boolean(), detail: z.string() })).readonly(),
          }),
        },
      },
    },
    503: problemResponse("They are not, or cannot be read; `checks` says why"),
    ...refusals,
  },
});

export function readyRoute(store: PortfolioStore) {
  return new OpenAPIHono<AppEnv>().openapi(route, (context) => {
    const checks = checksOf(store);
    const failed = checks.filter(({ ok }) => !ok);
    if (failed.length === 0) return context.json({ status: "ready" as const, checks }, 200);
    return problem(context, 503, {
      detail: failed.map(({ id, detail }) => `${id}: ${detail}`).join("; "),
      checks,
    });
  });
}

function checksOf(store: PortfolioStore): readonly ReadyCheck[] {
  const { source } = store.current();
  const unreadable = store.unreadable();
  const { objects } = store;
  return [
    { id: "files", ok: unreadable === undefined, detail: unreadable ?? "can be read" },
    { id: "shown", ok: source.error === undefined, detail: source.error ?? `as of ${source.loadedAt}` },
    ...(objects ? [{ id: "objects", ...objects }] : []),
  ];
}
