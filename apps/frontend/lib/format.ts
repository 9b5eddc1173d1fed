const locale = "en-US";

/** Made once each: making one takes longer than it then takes to format hundreds of numbers. */
const numbers = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
const digits = (count: number) => ({ minimumFractionDigits: count, maximumFractionDigits: count });
const dates = (options: Intl.DateTimeFormatOptions) =>
  // UTC, so that a day stays the same day wherever the server runs.
  new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });

const percents = numbers({ style: "percent", ...digits(1), signDisplay: "negative" });
const signedPercents = numbers({ style: "percent", ...digits(2), signDisplay: "exceptZero" });
const axisPercents = numbers({ style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" });
const quantities = numbers({ maximumFractionDigits: 6 });
const ones = numbers(digits(1));
const twos = numbers({ ...digits(2), signDisplay: "negative" });
const threes = numbers(digits(3));
const amounts = ofEachCurrency({});
const signedAmounts = ofEachCurrency({ signDisplay: "exceptZero" });
const axisAmounts = ofEachCurrency({ trailingZeroDisplay: "stripIfInteger" });
const days = dates({ dateStyle: "medium" });
const instants = dates({ dateStyle: "medium", timeStyle: "short" });
const daysOfMonths = dates({ month: "short", day: "numeric" });
const months = dates({ month: "short", year: "numeric" });

function ofEachCurrency(options: Intl.NumberFormatOptions): (currency: string) => Intl.NumberFormat {
  const formats = new Map<string, Intl.NumberFormat>();
  return (currency) => {
    const known = formats.get(currency) ?? numbers({ style: "currency", currency, ...options });
    formats.set(currency, known);
    return known;
  };
}

/** "$1,234.50" */
export function money(amount: number, currency: string): string {
  return amounts(currency).format(amount);
}

/** "+$1,234.50", "-$1,234.50", "$0.00" */
export function signedMoney(amount: number, currency: string): string {
  return signedAmounts(currency).format(amount);
}

/** "$110", "$0.50": a value beside a chart's grid. */
export function axisMoney(amount: number, currency: string): string {
  return axisAmounts(currency).format(amount);
}

/** "12.5%" for 0.125 */
export function percent(ratio: number): string {
  return percents.format(ratio);
}

/** "+12.50%", "-0.42%", "0.00%"; a dash for a ratio that is not defined. */
export function signedPercent(ratio: number | null): string {
  return ratio === null ? "–" : signedPercents.format(ratio);
}

/** "+10%", "-2.5%", "0%": a value beside a chart's grid. */
export function axisPercent(ratio: number): string {
  return axisPercents.format(ratio);
}

/** "1,200", "0.4567": units of an asset, whole or split. */
export function quantity(units: number): string {
  return quantities.format(units);
}

/** "5.6" */
export function oneDecimal(value: number): string {
  return ones.format(value);
}

/** "0.38", "-0.31" */
export function twoDecimals(value: number): string {
  return twos.format(value);
}

/** "0.182" */
export function threeDecimals(value: number): string {
  return threes.format(value);
}

/** "Nov 20, 2026" */
export function day(date: string): string {
  return days.format(new Date(date));
}

/** "Since Nov 19, 2026": what a change of price is measured from. */
export function since(date: string | null): string {
  return date === null ? "Latest change" : `Since ${day(date)}`;
}

/** "Nov 23, 2026, 6:00 AM UTC" */
export function instant(date: string): string {
  return `${instants.format(new Date(date))} UTC`;
}

/** "Nov 3" below a chart of few months, "Apr 2026" below a longer one. */
export function axisDay(day: Date, [first, last]: readonly Date[]): string {
  const isLong = first !== undefined && last !== undefined && last.getTime() - first.getTime() > 150 * 86_400_000;
  return (isLong ? months : daysOfMonths).format(day);
}

/** "Real estate" for "real_estate"; abbreviations keep their capitals. */
export function assetClassName(assetClass: string): string {
  const words = assetClass.replaceAll(/[-_]+/g, " ").trim();
  if (/^(etf|reit)s?$/i.test(words)) return words.replace(/^(etf|reit)/i, (letters) => letters.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
