import type { State } from "./alarm";
import { shortName } from "./describe";
import type { Timeline } from "./simulate";

interface Span {
  readonly alarm: string;
  readonly state: State;
  readonly start: number;
  readonly end: number;
}

const colours: Readonly<Record<State, string>> = { OK: "#2e7d32", ALARM: "#c62828", INSUFFICIENT_DATA: "#9e9e9e" };

/** A row for each alarm that was ever in ALARM, coloured by its state, with a mark where somebody was told. An SVG document. */
export async function draw(title: string, timeline: Timeline): Promise<string> {
  // ES modules, which a CommonJS file can only import when it runs.
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const rang = new Set(timeline.transitions.filter(({ to }) => to === "ALARM").map(({ alarm }) => alarm));
  const y = { field: "alarm", type: "nominal", title: null, sort: [...rang], axis: { labelLimit: 500 } };
  const specification = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title,
    width: 720,
    height: { step: 22 },
    background: "white",
    layer: [
      {
        data: { values: spans(timeline).filter(({ alarm }) => rang.has(alarm)) },
        mark: { type: "bar", height: 12 },
        encoding: {
          y,
          x: { field: "start", type: "quantitative", title: "minutes", scale: { domain: [0, timeline.minutes] } },
          x2: { field: "end" },
          color: {
            field: "state",
            type: "nominal",
            title: null,
            scale: { domain: Object.keys(colours), range: Object.values(colours) },
          },
        },
      },
      {
        data: {
          values: timeline.notifications
            .filter(({ state }) => state === "ALARM")
            .map(({ action, ...rest }) => ({ ...rest, told: shortName(action) })),
        },
        mark: { type: "point", filled: true, size: 90, color: "black" },
        encoding: {
          y,
          x: { field: "minute", type: "quantitative" },
          shape: { field: "told", type: "nominal", title: "told" },
        },
      },
    ],
  };
  // biome-ignore lint/suspicious/noExplicitAny: the type of a specification follows its schema, which vega-lite checks itself
  const compiled = vegaLite.compile(specification as any).spec;
  return new vega.View(vega.parse(compiled), { renderer: "none" }).toSVG();
}

function spans({ transitions, minutes }: Timeline): Span[] {
  return transitions.map(({ minute, alarm, to }, index) => {
    const next = transitions.slice(index + 1).find((other) => other.alarm === alarm);
    return { alarm, state: to, start: minute, end: next?.minute ?? minutes };
  });
}
