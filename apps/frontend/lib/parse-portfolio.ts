import { FieldReader } from "./field-reader";
import { type Asset, type Insights, type Portfolio, type Source, severities } from "./portfolio";

/** Checks an answer of the data service. Throws a TypeError that names the first field that is wrong. */
export function parsePortfolio(answer: unknown): Portfolio {
  const fields = new FieldReader(answer);
  const totals = fields.object("totals");
  const currency = fields.optionalString("currency");
  return {
    asOf: fields.optionalDate("asOf"),
    currency: currency === undefined ? null : parseCode(currency, "currency"),
    source: parseSource(fields.object("source")),
    totals: {
      value: totals.number("value"),
      cost: totals.number("cost"),
      gain: totals.number("gain"),
      gainRatio: totals.optionalNumber("gainRatio"),
      dayChange: totals.number("dayChange"),
      dayChangeRatio: totals.optionalNumber("dayChangeRatio"),
    },
    allocation: fields.list("allocation").map((share) => ({
      assetClass: share.string("assetClass"),
      value: share.number("value"),
      weight: share.number("weight"),
    })),
    assets: fields.list("assets").map((asset) => parseAsset(asset, currency ?? "")),
    insights: parseInsights(fields.optionalObject("insights")),
  };
}

/** `Intl` throws on anything else, in the middle of rendering. */
function parseCode(code: string, what: string): string {
  if (/^[A-Z]{3}$/.test(code)) return code;
  throw new TypeError(`${what} is ${JSON.stringify(code)}, not a code of three capital letters`);
}

function parseSource(fields: FieldReader): Source {
  const error = fields.optionalString("error");
  return {
    name: fields.string("name"),
    sample: fields.boolean("sample"),
    loadedAt: fields.date("loadedAt"),
    ...(error !== undefined && { error }),
  };
}

/** A data service of an earlier release knows one currency only, the portfolio's. */
function parseAsset(fields: FieldReader, portfolioCurrency: string): Asset {
  return {
    symbol: fields.string("symbol"),
    name: fields.string("name"),
    assetClass: fields.string("assetClass"),
    currency: parseCode(fields.optionalString("currency") ?? portfolioCurrency, "an asset's currency"),
    quantity: fields.number("quantity"),
    costPerUnit: fields.number("costPerUnit"),
    price: fields.number("price"),
    value: fields.number("value"),
    gain: fields.number("gain"),
    gainRatio: fields.optionalNumber("gainRatio"),
    weight: fields.number("weight"),
    dayChangeRatio: fields.optionalNumber("dayChangeRatio"),
  };
}

function parseInsights(fields: FieldReader | null): Insights | null {
  if (!fields) return null;
  const concentration = fields.object("concentration");
  const largest = concentration.optionalObject("largest");
  const drawdown = fields.optionalObject("maxDrawdown");
  return {
    concentration: {
      herfindahl: concentration.number("herfindahl"),
      effectiveHoldings: concentration.number("effectiveHoldings"),
      largest: largest && { symbol: largest.string("symbol"), weight: largest.number("weight") },
    },
    volatility: fields.optionalNumber("volatility"),
    maxDrawdown: drawdown && {
      ratio: drawdown.number("ratio"),
      peakDate: drawdown.date("peakDate"),
      troughDate: drawdown.date("troughDate"),
    },
    findings: fields.list("findings").map((finding) => ({
      id: finding.string("id"),
      severity: finding.oneOf("severity", severities),
      text: finding.string("text"),
    })),
  };
}
