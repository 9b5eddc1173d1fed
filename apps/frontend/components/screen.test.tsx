import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import { portfolio } from "../lib/answers.fixture";
import { MissingPart } from "./missing-part";
import { Screen } from "./screen";

describe("Screen", () => {
  const { source, asOf } = portfolio;
  const html = renderToStaticMarkup(
    <Screen current="insights" source={{ source, asOf }}>
      <p>content</p>
    </Screen>,
  );

  it("begins with a way past the navigation", () => {
    expect(html).toMatch(/^<a class="skip-link" href="#content">/);
    expect(html).toContain('<main id="content"');
  });
  it("says which page this is", () => expect(html).toContain('<a href="/insights" aria-current="page">'));
  it("says where the numbers are from before it shows any", () => expect(html).toMatch(/Sample data.*content/));
});

it("says what is missing, and that the rest is not", () => {
  const html = renderToStaticMarkup(<MissingPart what="The insights" why="No answer." />);
  expect(html).toMatch(/role="status".*The insights could not be loaded\..*complete\. No answer\./);
});
