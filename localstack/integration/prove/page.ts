import { render } from "../../../tools/alarm-lab/svg";
import type { Timeline } from "./drill";

/** A drill that was run. */
export interface Outcome {
  readonly id: string;
  readonly title: string;
  readonly passed: boolean;
  readonly evidence: string;
  readonly seconds: number;
  readonly timelines: readonly Timeline[];
}

export interface Proof {
  readonly environment: string;
  readonly startedAt: Date;
  readonly outcomes: readonly Outcome[];
}

const style = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; color: #1c2733; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 0; }
section { border-top: 1px solid #d5dbe1; padding: 1rem 0; }
.verdict { font-weight: 600; } .passed { color: #1b6e3c; } .failed { color: #b3261e; }
p { margin: .25rem 0 .75rem; overflow-wrap: anywhere; } svg { max-width: 100%; height: auto; }
`;

/** One page that stands for itself: the verdict on top, then each drill with what became of the requests. */
export async function proofPage({ environment, startedAt, outcomes }: Proof): Promise<string> {
  const failed = outcomes.filter(({ passed }) => !passed);
  const verdict = failed.length === 0 ? "All went as it should." : `${failed.length} of ${outcomes.length} went wrong.`;
  const sections = await Promise.all(outcomes.map(section));
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Offline proof of ${escaped(environment)}</title><style>${style}</style>
<h1>Offline proof of ${escaped(environment)}</h1>
<p class="verdict ${failed.length === 0 ? "passed" : "failed"}">${verdict}</p>
<p>${startedAt.toISOString().slice(0, 16).replace("T", " ")} UTC, ${outcomes.length} drills, ${Math.round(outcomes.reduce((sum, { seconds }) => sum + seconds, 0) / 60)} minutes, on an emulated AWS.</p>
${sections.join("\n")}
</html>
`;
}

async function section({ title, passed, evidence, seconds, timelines }: Outcome): Promise<string> {
  const charts = await Promise.all(timelines.map(chart));
  return `<section><h2><span class="${passed ? "passed" : "failed"}">${passed ? "✓" : "✗"}</span> ${escaped(title)}</h2>
<p>${escaped(evidence)} (${seconds} s)</p>
${charts.join("\n")}</section>`;
}

function chart({ title, traffic, marks }: Timeline): Promise<string> {
  const values = traffic.seconds.flatMap(({ second, answered, failed }) => [
    { second, became: "answered", requests: answered },
    { second, became: "failed", requests: failed },
  ]);
  const x = { field: "second", type: "quantitative", title: "seconds" };
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
        data: { values: marks },
        encoding: { x },
        layer: [
          { mark: { type: "rule", color: "#1c2733", strokeDash: [3, 3] } },
          {
            mark: { type: "text", align: "left", dx: 3, dy: -50, fontSize: 9, angle: 0 },
            encoding: { text: { field: "text" } },
          },
        ],
      },
    ],
  });
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
