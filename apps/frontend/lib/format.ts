const locale = "en-US";

/** "$1,234.50" */
export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount);
}

/** "+$1,234.50", "-$1,234.50", "$0.00" */
export function signedMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency, signDisplay: "exceptZero" }).format(amount);
}

/** "12.5%" for 0.125 */
export function percent(ratio: number): string {
  return new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: "negative",
  }).format(ratio);
}

/** "+12.50%", "-0.42%", "0.00%"; a dash for a ratio that is not defined. */
export function signedPercent(ratio: number | null): string {
  if (ratio === null) return "–";
  return new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: "exceptZero",
  }).format(ratio);
}

/** "1,200", "0.4567": units of an asset, whole or split. */
export function quantity(units: number): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(units);
}

/** "5.6" */
export function oneDecimal(value: number): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}

/** "0.182" */
export function threeDecimals(value: number): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(value);
}

/** "Nov 20, 2026". UTC, so that a day stays the same day wherever the server runs. */
export function day(date: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(date));
}

/** "Nov 23, 2026, 6:00 AM UTC" */
export function instant(date: string): string {
  const text = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
  return `${text.format(new Date(date))} UTC`;
}

/** "Real estate" for "real_estate"; abbreviations keep their capitals. */
export function assetClassName(assetClass: string): string {
  const words = assetClass.replaceAll(/[-_]+/g, " ").trim();
  if (/^(etf|reit)s?$/i.test(words)) return words.replace(/^(etf|reit)/i, (letters) => letters.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "0.38" */
export function twoDecimals(value: number): string {
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: "negative",
  }).format(value);
}

/** "+10%", "-2.5%", "0%": a value beside a chart's grid. */
export function axisPercent(ratio: number): string {
  return new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  }).format(ratio);
}

/** "$110", "$0.50" */
export function axisMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency, trailingZeroDisplay: "stripIfInteger" }).format(
    amount,
  );
}

/** "Nov 3" below a chart of few months, "Apr 2026" below a longer one. */
export function axisDay(day: Date, [first, last]: readonly Date[]): string {
  const isLong = first !== undefined && last !== undefined && last.getTime() - first.getTime() > 150 * 86_400_000;
  return new Intl.DateTimeFormat(locale, {
    month: "short",
    timeZone: "UTC",
    ...(isLong ? { year: "numeric" } : { day: "numeric" }),
  }).format(day);
}
