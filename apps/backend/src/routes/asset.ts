import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { adjustedCloses } from "../analytics/timeline";
import type { AppEnv } from "../app-env";
import type { Portfolio } from "../portfolio/portfolio";
import { problem, rejectInvalid } from "../problem";
import type { PortfolioStore } from "../store/portfolio-store";
import { answered, conditionalHeaders, invalid, notModified, problemResponse, refusals } from "./responses";
import { assetSchema, currency, day, sourceSchema } from "./schemas";

const inOwnCurrency = (description: string) =>
  z.number().openapi({ description: `${description}. Unit: the asset's currency.` });
const date = day("The day");

const query = z.strictObject({
  from: z.iso.date().optional().openapi({ description: "First day of the history; from its beginning without it" }),
  to: z.iso.date().optional().openapi({ description: "Last day of the history; to its end without it" }),
});

const schema = z
  .object({
    asOf: day("Latest day that any holding has a close of"),
    currency: currency.openapi({ description: "The base currency, ISO 4217" }),
    source: sourceSchema,
    asset: assetSchema,
    history: z
      .array(
        z.object({
          date,
          close: inOwnCurrency("Close as it was on the day"),
          adjustedClose: inOwnCurrency("close / units that one unit of the day has become by splits"),
        }),
      )
      .openapi({
        description: "Each day with a close, oldest first; days that are missing in the data are missing here",
      }),
    splits: z.array(z.object({ date, ratio: z.number().openapi({ description: "New units for an old one" }) })),
    dividends: z.array(z.object({ date: day("The ex-date"), amount: inOwnCurrency("For one unit of that day") })),
    transactions: z.array(
      z.object({
        date,
        quantity: z.number().openapi({ description: "Units bought; negative when sold" }),
        price: inOwnCurrency("Of one unit"),
      }),
    ),
  })
  .openapi("AssetDetail");

const route = createRoute({
  method: "get",
  path: "/api/assets/{id}",
  operationId: "asset",
  tags: ["portfolio"],
  summary: "One holding with its closes, splits, dividends and transactions",
  request: {
    params: z.object({
      id: z.string().min(1).max(64).openapi({ description: "The holding's symbol", example: "NORTH" }),
    }),
    query,
    headers: conditionalHeaders,
  },
  responses: {
    200: answered("The holding", schema),
    ...notModified,
    400: invalid,
    404: problemResponse("No holding has this symbol"),
    ...refusals,
  },
});

export function assetRoute(store: PortfolioStore) {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid }).openapi(route, (context) => {
    const { id } = context.req.valid("param");
    const { from = "0000", to = "9999" } = context.req.valid("query");
    const snapshot = store.recent();
    context.env.cacheable = { snapshot, callers: "revalidate" };
    const { asOf, currency: baseCurrency, assets } = snapshot.analytics;
    const asset = assets.find(({ symbol }) => symbol === id);
    // Wherever there is a holding, there are a day and a base currency.
    if (!asset || asOf === null || baseCurrency === null)
      return problem(context, 404, { detail: `No holding has the symbol ${JSON.stringify(id)}` });
    const { source, portfolio } = snapshot;
    return context.json(
      { asOf, currency: baseCurrency, source, asset, ...eventsOf(portfolio, id, asOf, from, to) },
      200,
    );
  });
}

/** What happened to a symbol from one day to another, both included. */
function eventsOf(portfolio: Portfolio, symbol: string, asOf: string, from: string, to: string) {
  const between = <Item extends { readonly date: string }>(items: readonly Item[] = []) =>
    items.filter((item) => item.date >= from && item.date <= to);
  const adjusted = new Map(adjustedCloses(portfolio, symbol, asOf).map(({ date, close }) => [date, close]));
  return {
    history: between(portfolio.closes.get(symbol)).map((day) => ({
      ...day,
      adjustedClose: adjusted.get(day.date) ?? day.close,
    })),
    splits: between(portfolio.splits.get(symbol)),
    dividends: between(portfolio.dividends.get(symbol)),
    transactions: between(portfolio.transactions.get(symbol)),
  };
}
