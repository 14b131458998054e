// What a cell prints: colors reach the terminal, and nothing else that could drive it, however it is split.
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { clean, type CleanOptions, TextCleaner } from "../../../lib/fronts/text/clean.ts";
import { visible, visibleLine } from "../../../lib/fronts/text/visible.ts";

/** The stream of these pieces, cleaned piece by piece. */
function stream(pieces: readonly string[], options?: CleanOptions): string[] {
  const cleaner = new TextCleaner(options);
  const written = pieces.map((piece) => cleaner.write(piece));
  const rest = cleaner.end();
  return rest === "" ? written : [...written, rest];
}

Deno.test("plain text, pictures and every script stay as they are", () => {
  for (const text of ["", "a\nb\n\n", "▀▄ ─│ ŷ = ∑ᵢ wᵢxᵢ", "数字 👍🏽 👨‍👩‍👧 e\u0301 עברית العربية"]) {
    assertEquals(clean(text), text);
  }
});

Deno.test("sequences that drive a terminal are removed as a whole", () => {
  for (
    const sequence of [
      "\x1b[2J", // clears the screen
      "\x1b[10A", // moves the cursor
      "\x1b[5;5H",
      "\x1b[?1049h", // shows the other screen
      "\x1b[?25l", // hides the cursor
      "\x1b[6n", // asks the terminal, which answers as if the learner typed
      "\x1b[>4;2m", // changes the keyboard; only looks like a color
      "\x1b[!p",
      "\x1b[1 q",
      "\x1bc", // resets the terminal
      "\x1bM",
      "\x1b7",
      "\x1b(0", // another character set
      "\x1b#8",
      "\x1b%@",
      "\x1b]0;title\x07",
      "\x1b]0;title\x1b\\",
      "\x1b]0;title\x9c",
      "\x1b]52;c;Y2xpcGJvYXJk\x07", // the clipboard
      "\x1b]8;;https://example.org\x1b\\",
      "\x1bP$q\x1b\\",
      "\x1bX string\x1b\\",
      "\x1b^ string\x1b\\",
      "\x1b_Gi=1;AAAA\x1b\\", // a picture
    ]
  ) assertEquals(clean(`a${sequence}b`), "ab", JSON.stringify(sequence));
});

Deno.test("the controls of one character, U+0080 to U+009F, begin the same sequences", () => {
  for (
    const sequence of ["\x9b2J", "\x9d0;title\x07", "\x90q\x9c", "\x98x\x9c", "\x9ex\x9c", "\x9fx\x9c", "\x84", "\x8d"]
  ) {
    assertEquals(clean(`a${sequence}b`), "ab", JSON.stringify(sequence));
  }
  assertEquals(clean("\x9b31mred\x9bm"), "\x1b[31mred\x1b[m");
});

Deno.test("other controls are removed: bell, backspace, another character set, a question to the terminal", () => {
  assertEquals(clean("a\x00\x05\x07\b\x0b\x0c\x0e\x0f\x1a\x7fb"), "ab");
});

Deno.test("a sequence that is split over lines or pieces does not come together again", () => {
  assertEquals(clean("a\x1b[\n2Jb"), "a\n2Jb");
  assertEquals(clean("a\x1b\n[2Jb"), "a\n[2Jb");
  assertEquals(clean("a\x1b[\r2Jb", { returns: true }), "a\r2Jb");
  assertEquals(stream(["a\x1b", "[2", "Jb"]), ["a", "", "b"]);
  assertEquals(stream(["a\x1b]0;ti", "tle", "\x1b", "\\b"]), ["a", "", "", "b"]);
  assertEquals(stream(["\x1b[3", "1mred"]), ["", "\x1b[31mred\x1b[0m"]);
  assertEquals(clean("\x1b\x1b[2J\x1b[\x1b[2Ja"), "a");
  assertEquals(clean("\x1b[2\x1b[31mred"), "\x1b[31mred\x1b[0m");
});

Deno.test("what is removed never leaves the parts of another sequence side by side", () => {
  assertEquals(clean("\x1b\x1b[2J[2J"), "[2J");
  assertEquals(clean("\x1b\x07[2J"), "[2J");
  assertEquals(clean("\x1b[\x002J"), "2J");
});

Deno.test("a string without an end hides only the rest of its line", () => {
  assertEquals(clean("a\x1b]0;title\nb\n"), "a\nb\n");
  assertEquals(stream(["a\x1b]0;title", "more", "\nb"]), ["a", "", "\nb"]);
});

Deno.test("a sequence that is not ended by the end of the cell is forgotten", () => {
  const cleaner = new TextCleaner();
  cleaner.write("\x1b[31mred\x1b]0;");
  assertEquals(cleaner.end(), "");
  assertEquals(cleaner.write("next"), "next");
});

Deno.test("colors are complete in each line and in each piece, so that they cannot leak", () => {
  assertEquals(clean("\x1b[31mone\ntwo\x1b[0m three"), "\x1b[31mone\x1b[0m\n\x1b[31mtwo\x1b[0m three");
  assertEquals(stream(["\x1b[1;31ma", "b", "\x1b[22mc", "\x1b[39md"]), [
    "\x1b[1;31ma\x1b[0m",
    "\x1b[1;31mb\x1b[0m",
    "\x1b[31mc\x1b[0m",
    "d",
  ]);
  assertEquals(clean("\x1b[41m\n\n\x1b[0mx"), "\x1b[41m\x1b[0m\n\nx");
  assertEquals(clean("\x1b[31m10%\r20%", { returns: true }), "\x1b[31m10%\x1b[0m\r\x1b[31m20%\x1b[0m");
});

Deno.test("colors of every kind pass, codes that hide text or change the character set do not", () => {
  for (const color of ["1;4;9", "38;5;208", "48;2;1;2;3", "38:2::1:2:3", "4:3", "58;5;1", "97;107", "53"]) {
    assertEquals(clean(`\x1b[${color}mx\x1b[0m`), `\x1b[${color}mx\x1b[0m`);
  }
  assertEquals(clean("\x1b[8mx"), "x");
  assertEquals(clean("\x1b[11mx\x1b[0;10m"), "x\x1b[0m");
  assertEquals(clean("\x1b[38;7mx\x1b[38mx"), "xx");
  assertEquals(clean(`\x1b[${"1;".repeat(1000)}mx`), "x");
});

Deno.test("without colors, no escape is left at all", () => {
  assertEquals(clean("\x1b[31mred\x1b[0m \x9b1mbold\n", { color: false }), "red bold\n");
});

Deno.test("marks that turn the order of text around become visible, and so do line breaks of Unicode", () => {
  for (const mark of "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") {
    assertEquals(clean(`a${mark}b`), "a\ufffdb", mark.codePointAt(0)!.toString(16));
    assertEquals(visible(`a${mark}b`), "a\ufffdb");
  }
});

Deno.test("a character that is split over two pieces is one character; half a character is shown as such", () => {
  assertEquals(stream(["a\ud83d", "\udc4db"]), ["a", "👍b"]);
  assertEquals(stream(["a\ud83d", "b"]), ["a", "\ufffdb"]);
  assertEquals(stream(["a\ud83d"]), ["a", "\ufffd"]);
  assertEquals(clean("\udc4d"), "\ufffd");
});

Deno.test("a tab goes to the next multiple of eight columns, across pieces and colors; in a pipe it stays", () => {
  assertEquals(clean("ab\tc\n数\td"), "ab      c\n数      d");
  assertEquals(stream(["ab", "\tc", "\x1b[31md\te"]), ["ab", "      c", "\x1b[31md      e\x1b[0m"]);
  assertEquals(stream(["12345678\n", "a\tb"]), ["12345678\n", "a       b"]);
  assertEquals(clean("a\tb", { tabs: true }), "a\tb");
});

Deno.test("a carriage return is a line break, unless the text may write over its own line", () => {
  assertEquals(clean("a\rb\r\nc"), "a\nb\nc");
  assertEquals(stream(["a\r", "\nb"]), ["a\n", "b"]);
  assertEquals(clean("a\rb\r\nc", { returns: true }), "a\rb\r\nc");
});

Deno.test("quoted text shows every control in as many characters", () => {
  assertEquals(visible("\x1b[2J\x00\x7f\x9b\ttab\nline\r\nend\r"), "␛[2J␀␡\ufffd\ttab\nline\nend␍");
  assertEquals(visibleLine("a\nb\tc"), "a␊b c");
  assertEquals(visibleLine("x".repeat(5000)).length, 1000);
});

const TRAPS = [
  "\x1b",
  "[",
  "]",
  "\x9b",
  "\x9d",
  "\x07",
  "\\",
  "\x9c",
  "m",
  "J",
  "31",
  ";",
  ":",
  "\n",
  "\r",
  "\t",
  "\ud83d",
  "\udc4d",
  "\u202e",
  "a",
];
const hostile = fc.array(fc.oneof(fc.constantFrom(...TRAPS), fc.string({ unit: "binary", maxLength: 3 })), {
  maxLength: 30,
});
const options = fc.record({ color: fc.boolean(), tabs: fc.boolean(), returns: fc.boolean() });
const SAFE =
  // deno-lint-ignore no-control-regex
  /^(?:[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|\x1b\[[\d;:]*m)*$/u;

Deno.test("whatever is written, and however it is split, only text and colors are left", () => {
  fc.assert(
    fc.property(hostile, options, (pieces, options) => {
      const written = stream(pieces, options);
      assertEquals(SAFE.test(written.join("")), true, JSON.stringify(written));
      for (const piece of written) assertEquals(clean(piece, { ...options, returns: true }), piece);
      if (!options.color) assertEquals(written.join("").includes("\x1b"), false);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("the split into pieces changes nothing but where colors begin and end", () => {
  fc.assert(
    fc.property(hostile, options, (pieces, options) => {
      const plain = { ...options, color: false };
      assertEquals(stream(pieces, plain).join(""), stream([pieces.join("")], plain).join(""));
    }),
    { numRuns: 2000 },
  );
});
