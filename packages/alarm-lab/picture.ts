import { shortName } from "./recipient";
import type { Timeline } from "./simulate";
import { byState, render, spans } from "./svg";

/** A row for each alarm that was ever in ALARM, coloured by its state, with a mark where somebody was told. An SVG document. */
export async function draw(title: string, timeline: Timeline): Promise<string> {
  const rang = new Set(timeline.transitions.filter(({ to }) => to === "ALARM").map(({ alarm }) => alarm));
  const y = { field: "alarm", type: "nominal", title: null, sort: [...rang], axis: { labelLimit: 500 } };
  return render({
    title,
    width: 720,
    height: { step: 22 },
    layer: [
      {
        data: { values: spans(timeline).filter(({ alarm }) => rang.has(alarm)) },
        mark: { type: "bar", height: 12 },
        encoding: {
          y,
          x: { field: "start", type: "quantitative", title: "minutes", scale: { domain: [0, timeline.seconds / 60] } },
          x2: { field: "end" },
          color: byState,
        },
      },
      {
        data: {
          values: timeline.notifications
            .filter(({ state }) => state === "ALARM")
            .map(({ action, second, ...rest }) => ({ ...rest, minute: second / 60, told: shortName(action) })),
        },
        mark: { type: "point", filled: true, size: 90, color: "black" },
        encoding: {
          y,
          x: { field: "minute", type: "quantitative" },
          shape: { field: "told", type: "nominal", title: "told" },
        },
      },
    ],
  });
}
