import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import { assetAnswer } from "../lib/answers.fixture";
import { assetEvents } from "../lib/asset-events";
import { rangeOf } from "../lib/ranges";
import { AssetChart, AssetHistory } from "./asset-chart";
import { AssetFigures } from "./asset-figures";

it("shows what a holding is worth, what was paid, and what it paid out", () => {
  const html = renderToStaticMarkup(
    <AssetFigures asset={assetAnswer.asset} currency="USD" dayBefore="2026-10-28" income={12} />,
  );
  expect(html).toMatch(/VTI.*\$25,000\.00.*100 units at \$250\.00; 62\.5% of the portfolio/);
  expect(html).toMatch(/\+0\.40%.*\+\$5,000\.00.*\$200\.00.*\$12\.00/);
  const unknown = renderToStaticMarkup(
    <AssetFigures asset={assetAnswer.asset} currency="USD" dayBefore={null} income={null} />,
  );
  expect(html).toContain("Since Oct 28, 2026");
  expect(unknown).toContain("Latest change");
  expect(unknown).toMatch(/Income, 1 year<\/dt><dd class="figure">–/);
});

describe("AssetChart", () => {
  const html = renderToStaticMarkup(<AssetChart answer={assetAnswer} range={rangeOf("all")} />);

  it("says in words what the line shows", () => {
    expect(html).toContain("The price of VTI went from $240.00 on Nov 18, 2026 to $250.00 on Nov 20, 2026.");
    expect(html).toContain("+4.17%");
  });

  it("marks each day on which something happened", () => {
    expect(html.match(/<circle/g)).toHaveLength(3);
    expect(html).toContain("<title>Nov 19, 2026: Split, 2 new units for an old one</title>");
  });
});

describe("AssetHistory", () => {
  it("lists what happened, the latest first", () => {
    const html = renderToStaticMarkup(<AssetHistory events={assetEvents(assetAnswer)} />);
    expect(html).toMatch(/Dividend.*\$0\.42 a unit.*Split.*Sold.*10 units at \$239\.50/);
  });
  it("says so when nothing did", () => {
    expect(renderToStaticMarkup(<AssetHistory events={[]} />)).toContain("names no transaction");
  });
});
