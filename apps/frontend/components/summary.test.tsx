import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import { portfolio } from "../lib/portfolio.fixture";
import { Summary } from "./summary";

describe("Summary", () => {
  const html = renderToStaticMarkup(<Summary totals={portfolio.totals} currency="USD" holdings={2} />);

  it("leads with the value", () => expect(html).toContain('<p class="headline-value">$40,000.00</p>'));

  it("signs a gain in words and colour", () => {
    expect(html).toMatch(/Total gain.*class="gain".*\+\$3,500\.00.*\+9\.59%.*Day change/);
  });

  it("signs a loss in words and colour", () => expect(html).toMatch(/Day change.*class="loss".*-\$102\.50.*-0\.26%/));

  it("gives no change neither", () => {
    const totals = { ...portfolio.totals, dayChange: 0, dayChangeRatio: 0 };
    const still = renderToStaticMarkup(<Summary totals={totals} currency="USD" holdings={1} />);
    expect(still).toMatch(/Day change.*class="flat".*>\$0\.00<.*>0\.00%</);
    expect(still).toContain("1 holding,");
  });
});
