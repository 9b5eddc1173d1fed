import { cpSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Log } from "../log";
import { PortfolioObjects } from "./portfolio-objects";
import { PortfolioStore } from "./portfolio-store";

const sample = join(__dirname, "../../data/sample");
const url = "s3://bucket/backend/";
const holdingsPath = "/bucket/backend/holdings.csv";
const closesPath = "/bucket/backend/closes.csv";

/** What S3 answers, in short: by path to the bucket, with ETags; a missing key is denied, as it is without s3:ListBucket. */
class FakeS3 {
  readonly objects = new Map<string, string>();
  readonly answers: string[] = [];
  denial: { status: number; code: string } = { status: 403, code: "AccessDenied" };
  beforeAnswer: (path: string, response: ServerResponse) => Promise<void> | void = () => {};
  private readonly server = createServer(async ({ url: address = "", headers }, response) => {
    const { pathname } = new URL(address, "http://s3");
    await this.beforeAnswer(pathname, response);
    if (response.destroyed || response.headersSent) return;
    const content = this.objects.get(pathname);
    const etag = `"${Buffer.from(content ?? "").toString("base64")}"`;
    const status = content === undefined ? this.denial.status : headers["if-none-match"] === etag ? 304 : 200;
    this.answers.push(`${status} ${pathname}`);
    if (content === undefined) {
      response.writeHead(status, { "content-type": "application/xml" });
      response.end(`<Error><Code>${this.denial.code}</Code><Message>No</Message></Error>`);
    } else {
      response.writeHead(status, { etag }).end(status === 304 ? undefined : content);
    }
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  put(quantity: number | string, close: number): void {
    this.objects.set(
      holdingsPath,
      `symbol,name,assetClass,currency,quantity,costPerUnit\nA,Alpha,Stocks,USD,${quantity},1\n`,
    );
    this.objects.set(closesPath, `date,symbol,close\n2026-11-20,A,${close}\n`);
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

const environment = process.env;
let s3: FakeS3;
let folder: string;
let store: PortfolioStore;
let portfolioObjects: PortfolioObjects;
let lines: { level: string; message: string }[];

beforeEach(async () => {
  s3 = new FakeS3();
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: await s3.listen(),
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_MAX_ATTEMPTS: "1",
  };
  folder = mkdtempSync(join(tmpdir(), "portfolio-"));
  cpSync(sample, folder, { recursive: true });
  lines = [];
  const log = new Log("info", (line) => lines.push(JSON.parse(line)));
  store = new PortfolioStore(folder);
  portfolioObjects = new PortfolioObjects({ url, store, log });
});
afterEach(async () => {
  process.env = environment;
  await s3.close();
  rmSync(folder, { recursive: true });
});

function shown() {
  const { portfolio, source } = store.current();
  return {
    holdings: portfolio.holdings.length,
    quantity: portfolio.holdings[0]?.quantity,
    close: portfolio.closes.get("A")?.[0]?.close,
    sample: source.sample,
  };
}

const shownSample = { holdings: 8, quantity: 142, close: undefined, sample: true };
const absence = {
  level: "info",
  message: expect.stringMatching(/^s3:\/\/bucket\/backend\/: absent.*holdings\.csv \(.*closes\.csv \(/),
};
const success = { level: "info", message: expect.stringContaining("s3://bucket/backend/: shown: holdings.csv") };

it("shows the objects instead of the sample", async () => {
  s3.put(1, 10);
  await portfolioObjects.poll();
  expect(shown()).toEqual({ holdings: 1, quantity: 1, close: 10, sample: false });
  expect(lines).toEqual([expect.objectContaining(success)]);
});

it("downloads and writes nothing while nothing changes", async () => {
  s3.put(1, 10);
  await portfolioObjects.poll();
  const written = statSync(join(folder, "objects/holdings.csv"));
  s3.answers.length = 0;
  await portfolioObjects.poll();
  expect(s3.answers.filter((answer) => !answer.startsWith("403")).sort()).toEqual([
    `304 ${closesPath}`,
    `304 ${holdingsPath}`,
  ]);
  expect(statSync(join(folder, "objects/holdings.csv")).ino).toBe(written.ino);
  expect(lines).toHaveLength(1);
});

it("shows a changed pair, and a change of one of the two", async () => {
  s3.put(1, 10);
  await portfolioObjects.poll();
  s3.put(2, 20);
  await portfolioObjects.poll();
  expect(shown()).toMatchObject({ quantity: 2, close: 20 });
  s3.put(2, 30);
  await portfolioObjects.poll();
  expect(shown()).toMatchObject({ quantity: 2, close: 30 });
  expect(lines).toHaveLength(3);
});

it("shows the files that may be there as well, and shows the rest when they are removed", async () => {
  s3.put(1, 10);
  s3.objects.set("/bucket/backend/settings.json", '{"riskFreeRate":0.03}');
  const riskFreeRate = () => store.current().portfolio.riskFreeRate;
  await portfolioObjects.poll();
  expect(riskFreeRate()).toBe(0.03);
  s3.objects.delete("/bucket/backend/settings.json");
  await portfolioObjects.poll();
  expect([riskFreeRate(), store.objects?.ok]).toEqual([0, true]);
});

it("shows a portfolio that is one object", async () => {
  const holding = { symbol: "A", name: "Alpha", assetClass: "Stocks", currency: "USD", quantity: 7, costPerUnit: 1 };
  const closes = [{ date: "2026-11-20", symbol: "A", close: 10 }];
  s3.objects.set("/bucket/backend/portfolio.json", JSON.stringify({ holdings: [holding], closes }));
  await portfolioObjects.poll();
  expect(shown()).toMatchObject({ holdings: 1, quantity: 7, sample: false });
});

it("does not download an object that is too big, and says so", async () => {
  s3.put(1, 10);
  await portfolioObjects.poll();
  s3.beforeAnswer = (path, response) => {
    if (path === closesPath) response.writeHead(200, { etag: "big", "content-length": 2 ** 30 }).write("date");
  };
  await portfolioObjects.poll();
  expect(lines.at(-1)).toMatchObject({ level: "error", message: expect.stringContaining("has 1024.0 MiB; at most") });
  expect([shown().quantity, store.objects?.ok]).toEqual([1, false]);
});

it("does not show one old and one new file when both change between two answers", async () => {
  s3.put(1, 10);
  await portfolioObjects.poll();
  let holdingsAnswered = () => {};
  const answered = new Promise<void>((resolve) => {
    holdingsAnswered = resolve;
  });
  s3.beforeAnswer = async (path, response) => {
    if (path === holdingsPath) response.once("finish", holdingsAnswered);
    if (path !== closesPath) return;
    await answered;
    s3.put(2, 20);
  };
  await portfolioObjects.poll();
  expect(shown()).toMatchObject({ quantity: 2, close: 20 });
  expect(lines).toHaveLength(2);
});

it.each([
  { status: 403, code: "AccessDenied" },
  { status: 404, code: "NoSuchKey" },
])(
  "keeps the sample while S3 answers $status $code, says so once, and shows the objects once they come",
  async (denial) => {
    s3.denial = denial;
    await portfolioObjects.poll();
    await portfolioObjects.poll();
    expect(shown()).toEqual(shownSample);
    expect(lines).toEqual([expect.objectContaining(absence)]);
    s3.put(1, 10);
    await portfolioObjects.poll();
    expect(shown()).toMatchObject({ quantity: 1, sample: false });
  },
);

it("keeps the sample while one of the two is absent, and names it", async () => {
  s3.put(1, 10);
  s3.objects.delete(closesPath);
  await portfolioObjects.poll();
  expect(shown()).toEqual(shownSample);
  expect(lines).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/: closes\.csv \(AccessDenied\); what is shown stays$/) }),
  ]);
});

it("keeps showing objects that were removed, and says so once at each change", async () => {
  s3.put(1, 10);
  await portfolioObjects.poll();
  s3.objects.clear();
  await portfolioObjects.poll();
  await portfolioObjects.poll();
  expect(shown()).toMatchObject({ quantity: 1, sample: false });
  s3.put(1, 10);
  await portfolioObjects.poll();
  expect(lines).toEqual([success, absence, success].map((line) => expect.objectContaining(line)));
});

it("keeps the last good portfolio when the objects are no portfolio, says so once for each version, and recovers", async () => {
  const broken = (what: string) => ({
    level: "error",
    message: expect.stringContaining(`${what}" is not a number such as 12.5; the last good portfolio stays`),
  });
  s3.put(1, 10);
  await portfolioObjects.poll();
  s3.put("many", 20);
  await portfolioObjects.poll();
  await portfolioObjects.poll();
  expect(shown()).toMatchObject({ quantity: 1, close: 10 });
  expect(store.current().source.error).toContain('"many" is not a number');
  s3.put("more", 20);
  await portfolioObjects.poll();
  s3.put(1, 10);
  await portfolioObjects.poll();
  expect(store.current().source.error).toBeUndefined();
  expect(lines).toEqual(
    [success, broken("many"), broken("more"), success].map((line) => expect.objectContaining(line)),
  );
});

it.each<[string, (response: ServerResponse) => void, string]>([
  ["breaks the connection", (response) => response.destroy(), "socket hang up"],
  ["fails", (response) => response.writeHead(500).end(), ": 500 "],
  [
    "does not know the key",
    (response) => response.writeHead(403).end("<Error><Code>InvalidAccessKeyId</Code></Error>"),
    ": 403 InvalidAccessKeyId",
  ],
  [
    "stops in the middle of an object",
    (response) => response.writeHead(200, { etag: "new" }).write("sym"),
    "no answer in time",
  ],
])("keeps what it shows while S3 %s, says so once, and recovers", async (_, answer, reason) => {
  s3.put(1, 10);
  await portfolioObjects.poll();
  s3.beforeAnswer = (_path, response) => answer(response);
  await portfolioObjects.poll(AbortSignal.timeout(300));
  await portfolioObjects.poll(AbortSignal.timeout(300));
  expect(shown()).toMatchObject({ quantity: 1, close: 10 });
  s3.beforeAnswer = () => {};
  s3.put(2, 20);
  await portfolioObjects.poll();
  expect(shown()).toMatchObject({ quantity: 2, close: 20 });
  const failed = { level: "error", message: expect.stringContaining(reason) };
  expect(lines).toEqual([success, failed, success].map((line) => expect.objectContaining(line)));
});

it("tries again to put a pair in place that could not be written", async () => {
  s3.put(1, 10);
  const replace = jest.spyOn(store, "replace").mockImplementationOnce(() => {
    throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  });
  await portfolioObjects.poll();
  expect(shown()).toEqual(shownSample);
  await portfolioObjects.poll();
  expect(replace).toHaveBeenCalledTimes(2);
  expect(shown()).toMatchObject({ quantity: 1 });
  expect(lines.map(({ level }) => level)).toEqual(["error", "info"]);
});

it("asks at the start, and again after 30 s", () => {
  jest.useFakeTimers();
  try {
    const poll = jest.spyOn(portfolioObjects, "poll").mockResolvedValue();
    portfolioObjects.start();
    expect(poll).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(30_000);
    expect(poll).toHaveBeenCalledTimes(2);
  } finally {
    jest.useRealTimers();
  }
});
