import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import { portfolio } from "../lib/portfolio.fixture";
import { Allocation } from "./allocation";
import { ShareBar } from "./share-bar";

describe("Allocation", () => {
  const html = renderToStaticMarkup(<Allocation shares={portfolio.allocation} currency="USD" />);

  it("puts the largest class first", () => expect(html).toMatch(/Equity.*62\.5%.*Real estate.*37\.5%/));
  it("draws bars that a screen reader passes over", () => expect(html.match(/<svg[^>]*aria-hidden/g)).toHaveLength(2));
});

describe("ShareBar", () => {
  it("fills the bar by the ratio", () =>
    expect(renderToStaticMarkup(<ShareBar ratio={0.625} />)).toContain('"62.50%"'));

  it.each([
    [-0.2, '"0.00%"'],
    [1.4, '"100.00%"'],
  ])("keeps %d inside the bar", (ratio, width) => {
    expect(renderToStaticMarkup(<ShareBar ratio={ratio} />)).toContain(width);
  });
});
