import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import { insights } from "../lib/answers.fixture";
import { insightCards } from "../lib/insight-cards";
import { CorrelationTable } from "./correlation-table";
import { InsightCard } from "./insight-card";

it("says an insight in words before it explains the number", () => {
  const [card] = insightCards(insights, "USD");
  const html = card ? renderToStaticMarkup(<InsightCard card={card} />) : "";
  expect(html).toMatch(/\+14\.30%.*grew by 14\.3%.*<details>.*Nov 20, 2025 to Nov 20, 2026.*GIPS 2020/);
});

describe("CorrelationTable", () => {
  const render = (correlation = insights.correlation) =>
    renderToStaticMarkup(<CorrelationTable correlation={correlation} spacing="month" />);

  it("shades what moves together apart from what does not, beside the number", () => {
    expect(render()).toContain('<td class="together-5">1.00</td><td class="against-2">-0.31</td>');
  });
  it("says of which returns it is", () => expect(render()).toContain("Correlation of the monthly returns"));
  it("has a dash where there is no figure", () => {
    expect(
      render({
        symbols: ["A", "B"],
        matrix: [
          [1, null],
          [null, 1],
        ],
      }),
    ).toContain('<td class="">–</td>');
  });
  it("is not there for one holding", () => expect(render({ symbols: ["A"], matrix: [[1]] })).toBe(""));
});
