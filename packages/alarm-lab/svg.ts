import type { State } from "./alarm";
import type { Timeline } from "./simulate";

const colours: Readonly<Record<State, string>> = { OK: "#2e7d32", ALARM: "#c62828", INSUFFICIENT_DATA: "#9e9e9e" };

/** Vega-Lite's `color` for a field that holds a state. */
export const byState = {
  field: "state",
  type: "nominal",
  title: null,
  scale: { domain: Object.keys(colours), range: Object.values(colours) },
};

export interface Span {
  readonly alarm: string;
  readonly state: State;
  readonly start: number;
  readonly end: number;
}

/** For how long each alarm was in each state, in minutes. */
export function spans({ initial, transitions, seconds }: Timeline): Span[] {
  return [...initial].flatMap(([alarm, before]) => {
    const own = transitions.filter((each) => each.alarm === alarm);
    const states = [{ second: 0, to: before }, ...own];
    return states.map(({ second, to }, index) => {
      const end = states[index + 1]?.second ?? seconds;
      return { alarm, state: to, start: second / 60, end: end / 60 };
    });
  });
}

/** A Vega-Lite specification as an SVG document. */
export async function render(specification: object): Promise<string> {
  // ES modules, which a CommonJS file can only import when it runs.
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const whole = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: "white",
    ...specification,
  };
  // biome-ignore lint/suspicious/noExplicitAny: the type of a specification follows its schema, which vega-lite checks itself
  const compiled = vegaLite.compile(whole as any).spec;
  return new vega.View(vega.parse(compiled), { renderer: "none" }).toSVG();
}
