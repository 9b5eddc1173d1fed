import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";

interface SparklineProps {
  readonly values: readonly number[];
}

/** Decoration: what it draws stands beside it in figures. */
export function Sparkline({ values }: SparklineProps) {
  if (values.length < 2) return null;
  const x = scaleLinear([0, values.length - 1], [1, 99]);
  const y = scaleLinear([Math.min(...values), Math.max(...values)], [26, 2]);
  const path = line<number>(
    (_, index) => x(index),
    (value) => y(value),
  );
  const isUp = (values.at(-1) ?? 0) >= (values[0] ?? 0);
  return (
    <svg className="sparkline" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
      <path className={isUp ? "line-gain" : "line-loss"} d={path(values) ?? ""} />
    </svg>
  );
}
