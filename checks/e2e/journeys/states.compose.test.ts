import type { Browser } from "playwright-core";
import { address, compose, pagesAreNew } from "../../../nginx/compose";
import { startBrowser } from "../../../ops/install/chromium";
import { phone, screenshot, visit } from "./browser";

jest.setTimeout(120_000);

process.env.DASHBOARD_URL ??= address;
const inBackend = (script: string) => compose("exec", "-T", "backend", "sh", "-c", `cd /data/portfolio && ${script}`);

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

/** What a page says, in a picture too, while the portfolio is changed by a shell script; it is put back. */
async function whileChanged(change: string, name: string): Promise<string> {
  inBackend("mkdir ../kept && cp * ../kept");
  try {
    inBackend(change);
    return await shown(name);
  } finally {
    inBackend("rm -f * && mv ../kept/* . && rmdir ../kept");
  }
}

async function shown(name: string, expectedErrors: readonly string[] = []): Promise<string> {
  await pagesAreNew();
  const { page, errors } = await visit(browser, "/", { viewport: phone });
  await screenshot(page, name);
  const text = (await page.locator("main").textContent()) ?? "";
  await page.close();
  expect(errors).toEqual(expectedErrors);
  return text;
}

it("shows the last good portfolio when the newest is broken, and where", async () => {
  const text = await whileChanged("sed -i '2s/142/many/' holdings.csv", "stale-light-phone");
  expect(text).toContain("Showing the last good data.");
  expect(text).toContain("holdings.csv line 2, column quantity");
  expect(text).toContain("$83,689.77");
});

it("says that a portfolio without holdings is empty", async () => {
  expect(await whileChanged("sed -i '2,$d' holdings.csv", "empty-light-phone")).toContain("No holdings yet");
});

it("shows a portfolio of one day without its insights over time", async () => {
  const text = await whileChanged(
    "rm -f dividends.csv && sed -n '1p;/^2026-11-20,/p' closes.csv > closes && mv closes closes.csv",
    "one-day-light-phone",
  );
  expect(text).toContain("Portfolio value");
  expect(text).toContain("There are not enough days with prices to draw a line.");
});

it("stays up without the API, says so, and asks again by itself", async () => {
  compose("stop", "backend");
  try {
    const text = await shown("down-light-phone", [
      "Failed to load resource: the server responded with a status of 503 (Service Unavailable)",
    ]);
    expect(text).toContain("The data service does not answer");
    expect(text).toContain("tries again every 10 seconds");
  } finally {
    compose("up", "--wait", "--detach");
  }
});
