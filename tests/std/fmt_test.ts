// The linked @std/fmt gives what the original gives, as tables.
import { assertEquals, assertThrows } from "@std/assert";
import { format as formatBytes } from "@std/fmt/bytes";
import * as colors from "@std/fmt/colors";
import { format as formatDuration } from "@std/fmt/duration";

Deno.test("a style is turned on before the text and off after it", () => {
  const codes: Record<string, [on: number, off: number]> = {
    ...{ bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24] },
    ...{ red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39] },
  };
  assertEquals(Object.keys(colors).sort(), Object.keys(codes).sort());
  for (const [name, [on, off]] of Object.entries(codes)) {
    const mark = colors[name as keyof typeof colors];
    assertEquals(mark("foo bar"), Deno.noColor ? "foo bar" : `\x1b[${on}m` + `foo bar\x1b[${off}m`, name);
  }
});

Deno.test({
  name: "a color within a color is turned off by turning the outer one on again",
  ignore: Deno.noColor,
  fn() {
    assertEquals(colors.red(`a${colors.blue("b")}c`), "\x1b[31ma\x1b[34mb\x1b[31mc\x1b[39m");
    assertEquals(colors.bold(colors.cyan("x")), "\x1b[1m\x1b[36mx\x1b[39m\x1b[22m");
  },
});

Deno.test("sizes", () => {
  const table: [size: number, text: string, options?: Parameters<typeof formatBytes>[1]][] = [
    ...[[0, "0 B"], [0.4, "0.4 B"], [10, "10 B"], [10.1, "10.1 B"], [999, "999 B"]] as [number, string][],
    ...[[1001, "1 kB"], [1337, "1.34 kB"], [1e16, "10 PB"], [1e30, "1000000 YB"]] as [number, string][],
    ...[[-0.4, "-0.4 B"], [-10.1, "-10.1 B"], [-999, "-999 B"], [-1001, "-1 kB"]] as [number, string][],
    [1900, "1.9 kB", { maximumFractionDigits: 1 }],
    [1900, "1.900 kB", { minimumFractionDigits: 3 }],
    [1911, "1.9 kB", { maximumFractionDigits: 1 }],
    [1111, "1.11 kB", { maximumFractionDigits: 2 }],
    [1019, "1.019 kB", { maximumFractionDigits: 3 }],
    [1000, "1.0 kB", { minimumFractionDigits: 1, maximumFractionDigits: 3 }],
    [3942, "3.94 kB", { minimumFractionDigits: 1, maximumFractionDigits: 2 }],
  ];
  const point = (0.5).toLocaleString()[1]; // decimals are written as the system's language writes them
  for (const [size, text, options] of table) {
    assertEquals(formatBytes(size, options), options ? text.replace(".", point) : text, String(size));
  }
  for (const bad of ["", "1", NaN, true, Infinity, -Infinity, null]) {
    assertThrows(() => formatBytes(bad as number), TypeError, "Expected a finite number");
  }
});

Deno.test("durations", () => {
  const table: [ms: number, options: Parameters<typeof formatDuration>[1], text: string][] = [
    [99674, {}, "0d 0h 1m 39s 674ms 0µs 0ns"],
    [99674, { style: undefined }, "0d 0h 1m 39s 674ms 0µs 0ns"],
    [
      99674,
      { style: "full" },
      "0 days, 0 hours, 1 minute, 39 seconds, 674 milliseconds, 0 microseconds, 0 nanoseconds",
    ],
    [99674, { style: "digital" }, "00:00:01:39:674:000:000"],
    [-99674, { style: "digital" }, "00:00:01:39:674:000:000"],
    [99674, { style: "full", ignoreZero: true }, "1 minute, 39 seconds, 674 milliseconds"],
    [99674, { ignoreZero: true }, "1m 39s 674ms"],
    [99674, { style: "digital", ignoreZero: true }, "00:00:01:39:674"],
    [16.342, { ignoreZero: true }, "16ms 342µs"],
  ];
  for (const [ms, options, text] of table) assertEquals(formatDuration(ms, options), text);
  assertThrows(() => formatDuration(1, { style: "long" as "full" }), TypeError, "style must be");
});
