import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import { portfolio } from "../lib/answers.fixture";
import { holdingsQuery } from "../lib/holdings-query";
import { HoldingsForm } from "./holdings-form";
import { HoldingsTable } from "./holdings-table";
import { PageLinks } from "./page-links";

const usual = holdingsQuery({});

describe("HoldingsTable", () => {
  const render = (query = usual, assets = portfolio.assets) =>
    renderToStaticMarkup(<HoldingsTable assets={assets} totals={portfolio.totals} currency="USD" query={query} />);
  const rows = render().match(/<tr>.*?<\/tr>/g) ?? [];

  it("has a row for each holding, between the header and the total", () => expect(rows).toHaveLength(4));

  it("shows a holding's numbers, and leads to it", () => {
    for (const text of ["Real estate", "150", "$100.00", "-1.35%", "37.5%", "-$1,500.00", "$15,000.00"]) {
      expect(rows[2]).toContain(`>${text}`);
    }
    expect(rows[2]).toContain('href="/holdings/VNQ"');
  });

  it("shows a price in the holding's currency, and its value in the portfolio's", () => {
    const foreign = portfolio.assets.map((asset) => ({ ...asset, currency: "EUR", gainRatio: null }));
    const [, row = ""] = render(usual, foreign).match(/<tr>.*?<\/tr>/g) ?? [];
    for (const text of ["€250.00", "+$5,000.00", "–", "$25,000.00"]) expect(row).toContain(`>${text}`);
  });

  it("adds up to the totals", () => expect(rows[3]).toMatch(/Total.*\+\$3,500\.00.*\$40,000\.00/));

  it("says which column orders it, and turns that order round with a link", () => {
    expect(render()).toMatch(/aria-sort="descending"><a href="\/holdings\?sort=value">Value/);
    const byName = render(holdingsQuery({ sort: "symbol", search: "v" }));
    expect(byName).toMatch(/aria-sort="ascending"><a href="\/holdings\?search=v&amp;sort=-symbol">Holding/);
  });

  it("draws a line for prices that went up in one colour, and down in another", () => {
    expect(rows[1]).toContain("line-gain");
    expect(rows[2]).toContain("line-loss");
    const lineless = portfolio.assets.map((asset) => ({ ...asset, sparkline: [] }));
    expect(render(usual, lineless)).not.toContain("<svg");
  });
});

describe("HoldingsForm", () => {
  const render = (query = usual) => renderToStaticMarkup(<HoldingsForm query={query} portfolio={portfolio} />);

  it("offers what the portfolio has, and no choice where there is one only", () => {
    expect(render()).toContain('<option value="real_estate">Real estate</option>');
    expect(render()).toContain('name="sector"');
    expect(render()).not.toContain('name="currency"');
  });

  it("shows what is chosen, and a way back", () => {
    expect(render()).not.toContain("Clear");
    const chosen = render(holdingsQuery({ search: "fund", assetClass: "equity" }));
    expect(chosen).toContain('value="fund"');
    expect(chosen).toContain('<option value="equity" selected="">');
    expect(chosen).toContain("Clear");
  });
});

describe("PageLinks", () => {
  const render = (offset: number, total: number) =>
    renderToStaticMarkup(<PageLinks query={{ ...usual, offset }} page={{ offset, limit: 50, total }} />);

  it("leads on and back", () => {
    expect(render(50, 120)).toMatch(/href="\/holdings">Previous.*51 to 100 of 120.*href="\/holdings\?offset=100">Next/);
    expect(render(100, 120)).not.toContain("Next");
  });
  it("is not there for a single page", () => expect(render(0, 50)).toBe(""));
});
