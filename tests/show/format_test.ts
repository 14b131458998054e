// Numbers as people read them: digits, columns, percent, durations, at the borders between their forms.
import { assertEquals } from "@std/assert";
import { formatColumn, formatDuration, formatNumber, formatPercent } from "../../lib/show/format.ts";

Deno.test("a number has four digits; very large and very small ones are written with a power of ten", () => {
  const texts = [0.1234567, 123.4567, 1234567.8, 1.5e9, 0.0001, 0.00009999, -0.000012, 1.2e-300].map((n) =>
    formatNumber(n)
  );
  assertEquals(texts, [
    "0.1235",
    "123.5",
    "1.23e6",
    "1.5e9",
    "0.0001",
    "1e-4",
    "-1.2e-5",
    "1.2e-300",
  ]);
  assertEquals([0, 12345678, -1000, 1e9].map((n) => formatNumber(n)), ["0", "12,345,678", "-1,000", "1e9"]);
  assertEquals([NaN, Infinity, -Infinity].map((n) => formatNumber(n)), ["NaN", "∞", "-∞"]);
  assertEquals(formatNumber(2 / 3, 2), "0.67");
});

Deno.test("the numbers of a column have the same decimals, and no more of them than one needs", () => {
  assertEquals(formatColumn([1.5, 10.25, 3]), ["1.5", "10.3", "3.0"]);
  assertEquals(formatColumn([0.5, 0.25, 0.125]), ["0.500", "0.250", "0.125"]);
  assertEquals(formatColumn([0.5, 1.5]), ["0.5", "1.5"]);
  assertEquals(formatColumn([1, -20, NaN]), ["1", "-20", "NaN"]);
  assertEquals(formatColumn([-0.0001, 5.25]), ["0.00", "5.25"]);
  assertEquals(formatColumn([12345, 7]), ["12,345", "7"]);
  assertEquals(formatColumn([0.0001, 0.0002]), ["0.0001", "0.0002"]);
});

Deno.test("a share in percent, and one that is not known", () => {
  assertEquals([formatPercent(0.97654), formatPercent(1, 0), formatPercent(NaN)], ["97.65 %", "100 %", "– %"]);
});

Deno.test("a duration in seconds, minutes, hours", () => {
  const texts = [0, 0.84, 9.94, 9.96, 59.4, 59.6, 187, 3599.6, 3729, 36_000].map(formatDuration);
  assertEquals(texts, ["0.0 s", "0.8 s", "9.9 s", "10 s", "59 s", "1:00", "3:07", "1:00:00", "1:02:09", "10:00:00"]);
  assertEquals([NaN, Infinity, -1].map(formatDuration), ["–", "–", "–"]);
});

Deno.test("a number that is not whole never reads as a whole one", () => {
  const texts = [12345.678, 999999.4, 1234.56, 999.96, 99999.99, 0.99999, -1.00004, 2.0000001].map((n) =>
    formatNumber(n)
  );
  assertEquals(texts, ["12,345.7", "999,999.4", "1,234.6", "1,000.0", "100,000.0", "1.0", "-1.0", "2.0"]);
  assertEquals([12.34, 123.4].map((n) => formatNumber(n, 2)), ["12.3", "123.4"]);
  // What float64 leaves of a whole number is whole.
  assertEquals([0.1 * 30, 3.0000000000000004, -7, 12345].map((n) => formatNumber(n)), ["3", "3", "-7", "12,345"]);
});

Deno.test("nor do the numbers of a column, and less than all is never 100 %", () => {
  assertEquals(formatColumn([12345.6, 7]), ["12345.6", "7.0"]);
  assertEquals(formatColumn([100.01, 200.02]), ["100.0", "200.0"]);
  assertEquals([0.99999, 0.9999, 1].map((share) => formatPercent(share)), ["99.99 %", "99.99 %", "100.00 %"]);
  assertEquals([0.996, 1].map((share) => formatPercent(share, 0)), ["99 %", "100 %"]);
});
