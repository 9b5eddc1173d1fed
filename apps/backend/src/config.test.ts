import { join } from "node:path";
import { readConfig } from "./config";

it("has a default for everything", () => {
  const PORTFOLIO_DIR = join(__dirname, "../data/sample");
  expect(readConfig({})).toEqual({ HOSTNAME: "0.0.0.0", PORT: 8000, PORTFOLIO_DIR, LOG_LEVEL: "info" });
});

it("lists every problem at once, with the value", () => {
  expect(() => readConfig({ PORT: "70000", LOG_LEVEL: "loud" })).toThrow(/PORT="70000".*65535[\s\S]*LOG_LEVEL="loud"/);
});
