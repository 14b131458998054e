// The linked @std/fmt writes colours, bytes and durations as its namesake does.
import { assertEquals, assertThrows } from "@std/assert";
import { format as formatBytes } from "@std/fmt/bytes";
import * as colors from "@std/fmt/colors";
import { format as formatDuration } from "@std/fmt/duration";
import { testWhen, testWith } from "../support.ts";

testWhen(!Deno.noColor, "NO_COLOR is set", "a style opens and closes, and opens again behind one inside it", () => {
  const before = colors.getColorEnabled();
  colors.setColorEnabled(true);
  try {
    assertEquals(colors.bold("a"), "\x1b[1ma\x1b[22m");
    assertEquals(colors.red(`a${colors.blue("b")}c`), "\x1b[31ma\x1b[34mb\x1b[31mc\x1b[39m");
    assertEquals(colors.gray("a"), "\x1b[90ma\x1b[39m");
    assertEquals(colors.bgCyan("a"), "\x1b[46ma\x1b[49m");
    assertEquals(colors.rgb8("a", 300), "\x1b[38;5;255ma\x1b[39m");
    assertEquals(colors.rgb24("a", 0x0102ff), "\x1b[38;2;1;2;255ma\x1b[39m");
    assertEquals(colors.bgRgb24("a", { r: -1, g: 2.9, b: 999 }), "\x1b[48;2;0;2;255ma\x1b[49m");
    colors.setColorEnabled(false);
    assertEquals(colors.bold(colors.red("a")), "a");
  } finally {
    colors.setColorEnabled(before);
  }
});

testWith({ run: true, read: true }, "NO_COLOR turns colours off for good", async () => {
  const module = import.meta.resolve("../../lib/std/fmt/colors.ts");
  const code = `import { bold, setColorEnabled } from "${module}"; setColorEnabled(true); console.log(bold("a"));`;
  const say = async (env: Record<string, string>) => {
    const command = new Deno.Command(Deno.execPath(), { args: ["eval", code], clearEnv: true, env });
    return new TextDecoder().decode((await command.output()).stdout);
  };
  assertEquals(await say({ NO_COLOR: "1" }), "a\n");
  assertEquals(await say({}), "\x1b[1ma\x1b[22m\n");
});

Deno.test("stripAnsiCode leaves the text", () => {
  assertEquals(colors.stripAnsiCode("\x1b[1m\x1b[38;2;1;2;3mloss\x1b[39m\x1b[22m \x1b[2K0.5"), "loss 0.5");
});

Deno.test("bytes", () => {
  assertEquals(formatBytes(0), "0 B");
  assertEquals(formatBytes(999), "999 B");
  assertEquals(formatBytes(1337), "1.34 kB");
  assertEquals(formatBytes(0.4), "0.4 B");
  assertEquals(formatBytes(-42, { signed: true }), "-42 B");
  assertEquals(formatBytes(42, { signed: true }), "+42 B");
  assertEquals(formatBytes(0, { signed: true }), " 0 B");
  assertEquals(formatBytes(1e16), "10 PB");
  assertEquals(formatBytes(1e30), "1000000 YB");
  assertEquals(formatBytes(1025, { bits: true, binary: true }), "1 kibit");
  assertEquals(formatBytes(11_594_722, { maximumFractionDigits: 1 }), "11.6 MB");
  assertThrows(() => formatBytes(NaN), TypeError, "Expected a finite number, got number: NaN");
});

Deno.test("durations", () => {
  assertEquals(formatDuration(99674), "0d 0h 1m 39s 674ms 0µs 0ns");
  assertEquals(formatDuration(99674, { ignoreZero: true }), "1m 39s 674ms");
  assertEquals(
    formatDuration(99674, { style: "full", ignoreZero: true }),
    "1 minute, 39 seconds, 674 milliseconds",
  );
  assertEquals(formatDuration(99674, { style: "digital" }), "00:00:01:39:674:000:000");
  assertEquals(formatDuration(99674, { style: "digital", ignoreZero: true }), "00:00:01:39:674");
  assertEquals(formatDuration(-1.5, { ignoreZero: true }), "1ms 500µs");
  assertThrows(() => formatDuration(1, { style: "x" as "full" }), TypeError, "style must be");
});
