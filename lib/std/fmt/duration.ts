// `@std/fmt/duration`: a time in milliseconds as people read it.

/** How {@linkcode format} writes a duration. */
export interface FormatOptions {
  /** "narrow": 1m 39s · "full": 1 minute, 39 seconds · "digital": 00:00:01:39:000:000:000. Default "narrow". */
  style?: "narrow" | "digital" | "full";
  /** Leave out the parts that are zero; in "digital" only those at the end. Default false. */
  ignoreZero?: boolean;
}

/**
 * Writes a duration, given in milliseconds. Its sign is dropped.
 *
 * @throws {TypeError} for a style that does not exist
 *
 * @example
 * ```ts
 * import { format } from "@std/fmt/duration";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(format(99674, { ignoreZero: true }), "1m 39s 674ms");
 * assertEquals(format(60000, { style: "full", ignoreZero: true }), "1 minute");
 * ```
 */
export function format(ms: number, options: FormatOptions = {}): string {
  const { style = "narrow", ignoreZero = false } = options;
  const parts = split(Math.abs(ms));
  const kept = ignoreZero ? parts.filter((part) => part.value !== 0) : parts;
  switch (style) {
    case "narrow":
      return kept.map(({ value, unit }) => `${value}${unit.short}`).join(" ");
    case "full":
      return kept.map(({ value, unit }) => `${value} ${unit.name}${value === 1 ? "" : "s"}`).join(", ");
    case "digital": {
      const last = ignoreZero ? parts.findLastIndex((part) => part.value !== 0) : parts.length - 1;
      return parts.slice(0, last + 1).map(({ value, unit }) => String(value).padStart(unit.digits, "0")).join(":");
    }
    default:
      throw new TypeError(`style must be "narrow", "full", or "digital"!`);
  }
}

interface Unit {
  name: string;
  short: string;
  digits: number;
}

const UNITS: Unit[] = [
  { name: "day", short: "d", digits: 2 },
  { name: "hour", short: "h", digits: 2 },
  { name: "minute", short: "m", digits: 2 },
  { name: "second", short: "s", digits: 2 },
  { name: "millisecond", short: "ms", digits: 3 },
  { name: "microsecond", short: "µs", digits: 3 },
  { name: "nanosecond", short: "ns", digits: 3 },
];

function split(ms: number): { unit: Unit; value: number }[] {
  const fraction = ms.toFixed(7).slice(-7, -1); // six decimals of a millisecond: µs, then ns
  const values = [
    Math.trunc(ms / 86_400_000),
    Math.trunc(ms / 3_600_000) % 24,
    Math.trunc(ms / 60_000) % 60,
    Math.trunc(ms / 1000) % 60,
    Math.trunc(ms) % 1000,
    Number(fraction.slice(0, 3)),
    Number(fraction.slice(3)),
  ];
  return UNITS.map((unit, i) => ({ unit, value: values[i] }));
}
