import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import type { Source } from "../lib/answers";
import { portfolio } from "../lib/answers.fixture";
import { SourceLine } from "./source-line";

function render(source: Source): string {
  return renderToStaticMarkup(<SourceLine source={source} asOf="2026-11-20" />);
}

describe("SourceLine", () => {
  it("labels sample data", () => expect(render(portfolio.source)).toContain("Sample data"));

  it("does not label real data", () => {
    expect(render({ ...portfolio.source, sample: false })).not.toContain("Sample data");
  });

  it("says of which day the prices are, for people and machines", () => {
    expect(render(portfolio.source)).toContain('<time dateTime="2026-11-20">Nov 20, 2026</time>');
  });

  it("shows a notice only when the latest reading failed", () => {
    expect(render(portfolio.source)).not.toContain("last good data");
    const html = render({ ...portfolio.source, error: "no such file" });
    expect(html).toContain("Showing the last good data.");
    expect(html).toContain("no such file");
  });

  it("says what to know about the files, with its place, and only then", () => {
    expect(render(portfolio.source)).not.toContain("to know about");
    const warning = { file: "holdings.csv", line: 2, column: "Shares", detail: "12 units are held" };
    const html = render({ ...portfolio.source, warnings: [warning] });
    expect(html).toMatch(/<details class="notice" open="">.*One thing to know about the portfolio’s files/);
    expect(html).toContain("<li>holdings.csv line 2, column Shares: 12 units are held</li>");
  });

  it("opens a long list only when it is asked to", () => {
    const warnings = [1, 2, 3, 4].map((line) => ({ file: "closes.csv", line, detail: "lies in the future" }));
    expect(render({ ...portfolio.source, warnings })).toMatch(/<details class="notice"><summary>.*4 things/);
  });
});
