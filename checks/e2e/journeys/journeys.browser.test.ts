import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { startBrowser } from "../../../ops/install/chromium";
import { desktop, phone, screenshot, type Visit, visit } from "./browser";
import { serveSlowly } from "./slowly";

jest.setTimeout(120_000);

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const pages = [
  ["overview", "/"],
  ["holdings", "/holdings"],
  ["holding", "/holdings/NORTH"],
  ["insights", "/insights"],
  ["not-found", "/nothing"],
] as const;
const looks = (["light", "dark"] as const).flatMap((colorScheme) => [
  { look: `${colorScheme}-desktop`, colorScheme, viewport: desktop },
  { look: `${colorScheme}-phone`, colorScheme, viewport: phone },
]);
const views = pages.flatMap(([name, path]) => looks.map((look) => ({ name, path, ...look })));

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

const open: Visit[] = [];
afterEach(async () => {
  for (const { page } of open.splice(0)) await page.close();
});
async function go(...[path, options]: [string, Parameters<typeof visit>[2]?]): Promise<Visit> {
  const opened = await visit(browser, path, options);
  open.push(opened);
  return opened;
}

/** How far things moved while the page loaded: a score, 0 when nothing did. */
const layoutShift = (page: Page) =>
  page.evaluate<number>(`new Promise((resolve) => {
    let sum = 0;
    const add = (list) => list.getEntries().forEach(({ value }) => { sum += value; });
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 200);
  })`);
/** A page that is not there is an error to the console, too. */
const faults = (page: string, errors: readonly string[]) =>
  errors.filter((error) => page !== "not-found" || !error.includes("404"));
const pageWidth = (page: Page) => page.evaluate<number>("document.documentElement.scrollWidth");

/** What axe-core finds that keeps people out: its answer is of the page as it is shown. */
async function barriers(page: Page): Promise<string[]> {
  // As the browser itself, which a page's policy does not bind.
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>("axe.run()");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

it.each(views)("shows $name in $look: nothing moves, nothing fails, nobody is kept out", async (view) => {
  const { page, errors } = await go(view.path, view);
  // Before the picture, for which the browser makes the page as long as its content.
  const moved = await layoutShift(page);
  await screenshot(page, `${view.name}-${view.look}`);
  expect(faults(view.name, errors)).toEqual([]);
  expect(moved).toBeLessThan(0.01);
  expect(await pageWidth(page)).toBe(view.viewport.width);
  expect(await barriers(page)).toEqual([]);
});

describe("piece by piece", () => {
  let slow: Awaited<ReturnType<typeof serveSlowly>>;
  beforeAll(async () => {
    slow = await serveSlowly();
  });
  afterAll(() => slow.close());

  const sizes = Object.entries({ desktop, phone });
  it.each(pages.flatMap(([name, path]) => sizes.map(([size, viewport]) => ({ name, path, size, viewport }))))(
    "moves nothing of $name on a $size while it arrives",
    async ({ name, path, viewport }) => {
      const { page, errors } = await go(path, { viewport, baseURL: slow.url });
      expect(faults(name, errors)).toEqual([]);
      // Things that move little piece by piece count for more together, when more arrives at once.
      expect(await layoutShift(page)).toBeLessThan(0.003);
    },
  );
});

it("fits a screen of 360 pixels", async () => {
  for (const [, path] of pages) {
    const { page } = await go(path, { viewport: { width: 360, height: 640 } });
    expect([path, await pageWidth(page)]).toEqual([path, 360]);
  }
});

it("shows another time in the chart, and stays there", async () => {
  const { page } = await go("/");
  const chart = () => page.locator("#performance [role=img]").first().getAttribute("aria-label");
  const year = await chart();
  await page.getByRole("link", { name: "3M" }).click();
  await page.waitForURL("**/?range=3m#performance");
  expect(await chart()).not.toBe(year);
  expect(await page.getByRole("link", { name: "3M" }).getAttribute("aria-current")).toBe("true");
});

it("orders, searches and filters the holdings, and leads to one", async () => {
  const { page } = await go("/holdings");
  const symbols = () => page.locator("tbody th .symbol").allTextContents();
  const all = await symbols();
  await page.getByRole("link", { name: "Holding", exact: true }).click();
  await page.waitForURL("**/holdings?sort=symbol");
  expect(await symbols()).toEqual(all.toSorted());
  expect(await page.locator("th[aria-sort]").getAttribute("aria-sort")).toBe("ascending");

  await page.locator("select[name=assetClass]").selectOption("Bonds");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.waitForURL("**assetClass=Bonds**");
  expect(await symbols()).toEqual(["CORPB", "GILTS"]);
  await page.getByRole("searchbox").fill("government");
  await page.keyboard.press("Enter");
  await page.waitForURL("**search=government**");
  expect(await symbols()).toEqual(["GILTS"]);

  await page.getByRole("link", { name: "GILTS" }).click();
  await page.waitForURL("**/holdings/GILTS");
  expect(await page.locator("h1").textContent()).toContain("Meridian Government Bond Fund");
});

it("explains an insight", async () => {
  const { page } = await go("/");
  await page.getByRole("link", { name: "All insights" }).click();
  await page.waitForURL("**/insights");
  const card = page.locator("article").filter({ hasText: "Deepest fall" });
  expect(await card.textContent()).toContain("In its worst stretch");
  expect(await card.getByText("Maximum Drawdown").isVisible()).toBe(false);
  await card.getByText("How it is worked out").click();
  expect(await card.getByText("Maximum Drawdown").isVisible()).toBe(true);
});

it("is walked with the keyboard: past the navigation, and through it", async () => {
  const { page } = await go("/");
  const focused = () => page.evaluate<string>("document.activeElement.textContent.trim()");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Skip to content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("1M");
  await page.goto("/");
  for (const expected of ["Skip to content", "Portfolio Dashboard", "Overview", "Holdings"]) {
    await page.keyboard.press("Tab");
    expect(await focused()).toBe(expected);
  }
  await page.keyboard.press("Enter");
  await page.waitForURL("**/holdings");
});

it("can be read, ordered and searched without scripts", async () => {
  const { page } = await go("/", { javaScriptEnabled: false });
  expect(await page.locator("h1").textContent()).toBe("Portfolio value");
  expect(await page.locator("#performance .chart-plot").first().isVisible()).toBe(true);
  await page.goto("/holdings?sort=symbol");
  await page.getByRole("searchbox").fill("gold");
  await page.getByRole("button", { name: "Apply" }).click();
  expect(await page.locator("tbody tr").count()).toBe(1);
  expect(await page.locator("tbody tr").isVisible()).toBe(true);
});

it("answers 404 for a holding that there is not, and leads on", async () => {
  const { page } = await go("/");
  const response = await page.goto("/holdings/NOBODY");
  expect(response?.status()).toBe(404);
  await page.getByRole("link", { name: "See all holdings" }).click();
  await page.waitForURL("**/holdings");
});

it("prints what is to be read, and no navigation", async () => {
  const { page } = await go("/holdings");
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("table").isVisible()).toBe(true);
  expect(await page.locator(".site-places").isVisible()).toBe(false);
  expect(await page.locator("form").isVisible()).toBe(false);
});
