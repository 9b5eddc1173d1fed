import { LabError } from "./alarm";

/** A question that AWS's documentation leaves open, with the answers that can be chosen. The first answer is the default. */
interface Question {
  readonly about: string;
  readonly answers: readonly (string | number | boolean)[];
}

/** Where AWS's documentation is silent or contradicts itself. `--assume name=answer` chooses another answer. */
export const questions = {
  "extra-datapoints": {
    about: "how many datapoints beyond the evaluation periods are read; the guide has one example, 5 for 3 periods",
    answers: [2, 0, 1, 3, 5],
  },
  "period-alignment": {
    about: "whether periods end at the evaluation (the guide's 5-minute example) or at whole multiples of the period",
    answers: ["sliding", "aligned"],
  },
  "multiday-minute": {
    about: "the minute of the hour at which alarms of more than a day are evaluated",
    answers: [0, 3],
  },
  "premature-missing-state": {
    about: "missing data as missing, and breaching datapoints alone that are too few and too young: the state",
    answers: ["OK", "retain", "INSUFFICIENT_DATA"],
  },
  "premature-scope": {
    about: "whether the oldest breaching datapoint is sought in the evaluation range or in the evaluation periods",
    answers: ["range", "evaluation_periods"],
  },
  dynamodb: {
    about: "AWS/DynamoDB: missing data is always ignored (API reference), or only where nothing else is chosen (guide)",
    answers: ["ignore", "default"],
  },
  "percentile-method": { about: "how a percentile lies between samples", answers: ["nearest_rank", "linear"] },
  "percentile-of-negative": {
    about: "percentiles of negative values: no datapoint, or computed nevertheless",
    answers: ["missing", "compute"],
  },
  "low-sample-scope": {
    about: "which samples are counted for evaluate_low_sample_count_percentiles = ignore",
    answers: ["interval", "any_period", "newest_period"],
  },
  "low-sample-effect": {
    about: "too few samples: the state is kept (API reference), or such a datapoint is missing (announcement of 2017)",
    answers: ["hold", "missing"],
  },
  "low-sample-when-empty": {
    about: "no sample at all: too few samples, or missing data",
    answers: ["low", "missing"],
  },
  "no-unit": { about: "an alarm without unit, a metric with several units", answers: ["all", "first"] },
  "math-missing": {
    about: "where a result of two series exists: where either has a value, everywhere, or where both have",
    answers: ["union", "everywhere", "intersection"],
  },
  "avg-counts-missing": { about: "whether AVG of one series counts missing values as 0", answers: [true, false] },
  "array-missing": { about: "MIN, MAX and STDDEV of an array: a missing value", answers: ["skip", "zero"] },
  stddev: { about: "the divisor of STDDEV", answers: ["population", "sample"] },
  "power-before-minus": { about: "whether -2^2 is -4", answers: [true, false] },
  "power-associativity": { about: "whether 2^3^2 is 2^9 or 8^2", answers: ["right", "left"] },
  "math-and-before-or": { about: "whether AND binds tighter than OR in metric math", answers: [true, false] },
  "fill-linear-edges": {
    about: "FILL(…, LINEAR) before the first and after the last value",
    answers: ["missing", "nearest"],
  },
  "fill-empty-series": { about: "whether FILL fills a series without any value", answers: [true, false] },
  "rule-and-before-or": { about: "whether AND binds tighter than OR in alarm_rule", answers: [true, false] },
  "wait-period-tie": {
    about: "the wait period ends in the second in which the suppressor goes into ALARM",
    answers: ["suppressed", "actions"],
  },
  "extension-period-tie": {
    about: "the extension period ends in the second in which the composite changes or the suppressor goes into ALARM",
    answers: ["discarded", "actions"],
  },
  "extension-without-change": {
    about: "the extension period ends and the composite has not changed since its last actions",
    answers: ["none", "repeat"],
  },
} as const satisfies Readonly<Record<string, Question>>;

export type AssumptionName = keyof typeof questions;
export type Assumptions = { readonly [Name in AssumptionName]: string | number | boolean };

const names = Object.keys(questions) as AssumptionName[];

export const defaults = Object.fromEntries(names.map((name) => [name, questions[name].answers[0]])) as Assumptions;

/** The defaults with answers of the form `name=answer` in place of some. */
export function assume(given: readonly string[]): Assumptions {
  const chosen = given.map((each) => {
    const [name = "", text = ""] = each.split("=");
    if (!(name in questions)) {
      throw new LabError(`--assume ${each}: there is no assumption ${name}. There are ${names.join(", ")}.`);
    }
    const { answers } = questions[name as AssumptionName];
    const answer = name === "extra-datapoints" && /^\d+$/.test(text) ? Number(text) : findAnswer(answers, text);
    if (answer === undefined) throw new LabError(`--assume ${each}: the answers are ${answers.join(", ")}.`);
    return [name, answer];
  });
  return { ...defaults, ...Object.fromEntries(chosen) };
}

function findAnswer(answers: Question["answers"], text: string): Question["answers"][number] | undefined {
  return answers.find((answer) => String(answer) === text);
}

/** For each assumption among these, the same assumptions with each other answer. */
export function alternatives(
  given: Assumptions,
  among: ReadonlySet<AssumptionName>,
): { readonly name: AssumptionName; readonly assumptions: Assumptions }[] {
  return [...among].flatMap((name) =>
    questions[name].answers
      .filter((answer) => answer !== given[name])
      .map((answer) => ({ name, assumptions: { ...given, [name]: answer } })),
  );
}
