import { scaleLinear, scaleUtc } from "d3-scale";
import { area, line } from "d3-shape";
import { type Point, thinned } from "../lib/series";

export interface ChartLine {
  readonly name: string;
  /** Its colour: `line-portfolio`, `line-benchmark`, `line-loss`. */
  readonly className: string;
  readonly points: readonly Point[];
}

/** Something that happened on a day, drawn below the line. */
export interface ChartMark {
  readonly date: string;
  readonly title: string;
}

interface LineChartProps {
  /** What a reader who does not see it is told instead. */
  readonly summary: string;
  /** The first one is filled down, or up, to zero or to the chart's edge. */
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  readonly marks?: readonly ChartMark[];
}

const height = 232;
const plot = { top: 14, bottom: height - 26 };
/** Of the stretched drawing of lines; text beside it is not stretched. */
const width = 1000;

/** Drawn on the server: it needs no script. Widths are parts of whatever room there is, heights are pixels. */
export function LineChart({ summary, lines, format, marks = [] }: LineChartProps) {
  const points = lines.flatMap(({ points }) => points);
  const days = points.map(({ date }) => Date.parse(date));
  const values = points.map(({ value }) => value);
  const x = scaleUtc([Math.min(...days), Math.max(...days)], [0, width]);
  const y = scaleLinear([Math.min(...values), Math.max(...values)], [plot.bottom, plot.top]).nice(4);
  const across = ({ date }: { readonly date: string }) => x(Date.parse(date));
  const percentAcross = (day: Date | string) => `${((x(new Date(day)) / width) * 100).toFixed(2)}%`;
  const path = line<Point>(across, ({ value }) => y(value));
  const [lowest = 0, highest = 0] = y.domain();
  const ground = y(Math.min(Math.max(0, lowest), highest));
  const filled = area<Point>(across, ground, ({ value }) => y(value));
  const [first] = lines;
  return (
    <svg className="chart" width="100%" height={height} role="img" aria-label={summary}>
      {y.ticks(4).map((value) => (
        <g key={value}>
          <line className={value === 0 ? "chart-zero" : "chart-grid"} x1="0" x2="100%" y1={y(value)} y2={y(value)} />
          <text className="chart-text" x="100%" y={y(value) - 4} textAnchor="end">
            {format(value)}
          </text>
        </g>
      ))}
      <svg
        width="100%"
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {first && <path className={`chart-area ${first.className}`} d={filled(thinned(first.points)) ?? ""} />}
        {lines.toReversed().map(({ name, className, points }) => (
          <path key={name} className={`chart-line ${className}`} d={path(thinned(points)) ?? ""} />
        ))}
      </svg>
      {marks.map(({ date, title }) => (
        <circle key={date + title} className="chart-mark" cx={percentAcross(date)} cy={plot.bottom} r="4">
          <title>{title}</title>
        </circle>
      ))}
      {ticksOf(x).map((day) => (
        <text key={day.toISOString()} className="chart-text" x={percentAcross(day)} y={height - 6} textAnchor="middle">
          {x.tickFormat(4)(day)}
        </text>
      ))}
    </svg>
  );
}

/** Not so near to an edge that its text would be cut off. */
function ticksOf(x: ReturnType<typeof scaleUtc<number>>): Date[] {
  return x.ticks(4).filter((day) => x(day) > width * 0.06 && x(day) < width * 0.94);
}
