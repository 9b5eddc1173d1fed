import { portfolioOf } from "../portfolio/portfolio.fixture";
import { computeAnalytics } from "./analytics";
import type { Asset } from "./assets";
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

it("puts what has none last, by symbol, wherever it stood before", () => {
  const sectors = { B: "2", C: null, A: null, E: "1", D: null, F: null };
  const mixed = Object.entries(sectors).map(([symbol, sector]) => ({ ...assets[0], symbol, sector }) as Asset);
  const sorted = (list: Asset[], sort: "sector" | "-sector") =>
    selectAssets(list, { sort })
      .map(({ symbol }) => symbol)
      .join("");
  for (const list of [mixed, mixed.toReversed()]) {
    expect([sorted(list, "sector"), sorted(list, "-sector")]).toEqual(["EBACDF", "BEACDF"]);
  }
});
