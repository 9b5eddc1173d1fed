import { LabError, type Metric } from "./alarm";
import { defaults } from "./assumptions";
import { series as asSeries, valueAt } from "./math-values";
import { compile } from "./metric-math";
import type { SeriesSet } from "./series";
import type { Timeline } from "./simulate";
import { byState, render, spans } from "./svg";

// biome-ignore lint/suspicious/noExplicitAny: CloudWatch's JSON for dashboards, whose fields are all optional
type Json = Record<string, any>;

export interface Dashboard {
  readonly name: string;
  /** As CloudWatch has them, but that widgets name alarms by their names. */
  readonly widgets: readonly Json[];
}

/** What a widget shows of an incident. */
interface Drawn {
  readonly title: string;
  readonly specification: object;
}

const chart = { width: 190, height: 110 };
const dots = 180;

/** Each widget of a dashboard with the data of an incident, as somebody who is called sees it. An SVG document. */
export async function drawDashboard(dashboard: Dashboard, series: SeriesSet, timeline: Timeline): Promise<string> {
  const lines = [...new Set(dashboard.widgets.map(({ y }) => y as number))].map((y) =>
    dashboard.widgets.filter((widget) => widget.y === y).map((widget) => drawWidget(widget, series, timeline)),
  );
  const titled = ({ title, specification: inner }: Drawn) => ({ title: { text: title, fontSize: 10 }, ...inner });
  return render({
    title: { text: dashboard.name, anchor: "start" },
    vconcat: lines.map((widgets) => ({
      hconcat: widgets.map(titled),
      resolve: { scale: { color: "independent", x: "independent", y: "independent" } },
    })),
    resolve: { scale: { color: "independent", x: "independent", y: "independent" } },
    config: { legend: { orient: "bottom", columns: 2, labelLimit: 140 }, axis: { labelFontSize: 8, titleFontSize: 8 } },
  });
}

function drawWidget({ type, properties }: Json, series: SeriesSet, timeline: Timeline): Drawn {
  if (type === "metric") return drawMetrics(properties, series, timeline.seconds / 60);
  if (type === "alarm") return drawStates(properties, timeline);
  return { title: properties.title ?? type, specification: words(properties.query ?? properties.markdown ?? "") };
}

interface Line {
  readonly label: string;
  readonly valueAt: (end: number) => number | null;
}

function drawMetrics(properties: Json, series: SeriesSet, minutes: number): Drawn {
  const { title, metrics, annotations, view, period = 60, setPeriodToTimeRange, yAxis } = properties;
  const periodMinutes = setPeriodToTimeRange ? minutes : Math.min(period / 60, minutes);
  const lines = linesOf(metrics, series, periodMinutes);
  if (view === "singleValue") {
    const values = lines.map(({ label, valueAt }) => `${valueAt(minutes)?.toFixed(1) ?? "--"} ${label}`);
    return { title: `${title}; here of ${minutes / 60} h`, specification: words(values.join("\n"), 22) };
  }
  const step = Math.max(periodMinutes, Math.ceil(minutes / dots));
  const ends = Array.from({ length: Math.floor(minutes / step) }, (_, index) => (index + 1) * step);
  const values = lines.flatMap(({ label, valueAt }) =>
    ends.map((minute) => ({ minute, label, value: valueAt(minute) })),
  );
  const thresholds = (annotations?.horizontal ?? []).map(({ value, label }: Json) => ({ value, label }));
  const y = { field: "value", type: "quantitative", title: yAxis?.left?.label ?? null };
  const line = {
    data: { values },
    // A gap where there is no data, and a dot where there is data for one moment.
    mark: { type: "line", strokeWidth: 1.2, invalid: "break-paths-show-domains", point: { size: 3 } },
    encoding: {
      x: { field: "minute", type: "quantitative", title: null, scale: { domain: [0, minutes] } },
      y,
      color: { field: "label", type: "nominal", title: null },
    },
  };
  const threshold = {
    data: { values: thresholds },
    mark: { type: "rule", color: "#c62828", strokeDash: [4, 3] },
    encoding: { y, tooltip: { field: "label" } },
  };
  return { title, specification: { ...chart, layer: thresholds.length > 0 ? [line, threshold] : [line] } };
}

/** The lines of a widget that are to be seen; others only feed expressions. */
function linesOf(rows: readonly unknown[][], series: SeriesSet, periodMinutes: number): Line[] {
  const byId = new Map<string, Line>();
  const all = rows.map((row): Line & { readonly visible: boolean } => {
    const options = (typeof row.at(-1) === "object" ? row.at(-1) : {}) as Json;
    const line = options.expression
      ? expressionLine(options, byId, periodMinutes)
      : metricLine(row.filter((each) => typeof each === "string") as string[], options, series, periodMinutes);
    if (options.id) byId.set(options.id, line);
    return { ...line, visible: options.visible !== false };
  });
  return all.filter(({ visible }) => visible);
}

function expressionLine({ expression, label, id }: Json, byId: ReadonlyMap<string, Line>, periodMinutes: number): Line {
  const formula = compile(expression, defaults);
  return {
    label: label ?? id ?? expression,
    valueAt: (end) => {
      const lookUp = (other: string) => asSeries([byId.get(other)?.valueAt(end) ?? null]);
      const periodSeconds = periodMinutes * 60;
      const epoch = () => end * 60 - periodSeconds;
      const scope = { size: 1, periodSeconds, epoch, metricIds: [...byId.keys()], lookUp, assume: defaults };
      return valueAt(formula.valueIn(scope), 0);
    },
  };
}

function metricLine(words: readonly string[], options: Json, series: SeriesSet, periodMinutes: number): Line {
  const [namespace, name, ...rest] = words;
  if (!namespace || !name || rest.length % 2 === 1)
    throw new LabError(`A widget's metric is ${JSON.stringify(words)}.`);
  const dimensions = Object.fromEntries(
    rest.flatMap((key, index) => (index % 2 === 0 ? [[key, rest[index + 1]]] : [])),
  );
  const found = series.find({ namespace, name, dimensions } as Metric);
  return {
    label: options.label ?? name,
    valueAt: (end) =>
      found?.statistic(options.stat ?? "Average", (end - periodMinutes) * 60, end * 60, Infinity) ?? null,
  };
}

/** Whether each alarm rang, over the time of the incident. */
function drawStates({ title, alarms }: Json, timeline: Timeline): Drawn {
  return {
    title,
    specification: {
      width: chart.width * 2,
      height: { step: 16 },
      data: { values: spans(timeline).filter(({ alarm }) => alarms.includes(alarm)) },
      mark: { type: "bar", height: 10 },
      encoding: {
        y: { field: "alarm", type: "nominal", title: null, axis: { labelLimit: 220 } },
        x: { field: "start", type: "quantitative", title: null, scale: { domain: [0, timeline.seconds / 60] } },
        x2: { field: "end" },
        color: byState,
      },
    },
  };
}

function words(text: string, size = 9): object {
  return {
    ...chart,
    data: { values: [{ text: text.split("\n") }] },
    mark: { type: "text", align: "left", x: 4, y: 20, fontSize: size, limit: 600, lineHeight: size + 4 },
    encoding: { text: { field: "text" } },
  };
}
