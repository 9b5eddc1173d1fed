import { join } from "node:path";
import type { z } from "zod";
import { createApp } from "../app";
import { Log } from "../log";
import { PortfolioStore } from "../store/portfolio-store";
import type { assetsSchema } from "./assets";

const app = createApp({
  store: new PortfolioStore(join(__dirname, "../../data/sample")),
  log: new Log("error", () => {}),
});

type Answer = z.infer<typeof assetsSchema>;

async function assets(query = ""): Promise<Answer["assets"]> {
  const response = await app.request(`/api/assets?${query}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as Answer).assets;
}

async function symbols(query = ""): Promise<string[]> {
  return (await assets(query)).map(({ symbol }) => symbol);
}

/** Those of all holdings that something holds for, in the order in which they are answered unsorted. */
async function symbolsWhere(isSelected: (asset: Answer["assets"][number]) => boolean): Promise<string[]> {
  return (await assets()).filter(isSelected).map(({ symbol }) => symbol);
}

it("sorts, with the largest value first unless told otherwise", async () => {
  const byName = await symbols("sort=symbol");
  expect(byName).toEqual([...byName].sort());
  expect(await symbols("sort=-symbol")).toEqual(byName.toReversed());
  expect(await symbols("")).toEqual(await symbols("sort=-value"));
});

it.each(["quantity", "price", "value", "cost", "gain", "gainRatio", "weight", "dayChangeRatio"] as const)(
  "sorts by %s from the smallest number up, and with a minus from the largest down",
  async (field) => {
    const numbers = (await assets()).map((asset) => Number(asset[field]));
    const ascending = numbers.toSorted((a, b) => a - b);
    // Of equal numbers, any order would be right.
    expect(new Set(numbers).size).toBe(numbers.length);
    expect((await assets(`sort=${field}`)).map((asset) => asset[field])).toEqual(ascending);
    expect((await assets(`sort=-${field}`)).map((asset) => asset[field])).toEqual(ascending.toReversed());
  },
);

it.each(["name", "assetClass", "sector"] as const)(
  "sorts by %s from A to Z, and with a minus from Z to A",
  async (field) => {
    const ascending = (await assets()).map((asset) => String(asset[field])).sort();
    expect((await assets(`sort=${field}`)).map((asset) => asset[field])).toEqual(ascending);
    expect((await assets(`sort=-${field}`)).map((asset) => asset[field])).toEqual(ascending.toReversed());
  },
);

it("sorts what is equal by symbol, in either direction", async () => {
  const byClass = (await assets("sort=assetClass")).filter(({ assetClass }) => assetClass === "Stocks");
  const backwards = (await assets("sort=-assetClass")).filter(({ assetClass }) => assetClass === "Stocks");
  expect(byClass.map(({ symbol }) => symbol)).toEqual(["HARBR", "LUMEN", "NORTH"]);
  expect(backwards).toEqual(byClass);
});

it("filters by class, sector, currency and words, and says how many there are", async () => {
  expect(await symbols("assetClass=Cash")).toEqual(["CASHM"]);
  expect(await symbols("search=lUmEn")).toEqual(["LUMEN"]);
  expect(await symbols("currency=EUR")).toEqual([]);
  expect(await (await app.request("/api/assets?assetClass=Stocks&limit=1")).json()).toMatchObject({
    page: { offset: 0, limit: 1, total: 3 },
  });
});

it("filters by sector: those of it, and no others", async () => {
  const government = await symbols("sector=Government");
  expect(government.toSorted()).toEqual(["CASHM", "GILTS"]);
  expect(government).toEqual(await symbolsWhere(({ sector }) => sector === "Government"));
  expect(await symbols("sector=government")).toEqual([]);
});

it("filters by currency: those in it, and no others", async () => {
  expect(await symbols("currency=USD")).toEqual(await symbols());
});

it("answers what passes all filters at once", async () => {
  expect(await symbols("sector=Government&assetClass=Bonds")).toEqual(["GILTS"]);
  expect(await symbols("sector=Government&assetClass=Stocks")).toEqual([]);
  expect(await symbols("sector=Government&search=money")).toEqual(["CASHM"]);
});

it("pages, with links to the next and the previous page", async () => {
  const all = await symbols("sort=symbol");
  const paged: string[] = [];
  let address: string | undefined = "?sort=symbol&limit=3";
  for (; address; ) {
    const response: Response = await app.request(`/api/assets${address}`);
    paged.push(...((await response.json()) as { assets: { symbol: string }[] }).assets.map(({ symbol }) => symbol));
    address = /<([^>]*)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
  }
  expect(paged).toEqual(all);
  expect((await app.request("/api/assets?limit=3&offset=4")).headers.get("link")).toContain('offset=1>; rel="prev"');
});

it("keeps totals and allocation those of the whole portfolio", async () => {
  const whole = (await (await app.request("/api/assets")).json()) as { totals: object; allocation: object };
  expect(await (await app.request("/api/assets?assetClass=Cash")).json()).toMatchObject({
    totals: whole.totals,
    allocation: whole.allocation,
  });
});
