import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import { EmptyPortfolio } from "./empty-portfolio";

describe("EmptyPortfolio", () => {
  const html = renderToStaticMarkup(<EmptyPortfolio />);

  it("says that there are no holdings", () => expect(html).toContain("No holdings yet</h1>"));
  it("does not look like an outage", () => expect(html).not.toContain("refresh"));
});
