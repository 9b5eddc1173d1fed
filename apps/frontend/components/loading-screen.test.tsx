import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import { LoadingScreen } from "./loading-screen";

describe("LoadingScreen", () => {
  const html = renderToStaticMarkup(<LoadingScreen />);

  it("tells a screen reader what is going on", () => expect(html).toMatch(/role="status">Reading the portfolio/));
  it("hides the outline from it", () => expect(html.match(/skeleton" aria-hidden="true"/g)).toHaveLength(3));
});
