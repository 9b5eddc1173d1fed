import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { createApp } from "../../backend/src/app";
import { Log } from "../../backend/src/log";
import { PortfolioStore } from "../../backend/src/store/portfolio-store";
import { assetAnswer, portfolioAnswer } from "./answers";
import { type Components, type JsonSchema, schemaGaps } from "./schema-gaps.fixture";

const sample = join(__dirname, "../../backend/data/sample");
const holdings = "symbol,name,assetClass,sector,currency,quantity,costPerUnit\n";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "answers-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the backend answers about the files in the folder. */
function backend(disturb: () => void = () => {}): (path: string) => Promise<unknown> {
  const app = createApp({ store: new PortfolioStore(folder), log: new Log("error") });
  disturb();
  return async (path) => {
    const response = await app.request(path);
    expect([path, response.status]).toEqual([path, 200]);
    return response.json();
  };
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}

/** Month ends, from January 2024. */
function monthlyCloses(symbol: string, months: number): string {
  const rows = Array.from({ length: months }, (_, month) => {
    const date = new Date(Date.UTC(2024, month + 1, 0)).toISOString().slice(0, 10);
    return `${date},${symbol},${10 + (month % 3)}\n`;
  });
  return `date,symbol,close\n${rows.join("")}`;
}

/** Reads an answer, and changes nothing of it: a default that fills in for a renamed field would be another answer. */
function expectRead(schema: z.ZodType, answer: unknown): void {
  const { data, error } = schema.safeParse(answer);
  expect(error?.issues).toBeUndefined();
  expect(answer).toMatchObject(data as object);
}

interface Case {
  readonly title: string;
  readonly prepare: () => void;
  readonly disturb?: () => void;
  /** A holding; none in an empty portfolio. */
  readonly symbol?: string;
  /** Shows that the case is what its title says. */
  readonly shows: Readonly<Record<string, unknown>>;
}

const cases: readonly Case[] = [
  {
    title: "the sample",
    prepare: () => cpSync(sample, folder, { recursive: true }),
    symbol: "NORTH",
    shows: { source: { warnings: [] }, insights: { benchmark: { symbol: "WORLD" } } },
  },
  {
    title: "monthly closes, and warnings about the files",
    prepare: () =>
      write({
        "holdings.csv": `${holdings}NORTH,North,Stocks,,USD,12,1\n`,
        "closes.csv": monthlyCloses("NORTH", 30),
        "transactions.csv": "date,symbol,quantity,price\n2024-03-05,NORTH,10,10\n",
      }),
    symbol: "NORTH",
    shows: {
      source: { warnings: [expect.objectContaining({ file: "holdings.csv", line: 2, column: "quantity" })] },
      insights: { period: { spacing: "month" } },
    },
  },
  {
    title: "no history",
    prepare: () =>
      write({
        "holdings.csv": `${holdings}NORTH,North,Stocks,,USD,1,1\n`,
        "closes.csv": "date,symbol,close\n2026-01-05,NORTH,1\n",
      }),
    symbol: "NORTH",
    shows: { totals: { dayBefore: null }, insights: { period: null, maxDrawdown: null, valueAtRisk: null } },
  },
  {
    title: "several currencies, a short position, a split, a dividend, a sale, and nothing paid",
    prepare: () =>
      write({
        "settings.json": JSON.stringify({ baseCurrency: "USD", riskFreeRate: 0.02 }),
        "holdings.csv": `${holdings}A/B,Slash,Stocks,Energy,EUR,10,0\nSHORT,Short,Stocks,,USD,-3,5\n`,
        "closes.csv":
          "date,symbol,close\n2026-01-05,A/B,10\n2026-01-06,A/B,5\n2026-01-05,SHORT,4\n2026-01-06,SHORT,0\n",
        "rates.csv": "date,from,to,rate\n2026-01-05,EUR,USD,1.1\n",
        "splits.csv": "date,symbol,ratio\n2026-01-06,A/B,2:1\n",
        "dividends.csv": "date,symbol,amount\n2026-01-06,A/B,0.2\n",
        "transactions.csv": "date,symbol,quantity,price\n2026-01-05,A/B,6,10\n2026-01-06,A/B,-2,5\n",
      }),
    symbol: "A/B",
    shows: {
      assets: expect.arrayContaining([expect.objectContaining({ symbol: "A/B", currency: "EUR", gainRatio: null })]),
    },
  },
  {
    title: "no holdings",
    prepare: () => write({ "holdings.csv": holdings, "closes.csv": "date,symbol,close\n" }),
    shows: { asOf: null, currency: null, assets: [], insights: { income: null } },
  },
  {
    title: "the last good data beside a broken file",
    prepare: () => cpSync(sample, folder, { recursive: true }),
    disturb: () => write({ "holdings.csv": `${holdings}NORTH,North,Stocks,,USD,many,1\n` }),
    symbol: "NORTH",
    shows: { source: { error: expect.stringContaining('"many" is not a number') } },
  },
];

it.each(cases)(
  "reads each field of what the backend answers about $title",
  async ({ prepare, disturb, symbol, shows }) => {
    prepare();
    const get = backend(disturb);
    const whole = await get("/api/assets?include=insights,history,sparklines");
    expect(whole).toMatchObject(shows);
    expectRead(portfolioAnswer, whole);
    if (symbol === undefined) return;
    const one = await get(`/api/assets/${encodeURIComponent(symbol)}`);
    expect(one).toMatchObject({ asset: { symbol } });
    expectRead(assetAnswer, one);
  },
);

describe("the API's description", () => {
  const described = async (): Promise<Components> => {
    cpSync(sample, folder, { recursive: true });
    const { components } = (await backend()("/api/openapi.json")) as { components: { schemas: Components } };
    return components.schemas;
  };

  it.each([
    ["Assets", portfolioAnswer],
    ["AssetDetail", assetAnswer],
  ] as const)("allows no %s that the pages cannot read", async (name, schema) => {
    const components = await described();
    const reader = z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
    expect(schemaGaps(reader, components[name] as JsonSchema, components)).toEqual([]);
  });

  it("is held against every field of a schema: another name, null, type, value or format is a gap", async () => {
    const components = await described();
    const gaps = (schema: z.ZodType) =>
      schemaGaps(
        z.toJSONSchema(schema, { io: "input" }) as JsonSchema,
        { $ref: "#/components/schemas/Assets" },
        components,
      );
    expect(gaps(z.object({ assets: z.array(z.object({ ticker: z.string().default("") })) }))).toEqual([
      "assets[].ticker is not described",
    ]);
    expect(gaps(z.object({ assets: z.array(z.object({ sector: z.string() })) }))).toEqual([
      "assets[].sector may be null",
    ]);
    expect(gaps(z.object({ asOf: z.string().regex(/^x$/).nullable() }))).toEqual(["asOf is not described as ^x$"]);
    expect(gaps(z.object({ currency: z.iso.date().nullable() }))).toEqual(["currency is not described as date"]);
    expect(gaps(z.object({ totals: z.object({ value: z.string() }) }))).toEqual(["totals.value may be number"]);
    expect(gaps(z.object({ history: z.array(z.object({})) }))).toEqual(["history may be absent"]);
    const findings = z.array(z.object({ severity: z.enum(["info", "act"]) }));
    expect(gaps(z.object({ insights: z.object({ findings }).optional() }))).toEqual([
      "insights.findings[].severity may be watch",
    ]);
  });
});
