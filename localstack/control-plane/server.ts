import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { AccountMetrics } from "./account-metrics";
import { createControlPlane } from "./app";
import { type Accounts, accountIn } from "./autoscaling/model";
import { Clock } from "./cloudwatch/clock";

const port = Number(process.env.PORT ?? 4567);
const clock = new Clock(minuteSeconds(process.env.CLOUDWATCH_MINUTE_SECONDS) * 1000);
const accounts = (process.env.ACCOUNTS ?? "").split(",").filter(Boolean);
const region = process.env.AWS_REGION ?? "us-east-1";
const scaling: Accounts = new Map();
const metrics = new Map(
  accounts.map((account) => [account, new AccountMetrics(account, accountIn(scaling, account, region))]),
);

const controlPlane = createControlPlane({ emulator: process.env.AWS_ENDPOINT_URL, clock, scaling, metrics });
serve({ fetch: controlPlane.fetch, port }, () => console.log(`control plane: listening on ${port}`));
process.on("SIGTERM", () => process.exit());

for (const account of metrics.values()) void closeMinutes(account);

function minuteSeconds(text = "60"): number {
  if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 60) return Number(text);
  console.error(`control plane: CLOUDWATCH_MINUTE_SECONDS is "${text}", not a whole number from 1 to 60`);
  process.exit(1);
}

async function closeMinutes(account: AccountMetrics): Promise<never> {
  let failing = false;
  // Whoever took longer than a minute goes on with the newest: an alarm that is late is worse than one that skips a minute.
  for (;;) {
    // A little later, for a timer may fire a millisecond early.
    await sleep(clock.millisecondsToNext() + 50);
    try {
      await account.close(clock.minute() - 1);
      failing = false;
    } catch (error) {
      if (!failing) console.error(`control plane: no metrics of ${account.account}: ${error}`);
      failing = true;
    }
  }
}
