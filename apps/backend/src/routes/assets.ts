import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { selectAssets, sortKeys } from "../analytics/select-assets";
import { sparkline, sparklinesOf } from "../analytics/sparkline";
import type { AppEnv } from "../app-env";
import { rejectInvalid } from "../problem";
import type { PortfolioStore, Snapshot } from "../store/portfolio-store";
import { insightsSchema } from "./insights-schema";
import { answered, conditionalHeaders, invalid, notModified, refusals } from "./responses";
import { amount, assetSchema, baseCurrency, day, historySchema, ratio, shareFields, sourceSchema } from "./schemas";

const mostPerPage = 1000;
const includes = ["insights", "history", "sparklines"] as const;

/** A whole number, as OpenAPI has it; `Number` alone would also take 1e2 and blanks. */
const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^(0|[1-9]\d{0,8})$/, "must be a whole number")
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `must be ${minimum} to ${maximum}`);

const filter = (what: string) =>
  z
    .string()
    .min(1)
    .max(64)
    .optional()
    .openapi({ description: `Only assets with this ${what}, exactly` });

const query = z.strictObject({
  include: z
    .string()
    .regex(
      new RegExp(`^(${includes.join("|")})(,(${includes.join("|")}))*$`),
      `must be ${includes.join(", ")}, or several of them with commas`,
    )
    .max(60)
    .optional()
    .openapi({
      description:
        "Also answers /api/insights, its history, and a sparkline for each asset, from the same state of the data; several with commas",
      example: "insights,history",
    }),
  sort: z
    .enum(sortKeys)
    .default("-value")
    .openapi({ description: "By this, ascending; descending with a minus. Nulls come last." }),
  assetClass: filter("asset class"),
  sector: filter("sector"),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "must be a currency code of three capitals")
    .optional()
    .openapi({ description: "Only assets with this currency" }),
  search: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .openapi({ description: "Only assets with this text in their symbol or name, whatever its case" }),
  limit: wholeNumber(1, mostPerPage)
    .default(mostPerPage)
    .openapi({ type: "integer", minimum: 1, maximum: mostPerPage, description: "Assets in the answer at most" }),
  offset: wholeNumber(0, 100_000)
    .default(0)
    .openapi({ type: "integer", minimum: 0, maximum: 100_000, description: "Assets before the first in the answer" }),
});

export const assetsSchema = z
  .object({
    asOf: day("Latest day that any holding has a close of; null without holdings").nullable(),
    currency: baseCurrency,
    source: sourceSchema,
    totals: z
      .object({
        value: amount("Σ value"),
        cost: amount("Σ cost"),
        gain: amount("value - cost"),
        gainRatio: ratio("gain / cost; null when the cost is not above 0").nullable(),
        dayChange: amount("value - value of the same quantities at the prices and rates of `dayBefore`"),
        dayBefore: day("The day of the history before `asOf`; null when there is none").nullable(),
        dayChangeRatio: ratio("dayChange / (value - dayChange); null when that is not above 0").nullable(),
      })
      .openapi({ description: "Of the whole portfolio, whatever is filtered" }),
    allocation: z
      .array(z.object({ assetClass: z.string(), ...shareFields }))
      .readonly()
      .openapi({ description: "Of the whole portfolio by asset class, largest first" }),
    page: z.object({
      offset: z.int().min(0),
      limit: z.int().min(1),
      total: z.int().min(0).openapi({ description: "Assets that pass the filters" }),
    }),
    assets: z.array(
      assetSchema.extend({
        sparkline: z
          .array(z.number())
          .optional()
          .openapi({
            description: `With include=sparklines: closes of the last ${sparkline.days} days, adjusted for splits, thinned to at most ${sparkline.points}, oldest first. Unit: the asset's currency.`,
          }),
      }),
    ),
    insights: insightsSchema.optional().openapi({ description: "With include=insights" }),
    history: historySchema.optional().openapi({ description: "With include=history" }),
  })
  .openapi("Assets");

const route = createRoute({
  method: "get",
  path: "/api/assets",
  operationId: "assets",
  tags: ["portfolio"],
  summary: "Holdings with value, gain and weight; totals; allocation by asset class",
  request: { query, headers: conditionalHeaders },
  responses: {
    200: {
      ...answered("The portfolio", assetsSchema),
      headers: z.object({
        etag: z.string(),
        "cache-control": z.string(),
        link: z.string().optional().openapi({ description: "The next and the previous page (RFC 8288)" }),
      }),
    },
    ...notModified,
    400: invalid,
    ...refusals,
  },
});

export function assetsRoute(store: PortfolioStore) {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid }).openapi(route, (context) => {
    const query = context.req.valid("query");
    const snapshot = store.recent();
    context.env.cacheable = { snapshot, callers: "revalidate" };
    const selected = selectAssets(snapshot.analytics.assets, query);
    const link = linksOf(context.req.url, query, selected.length);
    return context.json(answerOf(snapshot, query, selected), 200, link === "" ? {} : { link });
  });
}

function answerOf(
  { portfolio, analytics, source }: Snapshot,
  { include = "", limit, offset }: z.infer<typeof query>,
  selected: Snapshot["analytics"]["assets"],
) {
  const included = include.split(",");
  const shown = selected.slice(offset, offset + limit);
  const lines = sparklinesOf(portfolio, analytics.asOf ?? "");
  return {
    asOf: analytics.asOf,
    currency: analytics.currency,
    source,
    totals: analytics.totals,
    allocation: analytics.allocation,
    page: { offset, limit, total: selected.length },
    assets: included.includes("sparklines")
      ? shown.map((asset) => ({ ...asset, sparkline: lines(asset.symbol) }))
      : shown,
    ...(included.includes("insights") && { insights: analytics.insights }),
    ...(included.includes("history") && { history: analytics.history }),
  };
}

/** RFC 8288, relative to the address that was asked. */
function linksOf(url: string, { limit, offset }: z.infer<typeof query>, total: number): string {
  const { searchParams } = new URL(url);
  const link = (relation: string, start: number) => {
    searchParams.set("offset", String(start));
    searchParams.set("limit", String(limit));
    return `<?${searchParams}>; rel="${relation}"`;
  };
  return [
    ...(offset + limit < total ? [link("next", offset + limit)] : []),
    ...(offset > 0 ? [link("prev", Math.max(0, offset - limit))] : []),
  ].join(", ");
}
