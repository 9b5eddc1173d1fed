import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import type { Insights } from "../lib/portfolio";
import { portfolio } from "../lib/portfolio.fixture";
import { InsightsPanel } from "./insights-panel";

function render(change: Partial<Insights> = {}): string {
  return renderToStaticMarkup(<InsightsPanel insights={portfolio.insights && { ...portfolio.insights, ...change }} />);
}

describe("InsightsPanel", () => {
  it("puts the most urgent finding first, its severity in words", () => {
    expect(render()).toMatch(/>Act<.*VTI is more than half.*>Info<.*swings like/);
  });

  it("shows the numbers behind the findings", () => {
    const text = render().replaceAll(/<[^>]+>/g, " ");
    expect(text).toMatch(/Volatility\s+14\.3%/);
    expect(text).toMatch(/Deepest fall\s+18\.7%\s+Feb 12, 2026\s+to\s+Apr 8, 2026/);
    expect(text).toMatch(/Largest holding\s+VTI 62\.5%/);
    expect(text).toMatch(/1\.9 equal holdings\s+Concentration \(Herfindahl\) 0\.531/);
  });

  it("says so when the history is too short", () => {
    expect(render({ volatility: null, maxDrawdown: null }).match(/Too little history/g)).toHaveLength(2);
  });

  it("tells a value that never fell from a history that is too short", () => {
    const text = render({ maxDrawdown: null }).replaceAll(/<[^>]+>/g, " ");
    expect(text).toMatch(/Deepest fall\s+None\s+Never below an earlier day/);
    expect(text).not.toContain("Too little history");
  });

  it("says so when nothing stands out", () => expect(render({ findings: [] })).toContain("Nothing stands out."));

  it("says so when there are no insights", () => {
    expect(renderToStaticMarkup(<InsightsPanel insights={null} />)).toContain("not enough history");
  });
});
