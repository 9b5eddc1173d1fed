import { render } from "../../packages/alarm-lab/svg";
import type { Timeline } from "./timeline";

/** `not proved`: this emulated AWS lacks what the drill needs. `does not apply`: the environment's row declines what it is about. */
export type Result = "proved" | "failed" | "not proved" | "does not apply";

/** What became of a drill. */
export interface Outcome {
  readonly id: string;
  readonly title: string;
  readonly result: Result;
  readonly evidence: string;
  readonly seconds: number;
  readonly timelines: readonly Timeline[];
}

export interface Proof {
  readonly environment: string;
  readonly startedAt: Date;
  readonly outcomes: readonly Outcome[];
  /** Titles of the drills that were not chosen, or not come to. */
  readonly notRun: readonly string[];
  /** What is beyond an emulated AWS, a sentence each. */
  readonly onlyOnAws: readonly string[];
}

/** Everything that could be proved here was. */
export function isProved(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(({ result }) => result === "proved" || result === "does not apply");
}

const marks: Record<Result, string> = { proved: "✓", failed: "✗", "not proved": "?", "does not apply": "–" };

const style = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; color: #1c2733; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 0; }
section { border-top: 1px solid #d5dbe1; padding: 1rem 0; }
.verdict { font-size: 1.15rem; font-weight: 600; } .proved { color: #1b6e3c; } .failed { color: #b3261e; } .not-proved { color: #8a5a00; }
p, ul { margin: .25rem 0 .75rem; overflow-wrap: anywhere; } a { color: inherit; text-decoration: none; } svg { max-width: 100%; height: auto; }
`;

/** One page that stands for itself: the verdict on top, then each drill with what became of the requests, then what was not proved. */
export async function proofPage({ environment, startedAt, outcomes, notRun, onlyOnAws }: Proof): Promise<string> {
  const sections = await Promise.all(outcomes.map(section));
  const minutes = Math.round(outcomes.reduce((sum, { seconds }) => sum + seconds, 0) / 60);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Offline proof of ${escaped(environment)}</title><style>${style}</style>
<h1>Offline proof of ${escaped(environment)}</h1>
<p class="verdict ${isProved(outcomes) ? "proved" : "failed"}">${escaped(verdictOn(outcomes, notRun.length))}</p>
<p>${startedAt.toISOString().slice(0, 16).replace("T", " ")} UTC, ${minutes} minutes, on an emulated AWS.</p>
<ul>${outcomes.map(line).join("\n")}</ul>
${sections.join("\n")}
${notRun.length === 0 ? "" : `<section><h2>Drills that were not run</h2>\n${list(notRun)}</section>`}
<section><h2>What was not proved</h2>
<p>No emulated AWS shows these; a first deploy to a real account does.</p>
${list(onlyOnAws)}</section>
</html>
`;
}

function list(sentences: readonly string[]): string {
  return `<ul>${sentences.map((each) => `<li>${escaped(each)}</li>`).join("\n")}</ul>`;
}

function verdictOn(outcomes: readonly Outcome[], notRun: number): string {
  const count = (result: Result) => outcomes.filter((outcome) => outcome.result === result).length;
  if (count("failed") > 0) return `${count("failed")} of ${outcomes.length} drills failed.`;
  if (count("not proved") > 0) return `${count("not proved")} of ${outcomes.length} drills could not be proved here.`;
  if (notRun > 0) return `${count("proved")} drills proved; ${notRun} were not run.`;
  return `It deploys, survives what it must, and is destroyed without a trace: ${count("proved")} drills.`;
}

function line({ id, title, result }: Outcome): string {
  return `<li><a href="#${id}"><span class="${classOf(result)}">${marks[result]} ${result}</span> ${escaped(title)}</a></li>`;
}

async function section({ id, title, result, evidence, seconds, timelines }: Outcome): Promise<string> {
  const charts = await Promise.all(timelines.map(chart));
  return `<section id="${id}"><h2><span class="${classOf(result)}">${marks[result]}</span> ${escaped(title)}</h2>
${list(evidence.split("; "))}<p>${seconds} s</p>
${charts.join("\n")}</section>`;
}

function classOf(result: Result): string {
  return result.replaceAll(" ", "-");
}

function chart({ title, traffic, marks: said }: Timeline): Promise<string> {
  const values = traffic.seconds.flatMap(({ second, answered, failed }) => [
    { second, became: "answered", requests: answered },
    { second, became: "failed", requests: failed },
  ]);
  const end = traffic.seconds.at(-1)?.second ?? 0;
  const x = { field: "second", type: "quantitative", title: "seconds", scale: { domain: [0, end + 1], nice: false } };
  const text = (align: "left" | "right", filter: string) => ({
    transform: [{ filter }],
    mark: { type: "text", align, dx: align === "left" ? 3 : -3, dy: -50, fontSize: 9 },
    encoding: { text: { field: "text" } },
  });
  return render({
    title: { text: `${title}: ${traffic.requests} requests, ${traffic.failed} failed`, anchor: "start", fontSize: 12 },
    width: 820,
    height: 110,
    layer: [
      {
        data: { values },
        mark: { type: "area", interpolate: "step-after" },
        encoding: {
          x,
          y: { field: "requests", type: "quantitative", stack: true, title: "a second" },
          color: {
            field: "became",
            type: "nominal",
            title: null,
            scale: { domain: ["answered", "failed"], range: ["#9db8d2", "#b3261e"] },
          },
        },
      },
      {
        data: { values: together(said, end) },
        encoding: { x },
        layer: [
          { mark: { type: "rule", color: "#1c2733", strokeDash: [3, 3] } },
          text("left", `datum.second <= ${end / 2}`),
          text("right", `datum.second > ${end / 2}`),
        ],
      },
    ],
  });
}

/** Marks so close to each other that their words would overlap, as one. */
function together(said: Timeline["marks"], end: number): { second: number; text: string }[] {
  const marks: { second: number; text: string }[] = [];
  for (const { second, text } of said) {
    const before = marks.at(-1);
    if (before && second - before.second < end / 20) before.text += `, ${text}`;
    else marks.push({ second, text });
  }
  return marks;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
