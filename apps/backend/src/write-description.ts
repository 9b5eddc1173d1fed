import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createApp } from "./app";
import { Log } from "./log";
import { PortfolioStore } from "./store/portfolio-store";

/** Writes the description that the API serves into a file, for people to review what changes in it. */
async function main(): Promise<void> {
  const store = new PortfolioStore(join(__dirname, "../data/sample"));
  const response = await createApp({ store, log: new Log("error") }).request("/api/openapi.json");
  writeFileSync(join(__dirname, "../openapi.json"), `${JSON.stringify(await response.json(), null, 2)}\n`);
}

void main();
