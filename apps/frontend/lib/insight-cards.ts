import type { Insights } from "./answers";
import { day, money, oneDecimal, percent, quantity, signedPercent, threeDecimals, twoDecimals } from "./format";

import { returnsOf } from "./spacing";

/** One thing that the figures say: in plain words, with the number behind them, and where that is from. */
export interface InsightCard {
  readonly id: string;
  readonly title: string;
  /** Null when there is no such figure; the sentence then says why. */
  readonly figure: string | null;
  readonly sentence: string;
  readonly more: readonly (readonly [name: string, value: string])[];
  readonly period: string;
  readonly formula: string;
  readonly source: string;
}

/** In the order in which they are read. Formulas and sources are those of the API's description. */
export function insightCards(insights: Insights, currency: string): InsightCard[] {
  const period = insights.period
    ? `${day(insights.period.from)} to ${day(insights.period.to)}`
    : "There is no return yet";
  return [
    returnCard(insights, period),
    benchmarkCard(insights, period),
    volatilityCard(insights, period),
    sharpeCard(insights, period),
    drawdownCard(insights, period),
    valueAtRiskCard(insights, currency, period),
    concentrationCard(insights),
    incomeCard(insights, currency, period),
  ];
}

function returnCard({ timeWeightedReturn, annualisedReturn, period: measured }: Insights, period: string): InsightCard {
  return {
    id: "return",
    title: "Return",
    figure: timeWeightedReturn === null ? null : signedPercent(timeWeightedReturn),
    sentence:
      timeWeightedReturn === null
        ? "There is no day on which a return could be worked out: the history is too short, or capital was negative."
        : `Money that was in the portfolio all the time ${timeWeightedReturn < 0 ? "shrank" : "grew"} by ${percent(Math.abs(timeWeightedReturn))}, whatever was paid in or taken out meanwhile.`,
    more: [["A year", annualisedReturn === null ? "known after a year" : signedPercent(annualisedReturn)]],
    period,
    formula: `Π (1 + r) − 1 over ${returnsOf(measured?.spacing)} r; purchases and sales of a day are netted: what is left is a contribution at its start, or a withdrawal at its end`,
    source: "Time-weighted return as in GIPS 2020",
  };
}

function benchmarkCard({ benchmark }: Insights, period: string): InsightCard {
  const common = {
    id: "benchmark",
    title: "Against the benchmark",
    formula:
      "Active return: portfolio − benchmark. Beta: cov(r, b) / var(b). Tracking error: standard deviation of r − b, × √(returns a year)",
    source: "Sharpe (1964); Grinold and Kahn, Active Portfolio Management (2000)",
  };
  if (!benchmark) {
    const sentence = "The portfolio's settings name no benchmark, or there is no day on which both have a price.";
    return { ...common, figure: null, sentence, more: [], period };
  }
  const { name, activeReturn, timeWeightedReturn, portfolioReturn, beta, correlation, trackingError } = benchmark;
  const words = activeReturn === 0 ? "as much as" : activeReturn > 0 ? "more than" : "less than";
  return {
    ...common,
    figure: signedPercent(activeReturn),
    sentence: `The portfolio returned ${percent(Math.abs(activeReturn))} ${words} ${name}: ${signedPercent(portfolioReturn)} against ${signedPercent(timeWeightedReturn)}.`,
    more: [
      ["Beta", beta === null ? "the benchmark does not vary" : twoDecimals(beta)],
      ["Correlation", correlation === null ? "one of both does not vary" : twoDecimals(correlation)],
      ["Tracking error", trackingError === null ? "the history is too short" : percent(trackingError)],
    ],
    period: `${day(benchmark.from)} to ${day(benchmark.to)}`,
  };
}

/** "monthly returns, × √12" */
function annualised({ period }: Insights, returns: string): string {
  const perYear = period ? quantity(Math.round(period.periodsPerYear * 10) / 10) : "(returns a year)";
  return `${returns}, × √${perYear}`;
}

function volatilityCard(insights: Insights, period: string): InsightCard {
  const { volatility } = insights;
  return {
    id: "volatility",
    title: "Volatility",
    figure: volatility === null ? null : percent(volatility),
    sentence:
      volatility === null
        ? "There are fewer than two returns, so there is nothing to compare."
        : `In about two years of three, the return is within ${percent(volatility)} of its average, if markets go on as in this period.`,
    more: [],
    period,
    formula: `Sample standard deviation of the ${annualised(insights, returnsOf(insights.period?.spacing))}`,
    source: "Hull, Options, Futures, and Other Derivatives, ch. 15",
  };
}

function sharpeCard(insights: Insights, period: string): InsightCard {
  const { sharpeRatio, riskFreeRate } = insights;
  const returns = `${returnsOf(insights.period?.spacing)} above the rate without risk`;
  return {
    id: "sharpe",
    title: "Sharpe ratio",
    figure: sharpeRatio === null ? null : twoDecimals(sharpeRatio),
    sentence:
      sharpeRatio === null
        ? "The returns do not vary, or there are too few: no risk was taken that a return could pay for."
        : `For each percent of risk, the portfolio earned ${twoDecimals(sharpeRatio)} percent more than money without risk (${percent(riskFreeRate)} a year).`,
    more: [["Rate without risk", `${percent(riskFreeRate)} a year`]],
    period,
    formula: `Mean ÷ standard deviation of the ${annualised(insights, returns)}`,
    source: "Sharpe (1994), The Sharpe Ratio",
  };
}

function drawdownCard({ maxDrawdown, period: measured }: Insights, period: string): InsightCard {
  const none = measured
    ? "The portfolio never was below a value that it had reached before."
    : "There is no return yet.";
  const sentence = (fall: NonNullable<Insights["maxDrawdown"]>) =>
    `In its worst stretch, the portfolio fell ${percent(fall.ratio)}, from ${day(fall.peakDate)} to ${day(fall.troughDate)}, and ${
      fall.recoveryDate ? `was back on ${day(fall.recoveryDate)}.` : "has not recovered yet."
    }`;
  return {
    id: "drawdown",
    title: "Deepest fall",
    figure: maxDrawdown ? signedPercent(-maxDrawdown.ratio) : null,
    sentence: maxDrawdown ? sentence(maxDrawdown) : none,
    more: [],
    period,
    formula: "The largest 1 − growth ÷ highest growth before",
    source: "Magdon-Ismail and Atiya (2004), Maximum Drawdown",
  };
}

function valueAtRiskCard({ valueAtRisk, period: measured }: Insights, currency: string, period: string): InsightCard {
  const horizon = valueAtRisk?.horizon ?? "period";
  return {
    id: "value-at-risk",
    title: `A bad ${horizon}`,
    figure: valueAtRisk ? money(valueAtRisk.amount, currency) : null,
    sentence: valueAtRisk
      ? `One ${horizon} in twenty loses more than ${money(valueAtRisk.amount, currency)} (${percent(valueAtRisk.ratio)}), if markets go on as from ${period}.`
      : "There are fewer than twenty returns: too few to say what one in twenty is like.",
    more: valueAtRisk ? [[`Average of such ${horizon}s`, signedPercent(-valueAtRisk.expectedShortfall)]] : [],
    period,
    formula: `Value at risk: minus the 5 % quantile of the ${returnsOf(measured?.spacing)}, × the value now`,
    source: "Historical simulation, Jorion, Value at Risk (2007); Acerbi and Tasche (2002)",
  };
}

function concentrationCard({ concentration: { herfindahl, effectiveHoldings, largest } }: Insights): InsightCard {
  return {
    id: "concentration",
    title: "Concentration",
    figure: largest ? oneDecimal(effectiveHoldings) : null,
    sentence: largest
      ? `The portfolio is spread like ${oneDecimal(effectiveHoldings)} holdings of the same size. The largest, ${largest.symbol}, is ${percent(largest.weight)} of it.`
      : "There is no holding.",
    more: [["Herfindahl index", threeDecimals(herfindahl)]],
    period: "Now",
    formula: "1 ÷ Σ weight²",
    source: "Herfindahl-Hirschman index, Rhoades (1993)",
  };
}

function incomeCard({ income }: Insights, currency: string, period: string): InsightCard {
  const payers = income?.byHolding.slice(0, 3) ?? [];
  return {
    id: "income",
    title: "Income",
    figure: income ? money(income.amount, currency) : null,
    sentence: income
      ? `Dividends of the last twelve months came to ${money(income.amount, currency)}${income.yield === null ? "" : `, ${percent(income.yield)} of today's value`}, before taxes.`
      : "There is no holding.",
    more: payers.map(({ symbol, amount }) => [symbol, money(amount, currency)] as const),
    period: income ? `${day(income.from)} to ${day(income.to)}` : period,
    formula: "Σ dividend a unit × units held the evening before × exchange rate of the day",
    source: "The portfolio's own list of dividends",
  };
}
