import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { launch as Launch } from "chrome-launcher";
import { Command } from "commander";
import type lighthouseOf from "lighthouse";
import { ensureChromium } from "../../../ops/install/chromium";
import { type Check, report } from "../../../ops/report/report";
import { step } from "../../../ops/shell/progress";
import { SetupError } from "../../../ops/shell/run";
import { runProof } from "../../run-proof";

const pages = ["/", "/holdings", "/holdings/NORTH", "/insights"];
/** Of 100. */
const targets = { performance: 95, accessibility: 100, "best-practices": 95 };
const mostScriptBytes = 130_000;

type Lighthouse = typeof lighthouseOf;
type Result = NonNullable<Awaited<ReturnType<Lighthouse>>>["lhr"];

runProof(
  new Command("lighthouse")
    .description(
      "Measures every web page of a running dashboard with Lighthouse, as on a desktop computer. Writes reports/lighthouse.json. Ends with 0 when every web page reaches the targets, 1 when one does not, 2 when it could not run.",
    )
    .requiredOption("--url <address>", "address of the dashboard")
    .action(async ({ url }: { url: string }) => {
      const startedAt = new Date();
      await assertServed(url);
      const checks: Check[] = [];
      for (const path of pages) {
        checks.push(...checksOf(path, await step(`Judge ${path}`, () => judge(new URL(path, url).href))));
      }
      process.exit((await report("lighthouse", startedAt, checks)) ? 0 : 1);
    }),
);

async function assertServed(url: string): Promise<void> {
  const answer = await fetch(url).catch(() => undefined);
  if (!answer?.ok) throw new SetupError(`No dashboard answers at ${url}. Start one with: docker compose up --wait`);
}

/** A browser for each page: nothing is in its cache. */
async function judge(url: string): Promise<Result> {
  const { launch } = await installed<{ launch: typeof Launch }>("chrome-launcher");
  const { default: lighthouse, desktopConfig } = await installed<{ default: Lighthouse; desktopConfig: object }>(
    "lighthouse",
  );
  const chrome = await launch({ chromePath: await ensureChromium(), chromeFlags: ["--headless=new", "--no-sandbox"] });
  try {
    const options = { port: chrome.port, onlyCategories: Object.keys(targets), logLevel: "error" as const };
    const judged = await lighthouse(url, options, desktopConfig);
    if (!judged) throw new Error(`Lighthouse says nothing of ${url}`);
    return judged.lhr;
  } finally {
    chrome.kill();
  }
}

/** Both are published for `import` alone, and are in the folder beside this file. */
async function installed<Module>(name: string): Promise<Module> {
  const resolved = createRequire(join(__dirname, "package.json")).resolve(name);
  return import(pathToFileURL(resolved).href);
}

function checksOf(path: string, { categories, audits }: Result): Check[] {
  const scores = Object.entries(targets).map(([id, target]): Check => {
    const score = categories[id]?.score ?? undefined;
    const points = score === undefined ? undefined : Math.round(score * 100);
    const failed = (categories[id]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
      .map(({ id }) => `${id} ${audits[id]?.displayValue ?? ""}`.trim());
    return {
      id: `${id} ${path}`,
      title: `${categories[id]?.title} of ${path}`,
      passed: points !== undefined && points >= target,
      value: points ?? "not judged",
      unit: points === undefined ? "" : "of 100",
      target: `at least ${target}`,
      evidence: points === undefined ? errorsIn(audits) : failed.join("; ") || "nothing to improve",
    };
  });
  return [...scores, scriptCheck(path, audits)];
}

/** Why a category has no score. */
function errorsIn(audits: Result["audits"]): string {
  const errors = Object.values(audits).flatMap(({ id, errorMessage }) =>
    errorMessage ? [`${id}: ${errorMessage}`] : [],
  );
  return errors.join("; ") || "Lighthouse does not say why";
}

function scriptCheck(path: string, audits: Result["audits"]): Check {
  interface Request {
    readonly resourceType: string;
    readonly transferSize: number;
    readonly url: string;
  }
  const details = audits["network-requests"]?.details as { readonly items?: readonly Request[] } | undefined;
  const scripts = (details?.items ?? []).filter(({ resourceType }) => resourceType === "Script");
  const bytes = scripts.reduce((sum, { transferSize }) => sum + transferSize, 0);
  return {
    id: `scripts ${path}`,
    title: `JavaScript that ${path} loads, as it is sent`,
    passed: scripts.length > 0 && bytes <= mostScriptBytes,
    value: Math.round(bytes / 1000),
    unit: "kB",
    target: `at most ${mostScriptBytes / 1000}`,
    evidence: `${scripts.length} files`,
  };
}
