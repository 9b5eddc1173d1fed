import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** Pictures of pages, for people. */
const screens = join(__dirname, "../../reports/screens");

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1280, height: 900 };

/** Where the dashboard is. */
export function dashboardUrl(): string {
  const url = process.env.DASHBOARD_URL;
  if (url) return url.replace(/\/$/, "");
  throw new Error(
    "DASHBOARD_URL is not set; it is the dashboard's address, such as http://localhost:8080: make test STAGES=compose",
  );
}

/** A page with what went wrong in it: errors on its console, of its scripts, and against its Content-Security-Policy. */
export interface Visit {
  readonly page: Page;
  readonly errors: readonly string[];
}

export async function visit(browser: Browser, path: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const page = await browser.newPage({ viewport: desktop, baseURL: dashboardUrl(), ...options });
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(path, { waitUntil: "load" });
  return { page, errors };
}

export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screens, { recursive: true });
  await page.screenshot({ path: join(screens, `${name}.png`), fullPage: true });
}
