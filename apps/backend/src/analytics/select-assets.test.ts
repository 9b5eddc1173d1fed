import { portfolioOf } from "../portfolio/portfolio.fixture";
import { computeAnalytics } from "./analytics";
import { selectAssets } from "./select-assets";

const holding = { name: "N", assetClass: "Stocks", currency: "USD", quantity: 1, costPerUnit: 1 };
const { assets } = computeAnalytics(
  portfolioOf({
    holdings: [
      { ...holding, symbol: "FREE", costPerUnit: 0 },
      { ...holding, symbol: "LOSS", costPerUnit: 4, sector: "B" },
      { ...holding, symbol: "GAIN", sector: "A" },
    ],
    closes: ["FREE", "LOSS", "GAIN"].map((symbol) => ({ date: "2026-11-20", symbol, close: 2 })),
  }),
);

it.each([
  ["gainRatio", ["LOSS", "GAIN", "FREE"]],
  ["-gainRatio", ["GAIN", "LOSS", "FREE"]],
  ["sector", ["GAIN", "LOSS", "FREE"]],
  ["-sector", ["LOSS", "GAIN", "FREE"]],
] as const)("sorts by %s, and puts what has none last", (sort, symbols) => {
  expect(selectAssets(assets, { sort }).map(({ symbol }) => symbol)).toEqual(symbols);
});

it("finds text in symbols and names alone", () => {
  const symbols = (search: string) => selectAssets(assets, { sort: "symbol", search }).map(({ symbol }) => symbol);
  expect([symbols("ss"), symbols("n"), symbols("stocks"), symbols("usd")]).toEqual([
    ["LOSS"],
    ["FREE", "GAIN", "LOSS"],
    [],
    [],
  ]);
});
