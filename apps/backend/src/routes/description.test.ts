import fs from "node:fs";
import { join } from "node:path";
import { createApp } from "../app";
import { Log } from "../log";
import { PortfolioStore } from "../store/portfolio-store";

const file = join(__dirname, "../../openapi.json");
const app = createApp({
  store: new PortfolioStore(join(__dirname, "../../data/sample")),
  log: new Log("error", () => {}),
});
const served = async () => (await app.request("/api/openapi.json")).json();

it("serves the description in openapi.json, which `npm --prefix apps/backend run describe` writes", async () => {
  expect(await served()).toEqual(JSON.parse(fs.readFileSync(file, "utf8")));
});

it("serves it again as it was", async () => {
  expect(await served()).toEqual(await served());
});

it("is written into that file as it is served", async () => {
  const write = jest.spyOn(fs, "writeFileSync").mockImplementation();
  await import("../write-description");
  for (let turn = 0; turn < 1000 && write.mock.calls.length === 0; turn++) await new Promise(setImmediate);
  expect(write.mock.calls).toEqual([[file, `${JSON.stringify(await served(), null, 2)}\n`]]);
});
