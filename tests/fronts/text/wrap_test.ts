// Lines are broken between words, as readers expect it, and every row has its own colors.
import process from "node:process";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { wrap } from "../../../lib/fronts/text/wrap.ts";
import { stripAnsi } from "../../../lib/text/strip_ansi.ts";
import { visibleWidth } from "../../../lib/text/visible_width.ts";

/** Text, columns, options and the rows that the widely used package wrap-ansi 10 makes of them. */
const rows: readonly [text: string, columns: number, options: Parameters<typeof wrap>[2], expected: string][] = [
  ["one two three", 7, {}, "one two\nthree"],
  ["one  two", 8, {}, "one  two"],
  ["  one two  ", 5, {}, "one\ntwo"],
  ["  one two  ", 5, { trim: false }, "  one\n two \n "],
  ["", 5, {}, ""],
  ["   ", 5, {}, ""],
  ["a\n\nb", 5, {}, "a\n\nb"],
  ["incomprehensible", 5, {}, "incomprehensible"],
  ["incomprehensible", 5, { hard: true }, "incom\nprehe\nnsibl\ne"],
  ["an incomprehensible word", 5, { hard: true }, "an in\ncompr\nehens\nible\nword"],
  ["a bcdefghij", 5, { hard: true }, "a\nbcdef\nghij"],
  ["数字 数字", 5, { hard: true }, "数字\n数字"],
  ["数字数", 3, { hard: true }, "数\n字\n数"],
  ["👩‍🚀👩‍🚀", 2, { hard: true }, "👩‍🚀\n👩‍🚀"],
];

Deno.test("lines break between words; spaces at a break are left out, and long words are broken if asked", () => {
  for (const [text, columns, options, expected] of rows) {
    assertEquals(wrap(text, columns, options), expected, JSON.stringify([text, columns, options]));
  }
});

Deno.test("each row ends its colors, and the next one begins them again", () => {
  assertEquals(wrap("\x1b[31mred red\x1b[39m plain", 4), "\x1b[31mred\x1b[39m\n\x1b[31mred\x1b[39m\nplain");
  assertEquals(
    wrap("\x1b[1;31mbold red\x1b[0m", 4),
    "\x1b[1;31mbold\x1b[39;22m\n\x1b[1;31mred\x1b[0m",
  );
  // What is around it stays on: only what the text itself has turned on is turned off.
  assertEquals(wrap("a \x1b[4mb c", 3), "a \x1b[4mb\x1b[24m\n\x1b[4mc");
});

Deno.test("nothing is lost, and no row is wider than the screen", () => {
  const word = fc.constantFrom("a", "word", "unbelievably", "é", "数字", "👩‍🚀", "\x1b[31m", "\x1b[39m", " ", "  ");
  fc.assert(fc.property(fc.array(word, { maxLength: 20 }), fc.integer({ min: 2, max: 20 }), (words, columns) => {
    const text = words.join("");
    for (const trim of [true, false]) {
      const wrapped = wrap(text, columns, { hard: true, trim });
      assertEquals(stripAnsi(wrapped).replace(/[ \n]/g, ""), stripAnsi(text).replace(/ /g, ""));
      for (const row of wrapped.split("\n")) {
        assert(visibleWidth(trim ? row : row.trimEnd()) <= columns, JSON.stringify({ text, columns, row }));
      }
    }
  }));
});

Deno.test("a long line takes time in proportion to its length", () => {
  const time = (text: string): number => {
    const before = process.cpuUsage(); // not the clock: the machine may do something else meanwhile
    wrap(text, 80, { hard: true });
    return process.cpuUsage(before).user / 1000;
  };
  time("word ".repeat(1000));
  for (const part of ["word ", "x", "\x1b[31ma \x1b[39m"]) {
    const [short, long] = [time(part.repeat(2000)), time(part.repeat(40_000))];
    assert(
      long < 20 * 8 * Math.max(short, 1),
      `${JSON.stringify(part)}: ${short} ms, and ${long} ms for 20 times as much`,
    );
  }
});
