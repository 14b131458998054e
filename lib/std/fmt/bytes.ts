// `@std/fmt/bytes`: a number of bytes as people read it.

/** How {@linkcode format} writes a number of bytes. */
export interface FormatOptions {
  /** Write bits, not bytes. Default false. */
  bits?: boolean;
  /** Count by 1024 (KiB), not by 1000 (kB). Default false. */
  binary?: boolean;
  /** Write a plus sign before positive numbers. Default false. */
  signed?: boolean;
  /** The fewest decimals. Without this and the next, three significant digits are written. */
  minimumFractionDigits?: number;
  /** The most decimals. */
  maximumFractionDigits?: number;
}

/**
 * Writes a number of bytes for people: 1337 is 1.34 kB.
 *
 * @throws {TypeError} when `num` is not finite
 *
 * @example
 * ```ts
 * import { format } from "@std/fmt/bytes";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(format(1337), "1.34 kB");
 * assertEquals(format(9_912_422, { binary: true }), "9.45 MiB");
 * ```
 */
export function format(num: number, options: FormatOptions = {}): string {
  if (!Number.isFinite(num)) throw new TypeError(`Expected a finite number, got ${typeof num}: ${num}`);
  const { bits = false, binary = false, signed = false } = options;
  const one = bits ? "b" : "B";
  if (signed && num === 0) return ` 0 ${one}`;
  const sign = num < 0 ? "-" : signed ? "+" : "";
  const size = Math.abs(num);
  if (size < 1) return `${sign}${write(size, options)} ${one}`;

  const power = Math.floor(binary ? Math.log(size) / Math.log(1024) : Math.log10(size) / 3);
  const exponent = Math.min(power, PREFIXES.length - 1);
  const scaled = size / (binary ? 1024 : 1000) ** exponent;
  const rounded = hasDigits(options) ? scaled : Number(scaled.toPrecision(3));
  const unit = exponent === 0 ? one : PREFIXES[exponent] + (binary ? "i" : "") + (bits ? "bit" : "B");
  return `${sign}${write(rounded, options)} ${unit}`;
}

const PREFIXES = " kMGTPEZY";

function hasDigits({ minimumFractionDigits, maximumFractionDigits }: FormatOptions): boolean {
  return minimumFractionDigits !== undefined || maximumFractionDigits !== undefined;
}

function write(value: number, options: FormatOptions): string {
  if (!hasDigits(options)) return String(value);
  const { minimumFractionDigits, maximumFractionDigits } = options;
  return value.toLocaleString("en", { minimumFractionDigits, maximumFractionDigits });
}
