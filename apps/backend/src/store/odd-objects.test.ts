import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Log } from "../log";
import { PortfolioObjects } from "./portfolio-objects";
import { PortfolioStore } from "./portfolio-store";

/** What answers in place of S3: by path; each answer is a status, an ETag and a content. */
type Answer = readonly [status: number, etag: string, content: string];
const environment = process.env;
const holdings = "symbol,name,assetClass,currency,quantity,costPerUnit\nA,Alpha,Stocks,USD,1,1\n";
const closes = "date,symbol,close\n2026-11-20,A,12\n";
let answers: Record<string, Answer>;
let asked: string[];
let server: Server;
let folder: string;
let store: PortfolioStore;
let objects: PortfolioObjects;
let lines: { level: string; message: string }[];

beforeEach(async () => {
  [answers, asked, lines] = [{}, [], []];
  server = createServer(({ url = "" }, response) => {
    const { pathname } = new URL(url, "http://s3");
    const [status, etag, content] = answers[pathname] ?? [404, "", "<Error><Code>NoSuchKey</Code></Error>"];
    asked.push(pathname);
    response.writeHead(status, etag === "" ? {} : { etag }).end(content);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_MAX_ATTEMPTS: "1",
  };
  folder = mkdtempSync(join(tmpdir(), "odd-objects-"));
  cpSync(join(__dirname, "../../data/sample"), folder, { recursive: true });
  store = new PortfolioStore(folder);
  const log = new Log("info", (line) => lines.push(JSON.parse(line)));
  objects = new PortfolioObjects({ url: "s3://bucket/a/b/", store, log });
});
afterEach(async () => {
  process.env = environment;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const messages = () => lines.map(({ level, message }) => `${level} ${message}`);

it("takes an object that is sent again with the ETag it had for unchanged, as from a store that knows no conditions", async () => {
  answers = { "/bucket/a/b/holdings.csv": [200, '"h"', holdings], "/bucket/a/b/closes.csv": [200, '"c"', closes] };
  await objects.poll();
  const { loadedAt } = store.current().source;
  asked = [];
  await objects.poll();
  expect(asked).toHaveLength(8);
  expect(store.current().source.loadedAt).toBe(loadedAt);
  expect(messages()).toEqual(['info s3://bucket/a/b/: shown: holdings.csv "h", closes.csv "c"']);
  expect(store.objects).toEqual({ ok: true, detail: 'holdings.csv "h", closes.csv "c"' });
});

it("asks for each file of a portfolio under the prefix", async () => {
  await objects.poll();
  const names = ["portfolio.json", "settings.json", "holdings.csv", "closes.csv", "rates.csv", "splits.csv"];
  expect(asked.toSorted()).toEqual(
    [...names, "dividends.csv", "transactions.csv"].map((name) => `/bucket/a/b/${name}`).toSorted(),
  );
});

it("names what is absent and why, in words and in the state", async () => {
  answers = { "/bucket/a/b/rates.csv": [200, '"r"', "date,from,to,rate\n"] };
  await objects.poll();
  const detail =
    "absent, or not allowed to be read: holdings.csv (NoSuchKey), closes.csv (NoSuchKey); what is shown stays";
  expect(messages()).toEqual([`info s3://bucket/a/b/: ${detail}`]);
  expect(store.objects).toEqual({ ok: true, detail });
});

it("takes an empty object for an empty file", async () => {
  answers = { "/bucket/a/b/holdings.csv": [200, '"h"', ""], "/bucket/a/b/closes.csv": [200, '"c"', closes] };
  await objects.poll();
  expect(messages()).toEqual([
    expect.stringMatching(/^error s3:.*: holdings\.csv line 1: has no column symbol.*; the last good portfolio stays$/),
  ]);
  expect(store.objects).toEqual({ ok: false, detail: 'holdings.csv "h", closes.csv "c"' });
});

it.each([
  [[404, "", "<Error><Code>NoSuchBucket</Code><Message>No</Message></Error>"], "info", /^absent.*NoSuchBucket/],
  [[403, "", "<Error><Code>ExpiredToken</Code><Message>Old</Message></Error>"], "error", /^403 ExpiredToken: Old; /],
  [[503, "", "<Error><Code>SlowDown</Code><Message>Wait</Message></Error>"], "error", /^503 SlowDown: Wait; /],
] as const)("keeps what is shown when everything is answered with %j", async (answer, level, message) => {
  for (const file of ["holdings.csv", "closes.csv"]) answers[`/bucket/a/b/${file}`] = answer;
  await objects.poll();
  expect(lines).toEqual([
    expect.objectContaining({
      level,
      message: expect.stringMatching(new RegExp(`^s3://bucket/a/b/: ${message.source.slice(1)}.*what is shown stays$`)),
    }),
  ]);
  expect([store.objects?.ok, store.current().source.sample]).toEqual([level === "info", true]);
});

it("says that nothing answers in time, by nothing but that", async () => {
  await objects.poll(AbortSignal.abort());
  expect(messages()).toEqual(["error s3://bucket/a/b/: Error: no answer in time; what is shown stays"]);
  expect(store.objects).toEqual({ ok: false, detail: "Error" });
});
