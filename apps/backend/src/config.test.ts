import { join } from "node:path";
import { readConfig } from "./config";

it("has a default for everything", () => {
  const PORTFOLIO_DIR = join(__dirname, "../data/sample");
  expect(readConfig({})).toEqual({
    HOSTNAME: "0.0.0.0",
    PORT: 8000,
    PORTFOLIO_DIR,
    LOG_LEVEL: "info",
    KEEP_ALIVE_TIMEOUT: 75_000,
    DRAIN_SECONDS: 25,
  });
});

it("lists every problem at once, with the value", () => {
  expect(() => readConfig({ PORT: "70000", LOG_LEVEL: "loud" })).toThrow(/PORT="70000".*65535[\s\S]*LOG_LEVEL="loud"/);
});

it.each(["s3://bucket-name/backend/", "s3://b.1/a/b_c/d.e/"])("takes %s as OBJECTS_URL", (OBJECTS_URL) => {
  expect(readConfig({ OBJECTS_URL })).toMatchObject({ OBJECTS_URL });
});

it.each([
  "",
  "bucket-name/backend/",
  "https://bucket-name/backend/",
  "s3://bucket-name/",
  "s3://bucket-name/backend",
  "s3://Bucket/backend/",
  "s3://bucket-name//",
  "s3://bucket-name/../",
  "s3://bucket-name/a?b/",
])("refuses %j as OBJECTS_URL, and says what is allowed", (OBJECTS_URL) => {
  expect(() => readConfig({ OBJECTS_URL })).toThrow(
    `OBJECTS_URL=${JSON.stringify(OBJECTS_URL)}: must be s3://<bucket>/<prefix>/`,
  );
});
