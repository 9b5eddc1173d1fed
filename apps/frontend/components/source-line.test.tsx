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
});
