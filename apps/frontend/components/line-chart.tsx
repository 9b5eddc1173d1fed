import { scaleLinear, scaleUtc } from "d3-scale";
import { area, line } from "d3-shape";
import { axisDay } from "../lib/format";
import { downsample, type Point } from "../lib/series";

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
  /** The first one is filled to zero, or to the chart's edge. At least one has two points. */
  readonly lines: readonly ChartLine[];
  /** Of the values beside the grid. */
  readonly format: (value: number) => string;
  /** Pixels. */
  readonly height: number;
  readonly marks?: readonly ChartMark[];
}

/** Of the stretched drawing of lines; text is not stretched. */
const width = 1000;
const below = 24;

/** Drawn on the server: it needs no script. Widths are parts of whatever room there is, heights are pixels. */
export function LineChart({ summary, lines, format, height, marks = [] }: LineChartProps) {
  const points = lines.flatMap(({ points }) => points);
  const days = points.map(({ date }) => Date.parse(date));
  const values = points.map(({ value }) => value);
  const x = scaleUtc([Math.min(...days), Math.max(...days)], [0, width]);
  const y = scaleLinear([Math.min(...values), Math.max(...values)], [height - below, 8]).nice(4);
  const gridValues = y.ticks(height / 55);
  const percentAcross = (day: Date | string) => `${((x(new Date(day)) / width) * 100).toFixed(1)}%`;
  return (
    <div className="chart" role="img" aria-label={summary}>
      <svg className="chart-plot" width="100%" height={height} aria-hidden="true">
        {gridValues.map((value) => (
          <line
            key={value}
            className={value === 0 ? "chart-zero" : "chart-grid"}
            x2="100%"
            y1={y(value)}
            y2={y(value)}
          />
        ))}
        <svg
          width="100%"
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <Paths lines={lines} x={x} y={y} />
        </svg>
        {marks.map(({ date, title }) => (
          <circle key={date + title} className="chart-mark" cx={percentAcross(date)} cy={height - below} r="4">
            <title>{title}</title>
          </circle>
        ))}
        {ticksOf(x).map((day) => (
          <text key={day.getTime()} className="chart-text" x={percentAcross(day)} y={height - 5} textAnchor="middle">
            {axisDay(day, x.domain())}
          </text>
        ))}
      </svg>
      <svg className="chart-values" width="100%" height={height} aria-hidden="true">
        {gridValues.map((value) => (
          <text key={value} className="chart-text" x="100%" y={y(value) + 4} textAnchor="end">
            {format(value)}
          </text>
        ))}
      </svg>
    </div>
  );
}

interface PathsProps {
  readonly lines: readonly ChartLine[];
  readonly x: ReturnType<typeof scaleUtc<number>>;
  readonly y: ReturnType<typeof scaleLinear<number>>;
}

function Paths({ lines, x, y }: PathsProps) {
  const across = ({ date }: Point) => x(Date.parse(date));
  const up = ({ value }: Point) => y(value);
  const [lowest = 0, highest = 0] = y.domain();
  const path = line<Point>(across, up).digits(1);
  const filled = area<Point>(across, y(Math.min(Math.max(0, lowest), highest)), up).digits(1);
  const [first] = lines;
  return (
    <>
      {first && <path className={`chart-area ${first.className}`} d={filled(downsample(first.points)) ?? ""} />}
      {lines.toReversed().map(({ name, className, points }) => (
        <path key={name} className={`chart-line ${className}`} d={path(downsample(points)) ?? ""} />
      ))}
    </>
  );
}

/** Not so near to an edge that its text would be cut off. */
function ticksOf(x: PathsProps["x"]): Date[] {
  return x.ticks(4).filter((day) => x(day) > width * 0.08 && x(day) < width * 0.92);
}
