import { describe, expect, it } from "@jest/globals";
import { holdingsHref, holdingsQuery, isFiltered, toQuery } from "./holdings-query";

describe("holdingsQuery", () => {
  it("reads an address, and says it again", () => {
    const address = { sort: "gain", search: "fund", assetClass: "Bonds", currency: "EUR", offset: "50" };
    expect(toQuery(holdingsQuery(address))).toEqual(address);
    expect(isFiltered(holdingsQuery(address))).toBe(true);
  });

  it.each([
    ["an order that there is not", { sort: "luck" }],
    ["a currency that is none", { currency: "euro" }],
    ["an offset that is no number", { offset: "-1" }],
    ["an offset too far", { offset: "1e9" }],
    ["blanks", { search: "   " }],
  ])("counts %s as not said", (_, address) => {
    expect(toQuery(holdingsQuery(address))).toEqual({});
  });

  it("takes the first of what is said twice, and no more of it than the API does", () => {
    expect(holdingsQuery({ search: ["one", "two"] }).search).toBe("one");
    expect(holdingsQuery({ search: "x".repeat(100) }).search).toHaveLength(64);
  });
});

it("keeps the rest of an address when one thing in it changes", () => {
  const query = holdingsQuery({ search: "a b", sort: "gain" });
  expect(holdingsHref(query, { sort: "-gain" })).toBe("/holdings?search=a+b&sort=-gain");
  expect(holdingsHref(holdingsQuery({}), {})).toBe("/holdings");
});
