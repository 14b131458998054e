/** Formats numbers for people to read. */

/**
 * A number with a few digits. One that is not whole never reads as a whole one: then it gets a decimal more.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(formatNumber(0.123456), "0.1235");
 * assertEquals(formatNumber(1234567), "1,234,567");
 * assertEquals(formatNumber(12345.678), "12,345.7");
 * assertEquals(formatNumber(-1e-9), "-1e-9");
 * ```
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (isWhole(value) && size < 1e9) return Math.round(value).toLocaleString("en-US");
  if (size >= 1e6 || size < 1e-4) {
    return value.toExponential(Math.max(0, digits - 2)).replace(/\.?0+e/, "e").replace("e+", "e");
  }
  const rounded = Number(value.toPrecision(digits));
  if (!Number.isInteger(rounded)) return String(rounded);
  return value.toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** Whether a number is whole; what arithmetic in float64 leaves of one, such as 0.1 · 30, counts. */
function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) <= 1e-14 * Math.abs(value);
}

/** The numbers of one column: all with the same number of decimals, so that the points are aligned. */
export function formatColumn(values: ArrayLike<number>, digits = 3): string[] {
  const list = Array.from(values);
  const finite = list.filter(Number.isFinite).map(Math.abs);
  const largest = Math.max(0, ...finite);
  const integers = finite.every(isWhole);
  if (largest >= 1e6 || (largest > 0 && largest < 1e-3)) return list.map((v) => formatNumber(v, digits));
  let decimals = integers ? 0 : Math.max(1, Math.min(6, digits - 1 - Math.floor(Math.log10(largest))));
  if (integers && largest >= 10000) return list.map((v) => formatNumber(v));
  // Decimals that are 0 everywhere carry no information, but one stays where a number was rounded to a whole one.
  while (decimals > 1 && finite.every((v) => v.toFixed(decimals).endsWith("0"))) decimals--;
  return list.map((v) => Number.isFinite(v) ? v.toFixed(decimals).replace(/^-(0(?:\.0*)?)$/, "$1") : formatNumber(v));
}

/** A share from 0 to 1 in percent: "97.65 %". Less than all is never 100 %: it is rounded down then. */
export function formatPercent(share: number, decimals = 2): string {
  if (!Number.isFinite(share)) return "– %";
  const text = (100 * share).toFixed(decimals), step = 10 ** -decimals;
  return `${share < 1 && Number(text) === 100 ? (100 - step).toFixed(decimals) : text} %`;
}

/** A duration in seconds: "0.8 s", "41 s", "3:07", "1:02:09". */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return "–";
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
