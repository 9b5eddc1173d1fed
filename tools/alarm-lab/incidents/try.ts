import { readFileSync } from "node:fs";
import { readAlarms } from "../read";
import { known } from "./incidents";
import { judge } from "./judge";

const files = ["network", "compute", "observability"].map((s) => `cdktf.out/stacks/staging-${s}/cdk.tf.json`);
const alarms = readAlarms(new Map(files.map((f) => [f, JSON.parse(readFileSync(f, "utf8"))])));
const t0 = Date.now();
for (const i of known.filter((i) => !process.argv[2] || i.name.match(process.argv[2]))) {
  const v = judge(i, alarms, {
    prefix: "portfolio-dashboard-staging",
    latencySeconds: 1,
    errorBudget: 0.1,
    delayMinutes: 1,
  });
  console.log(
    v.problems.length ? "✗" : "✓",
    i.name,
    "pages",
    v.pages.map((p) => p.minute - 120 + " " + p.alarm.slice(28)).join(","),
    "hurt",
    v.hurtFrom && v.hurtFrom - 120,
    "after",
    v.pagedAfter,
    "/",
    v.allowed,
    v.problems.join(" | "),
  );
}
console.log(Date.now() - t0, "ms");
