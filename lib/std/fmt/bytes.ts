/**
 * Sizes for people to read, with the names and the behavior of `jsr:@std/fmt/bytes`, for machines that cannot reach JSR.
 *
 * It has only what this project uses. `deno.json` declares the real package and links this one instead.
 *
 * @module
 */

/** The options of {@linkcode format}. */
interface FormatOptions {
  /** The fewest decimals. */
  minimumFractionDigits?: number;
  /** The most decimals; without these two, a size has three digits. */
  maximumFractionDigits?: number;
}

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];

/**
 * A number of bytes in the largest unit that it fills.
 *
 * @throws {TypeError} If it is not a finite number.
 *
 * @example
 * ```ts
 * import { format } from "@std/fmt/bytes";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(format(1337), "1.34 kB");
 * assertEquals(format(32_000_021, { maximumFractionDigits: 6 }), "32.000021 MB");
 * ```
 */
export function format(size: number, options: FormatOptions = {}): string {
  if (!Number.isFinite(size)) throw new TypeError(`Expected a finite number, got ${typeof size}: ${size}`);
  const bytes = Math.abs(size);
  const unit = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const scaled = bytes / 1000 ** unit;
  const { minimumFractionDigits, maximumFractionDigits } = options;
  const decimals = minimumFractionDigits !== undefined || maximumFractionDigits !== undefined;
  // With decimals of its own, the number is written as the system's language writes it.
  const text = decimals
    ? scaled.toLocaleString(undefined, { minimumFractionDigits, maximumFractionDigits })
    : String(bytes < 1 ? scaled : Number(scaled.toPrecision(3)));
  return `${size < 0 ? "-" : ""}${text} ${UNITS[unit]}`;
}
