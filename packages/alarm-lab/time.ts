import { LabError } from "./alarm";

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds of `90s`, `5m`, `1h30m`, `2d`, with `-` before minute 0; a number without unit is minutes. */
export function duration(text: unknown, where: string): number {
  if (typeof text === "number") return text * 60;
  const [, sign = "", parts] =
    typeof text === "string" ? (/^(-?)((?:\d+(?:\.\d+)?[smhdw])+|\d+)$/.exec(text.trim()) ?? []) : [];
  if (parts === undefined)
    throw new LabError(`${where} is ${JSON.stringify(text)}; a time is written 90s, 5m, 1h30m or 2d.`);
  if (/^\d+$/.test(parts)) return Number(`${sign}${parts}`) * 60;
  const all = [...parts.matchAll(/(\d+(?:\.\d+)?)([smhdw])/g)];
  const seconds = all.reduce((sum, [, number, unit = "s"]) => sum + Number(number) * (secondsOf[unit] ?? 1), 0);
  return sign === "-" ? -seconds : seconds;
}

/** `1:05`, `2d 0:30`, and `0:01:10` where there are seconds. */
export function clock(second: number): string {
  const sign = second < 0 ? "-" : "";
  const all = Math.abs(second);
  const [days, hours] = [Math.floor(all / 86_400), Math.floor((all % 86_400) / 3600)];
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const seconds = all % 60 === 0 ? "" : `:${two(all % 60)}`;
  return `${sign}${days > 0 ? `${days}d ` : ""}${hours}:${two((all % 3600) / 60)}${seconds}`;
}

/** `5 min`, `3 h`, `2 d`. */
export function length(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
