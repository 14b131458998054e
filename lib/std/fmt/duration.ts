/**
 * Durations for people to read, with the names and the behavior of `jsr:@std/fmt/duration`, for machines that cannot
 * reach JSR.
 *
 * It has only what this project uses. `deno.json` declares the real package and links this one instead.
 *
 * @module
 */

/** The options of {@linkcode format}. */
interface FormatOptions {
  /** `narrow`: 1m 39s; `full`: 1 minute, 39 seconds; `digital`: 00:00:01:39:000:000:000. Narrow by default. */
  style?: "narrow" | "full" | "digital";
  /** Leaves out units of which there are none; in the digital style, those at the end. `false` by default. */
  ignoreZero?: boolean;
}

/** Each unit: how many nanoseconds it has, its names, and its digits in the digital style. */
const UNITS = [
  { size: 86_400e9, short: "d", long: "day", digits: 2 },
  { size: 3_600e9, short: "h", long: "hour", digits: 2 },
  { size: 60e9, short: "m", long: "minute", digits: 2 },
  { size: 1e9, short: "s", long: "second", digits: 2 },
  { size: 1e6, short: "ms", long: "millisecond", digits: 3 },
  { size: 1e3, short: "µs", long: "microsecond", digits: 3 },
  { size: 1, short: "ns", long: "nanosecond", digits: 3 },
];

/**
 * A duration in its units, from days to nanoseconds; its sign is left out.
 *
 * @param ms The duration in milliseconds.
 * @throws {TypeError} If there is no such style.
 *
 * @example
 * ```ts
 * import { format } from "@std/fmt/duration";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(format(99_674, { ignoreZero: true }), "1m 39s 674ms");
 * ```
 */
export function format(ms: number, options: FormatOptions = {}): string {
  const { style = "narrow", ignoreZero = false } = options;
  let rest = Math.round(Math.abs(ms) * 1e6);
  const parts = UNITS.map((unit) => {
    const count = Math.floor(rest / unit.size);
    rest -= count * unit.size;
    return { ...unit, count };
  });
  if (style === "digital") {
    const last = ignoreZero ? parts.findLastIndex(({ count }) => count > 0) : parts.length - 1;
    return parts.slice(0, last + 1).map(({ count, digits }) => String(count).padStart(digits, "0")).join(":");
  }
  const shown = parts.filter(({ count }) => count > 0 || !ignoreZero);
  if (style === "narrow") return shown.map(({ count, short }) => `${count}${short}`).join(" ");
  if (style === "full") {
    return shown.map(({ count, long }) => `${count} ${long}${count === 1 ? "" : "s"}`).join(", ");
  }
  throw new TypeError(`style must be "narrow", "full", or "digital"!`);
}
