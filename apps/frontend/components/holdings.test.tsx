import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import { portfolio } from "../lib/portfolio.fixture";
import { Holdings } from "./holdings";

describe("Holdings", () => {
  const html = renderToStaticMarkup(<Holdings assets={portfolio.assets} totals={portfolio.totals} currency="USD" />);
  const rows = html.match(/<tr>.*?<\/tr>/g) ?? [];

  it("has a row for each holding, between the header and the total", () => expect(rows).toHaveLength(4));

  it("puts the largest holding first", () => {
    expect(rows[1]).toContain("VTI");
    expect(rows[2]).toContain("VNQ");
  });

  it("shows a holding's numbers", () => {
    for (const text of ["Real estate", "150", "$110.00", "$100.00", "-1.35%", "37.5%", "-$1,500.00", "$15,000.00"]) {
      expect(rows[2]).toContain(`>${text}`);
    }
  });

  it("shows a holding's prices in its own currency, and what it is worth in the portfolio's", () => {
    const foreign = portfolio.assets.map((asset) => ({ ...asset, currency: "EUR", gainRatio: null }));
    const [, row = ""] =
      renderToStaticMarkup(<Holdings assets={foreign} totals={portfolio.totals} currency="USD" />).match(
        /<tr>.*?<\/tr>/g,
      ) ?? [];
    for (const text of ["€200.00", "€250.00", "+$5,000.00", "–", "$25,000.00"]) expect(row).toContain(`>${text}`);
  });

  it("names each row by its holding", () => expect(rows[1]).toContain('<th scope="row"'));
  it("adds up to the totals", () => expect(rows[3]).toMatch(/Total.*\+\$3,500\.00.*\$40,000\.00/));
});
