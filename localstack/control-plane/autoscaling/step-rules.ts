import type { Request } from "./request";
import { type Line, quotas } from "./rule";

const atMost = 20;

interface Step {
  readonly MetricIntervalLowerBound?: number;
  readonly MetricIntervalUpperBound?: number;
  readonly ScalingAdjustment?: number;
}

/** Of a StepScalingPolicyConfiguration. */
export const stepRules: readonly Line[] = [
  [
    "Steps without saying what they change.",
    ({ AdjustmentType }) => !AdjustmentType && "Adjustment type must be specified",
  ],
  [
    "Step scaling without a step.",
    (scaling) => stepsOf(scaling).length === 0 && "There must be at least one step adjustment",
  ],
  [
    `More than ${atMost} steps.`,
    (scaling) => stepsOf(scaling).length > atMost && `There can be at most ${atMost} step adjustments`,
    quotas,
  ],
  [
    "A smallest change of a number of tasks that is not a percentage.",
    ({ AdjustmentType, MinAdjustmentMagnitude }) =>
      MinAdjustmentMagnitude !== undefined &&
      AdjustmentType !== "PercentChangeInCapacity" &&
      "Minimum adjustment magnitude is only allowed for adjustment type PercentChangeInCapacity",
  ],
  [
    "A step without bounds.",
    (scaling) =>
      stepsOf(scaling).some((step) => lower(step) === -Infinity && upper(step) === Infinity) &&
      "Both lower and upper bounds of a step adjustment cannot be left unspecified",
  ],
  [
    "A step whose lower bound is not below its upper bound.",
    (scaling) =>
      stepsOf(scaling).some((step) => lower(step) >= upper(step)) &&
      "Lower bound must be less than upper bound for a step adjustment",
  ],
  [
    "A step to less than no tasks.",
    (scaling) =>
      scaling.AdjustmentType === "ExactCapacity" &&
      stepsOf(scaling).some(({ ScalingAdjustment = 0 }) => ScalingAdjustment < 0) &&
      "Scaling adjustment cannot be less than 0 when adjustment type is ExactCapacity",
  ],
  [
    "Two steps without a lower bound.",
    (scaling) =>
      stepsOf(scaling).filter((step) => lower(step) === -Infinity).length > 1 &&
      "At most one step adjustment may have an unspecified lower bound",
  ],
  [
    "Two steps without an upper bound.",
    (scaling) =>
      stepsOf(scaling).filter((step) => upper(step) === Infinity).length > 1 &&
      "At most one step adjustment may have an unspecified upper bound",
  ],
  [
    "Steps that overlap.",
    (scaling) =>
      neighboursOf(scaling).some(([first, second]) => upper(first) > lower(second)) &&
      "Step adjustment intervals cannot overlap",
  ],
  [
    "Steps with a gap between them.",
    (scaling) =>
      neighboursOf(scaling).some(([first, second]) => upper(first) < lower(second)) &&
      "Step adjustment intervals cannot have gaps between them",
  ],
  [
    "A step with a lower bound below zero, and none without one.",
    (scaling) =>
      stepsOf(scaling).some((step) => lower(step) < 0) &&
      !stepsOf(scaling).some((step) => lower(step) === -Infinity) &&
      "There must be a step adjustment with an unspecified lower bound when one step adjustment has a negative lower bound",
  ],
  [
    "A step with an upper bound above zero, and none without one.",
    (scaling) =>
      stepsOf(scaling).some((step) => upper(step) > 0) &&
      !stepsOf(scaling).some((step) => upper(step) === Infinity) &&
      "There must be a step adjustment with an unspecified upper bound when one step adjustment has a positive upper bound",
  ],
];

function stepsOf({ StepAdjustments = [] }: Request): readonly Step[] {
  return StepAdjustments as readonly Step[];
}

function lower({ MetricIntervalLowerBound = -Infinity }: Step): number {
  return MetricIntervalLowerBound;
}

function upper({ MetricIntervalUpperBound = Infinity }: Step): number {
  return MetricIntervalUpperBound;
}

function neighboursOf(scaling: Request): readonly (readonly [Step, Step])[] {
  const sorted = stepsOf(scaling).toSorted((a, b) => lower(a) - lower(b));
  return sorted.slice(1).map((second, index) => [sorted[index] as Step, second] as const);
}
