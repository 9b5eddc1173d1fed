import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import { insights, portfolio } from "../lib/answers.fixture";
import { rangeOf } from "../lib/ranges";
import { Allocation } from "./allocation";
import { Findings } from "./findings";
import { Movers } from "./movers";
import { Performance } from "./performance";
import { Summary } from "./summary";

describe("Summary", () => {
  const html = renderToStaticMarkup(
    <Summary totals={portfolio.totals} currency="USD" holdings={2} income={insights.income} />,
  );

  it("leads with the value", () => expect(html).toContain('<p class="headline-value">$40,000.00</p>'));
  it("signs a gain in words and colour", () =>
    expect(html).toMatch(/Total gain.*class="gain".*\+\$3,500\.00.*\+9\.59%/));
  it("signs a loss in words and colour", () =>
    expect(html).toMatch(/Since Nov 19, 2026.*class="loss".*-\$102\.50.*-0\.26%/));
  it("says what was paid out", () => expect(html).toMatch(/Income.*\$900\.00.*2\.3% yield/));

  it("has a dash where there is no income to know", () => {
    const without = renderToStaticMarkup(
      <Summary totals={portfolio.totals} currency="USD" holdings={1} income={null} />,
    );
    expect(without).toMatch(/Income.*–/);
    expect(without).toContain("1 holding,");
  });
});

describe("Performance", () => {
  const render = (history = portfolio.history, benchmark = insights.benchmark) =>
    renderToStaticMarkup(<Performance history={history} benchmark={benchmark} range={rangeOf("all")} />);

  it("says in words what the lines show", () => {
    expect(render()).toContain(
      'aria-label="Portfolio: +2.90% from Nov 18, 2026 to Nov 20, 2026. World Index Fund: +2.00% from Nov 18, 2026 to Nov 20, 2026."',
    );
    expect(render()).toContain("was 2.0% below the highest value");
  });

  it("draws a line for each, and none for a benchmark that there is not", () => {
    expect(render().match(/class="chart-line line-benchmark"/g)).toHaveLength(2);
    expect(render(portfolio.history, null)).not.toContain("line-benchmark");
  });

  it("offers each range as a link, and says which one is shown", () => {
    expect(render().match(/href="\?range=/g)).toHaveLength(6);
    expect(render()).toMatch(/href="\?range=all#performance" title="the whole history" aria-current="true"/);
  });

  it("says so when there is nothing to draw", () => {
    expect(render(portfolio.history.slice(0, 1))).toContain("not enough days");
    expect(render([])).toContain("not enough days");
  });
});

describe("Movers", () => {
  it("puts first what moved the portfolio most, up or down", () => {
    const html = renderToStaticMarkup(<Movers assets={portfolio.assets} currency="USD" dayBefore="2026-11-19" />);
    expect(html).toContain("Biggest moves since Nov 19, 2026<");
    expect(html).toMatch(/VNQ.*-\$205\.27.*-1\.35%.*VTI.*\+\$99\.60.*\+0\.40%/);
  });

  it("says so when nothing moved", () => {
    const still = portfolio.assets.map((asset) => ({ ...asset, dayChangeRatio: null }));
    expect(renderToStaticMarkup(<Movers assets={still} currency="USD" dayBefore={null} />)).toContain(
      "No price changed",
    );
  });
});

describe("Findings", () => {
  it("puts the most pressing first", () => {
    expect(renderToStaticMarkup(<Findings findings={insights.findings} />)).toMatch(/severity-act.*severity-info/);
  });
  it("says so when nothing stands out", () => {
    expect(renderToStaticMarkup(<Findings findings={[]} />)).toContain("Nothing stands out");
  });
});

describe("Allocation", () => {
  const render = (sectors = insights.exposure.sectors) =>
    renderToStaticMarkup(
      <Allocation
        classes={portfolio.allocation}
        sectors={sectors}
        currencies={insights.exposure.currencies}
        currency="USD"
      />,
    );

  it("puts the largest share first, with its value, its weight and a bar as long", () => {
    expect(render()).toMatch(/Equity.*\$25,000\.00.*62\.5%.*width="62\.50%".*Real estate.*37\.5%/);
  });

  it("adds up the small ones of many", () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ sector: `Sector ${index}`, value: 1, weight: 1 / 12 }));
    expect(render(many)).toMatch(/6 others.*\$6\.00.*50\.0%/);
  });

  it("draws no bar for what is owed", () => {
    expect(render([{ sector: "Short", value: -5, weight: -0.1 }])).toMatch(/-10\.0%.*width="0\.00%"/);
  });
});
