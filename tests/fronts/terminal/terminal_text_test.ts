import { assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import stringWidth from "string-width";
import { LiveRegion } from "../../../lib/fronts/terminal/live_region.ts";
import { highlight } from "../../../lib/fronts/text/highlight.ts";
import { keysOf } from "../../../lib/fronts/terminal/keys.ts";
import { renderMarkdown } from "../../../lib/fronts/text/markdown.ts";
import { mathematics } from "../../../lib/fronts/text/mathematics.ts";
import { Renderer } from "../../../lib/fronts/text/renderer.ts";
import { styleOf } from "../../../lib/fronts/text/style.ts";

const PLAIN = styleOf(false);
const COLOR = styleOf(true);
const ESCAPES = new RegExp("\x1b\\[[\\d;?]*[A-Za-z]", "g");
const markdown = (text: string, columns = 80): string => renderMarkdown(text, columns, PLAIN);

Deno.test("markdown: paragraphs are rewrapped, and blocks are separated", () => {
  assertEquals(
    markdown("One line\nand its end.\n\nNext `a  b`, **bold**, *soft*."),
    "One line and its end.\n\nNext `a  b`, bold, soft.",
  );
  assertEquals(markdown("a [link](https://x.y) and <https://z.z>"), "a link (https://x.y) and https://z.z");
  assertEquals(markdown("one  \ntwo"), "one\ntwo");
  assertEquals(markdown('a < b && c > d &amp; "e"'), 'a < b && c > d & "e"');
});

Deno.test("markdown: lists are bulleted, numbered and nested, with a hanging indent", () => {
  assertEquals(markdown("- a\n- b\n  - c\n\n3. x\n4. y"), "• a\n• b\n  • c\n\n3. x\n4. y");
  assertEquals(markdown("- a long point that has to wrap", 16), "• a long point\n  that has to\n  wrap");
});

Deno.test("markdown: quotes, rules, code and tables", () => {
  assertEquals(markdown("> quoted\n> text"), "│ quoted text");
  assertEquals(markdown("```\n  as is\n```"), "      as is");
  assertEquals(
    markdown("| layer | shape |\n|---|---:|\n| conv 数 | 6 |\n| fc | 588 |"),
    "layer    shape\n───────  ─────\nconv 数      6\nfc         588",
  );
});

Deno.test("markdown: formulas are not read as Markdown, and dollar signs in code are left alone", () => {
  assertEquals(markdown("with $w_i * x_i * b$ and `$HOME`, $5 and $6"), "with wᵢ * xᵢ * b and `$HOME`, $5 and $6");
  assertEquals(markdown("so\n\n$$\ny = \\sum_i w_i x_i\n$$\n\nand"), "so\n\n    y = ∑ᵢ wᵢ xᵢ\n\nand");
});

Deno.test("markdown: no line is wider than the terminal, whatever the text", () => {
  fc.assert(fc.property(
    fc.array(
      fc.oneof(
        fc.string({ maxLength: 30 }),
        fc.constantFrom("数字", "👍🏽", "# T", "- p", "**b**", "`c`", "$x_i$", "> q", "\n\n"),
      ),
    ),
    fc.integer({ min: 20, max: 90 }),
    (words, columns) => {
      const text = words.join(" ").replace(/[`|]|^ {4}/gm, ""); // code and tables keep their lines
      for (const line of renderMarkdown(text, columns, COLOR).split("\n")) {
        assertEquals(stringWidth(line) <= columns || line.startsWith("    "), true, `${columns}: ${line}`);
      }
    },
  ));
});

Deno.test("mathematics: Greek, superscripts and subscripts, fractions, roots, accents, and parts without a Unicode form", () => {
  const cases: [string, string][] = [
    ["\\hat{y} = \\sigma(W x + b)", "ŷ = σ(W x + b)"],
    ["\\frac{1}{N} \\sum_{n=1}^{N} (y_n - t_n)^2", "1/N ∑ₙ₌₁ᴺ (yₙ − tₙ)²"],
    ["\\frac{a + b}{2}", "(a + b)/2"],
    ["e^{-x}", "e⁻ˣ"],
    ["x \\in \\mathbb{R}^{N \\times C}", "x ∈ ℝ^(N × C)"],
    ["\\sqrt{v} + \\epsilon", "√v + ε"],
    ["W^\\top", "Wᵀ"],
    ["\\text{loss} \\approx \\ln 10", "loss ≈ ln 10"],
    ["p_{k}", "pₖ"],
    ["\\unknown{x}", "unknownx"],
    ["x^", "x"],
    ["{{", ""],
  ];
  for (const [latex, expected] of cases) assertEquals(mathematics(latex).normalize("NFC"), expected, latex);
});

Deno.test("mathematics: any text is accepted without an error", () => {
  fc.assert(fc.property(fc.string(), (text) => typeof mathematics(text) === "string"));
});

Deno.test("highlight: removes nothing, and no color continues across a line break", () => {
  const code = 'const s = `a ${b} </span> &amp;\n"c"`; /* two\nlines */ return x < 1 && "é" > 2;';
  const colored = highlight(code, COLOR);
  assertEquals(colored.replace(ESCAPES, ""), code);
  for (const line of colored.split("\n")) {
    const last = [...line.matchAll(ESCAPES)].at(-1)?.[0];
    assertEquals(last === undefined || ["\x1b[39m", "\x1b[22;23m"].includes(last), true, JSON.stringify(line));
  }
});

Deno.test("keys: pasted text, arrows, and unknown sequences", () => {
  assertEquals(keysOf("ab"), ["a", "b"]);
  assertEquals(keysOf("\x1b[A\x1bOB\x1b[1;5C\x1b[5~\x1b[H"), ["up", "down", "right", "page-up", "home"]);
  assertEquals(keysOf("\x1b[200~x\x1b[201~"), ["paste:x"]);
  assertEquals(keysOf("\x1b"), ["escape"]);
  assertEquals(keysOf("数👍"), ["数", "👍"]);
});

Deno.test("code has its line numbers in the file, and long lines wrap with a hanging indent", () => {
  const renderer = new Renderer(PLAIN, 30);
  assertEquals(
    renderer.code("short;\nconst value = anotherName + third;", 9),
    "  9 │ short;\n 10 │ const value =\n    │   anotherName + third;\n",
  );
  assertEquals(
    renderer.code("  if (a) { doSomething(a, b); }\n// a comment that goes on and on", 9),
    "  9 │   if (a) {\n    │     doSomething(a, b); }\n 10 │ // a comment that\n    │    goes on and on\n",
  );
  assertEquals(
    renderer.bareCode("short;\nconst value = anotherName + third;"),
    "short;\nconst value = anotherName +\n  third;\n",
  );
});

Deno.test("a cell's output cannot draw over the lesson", () => {
  let written = "";
  const region = new LiveRegion({ columns: 80, rows: 24, write: (text) => written += text });
  region.print("\x1b[2J\x1b[10A\x1b]0;title\x07\x1b(0plain \x1b[31mred\x1b[0m\x07\n");
  assertStringIncludes(written, "plain \x1b[31mred\x1b[0m\r\n");
  for (const bad of ["\x1b[2J", "\x1b[10A", "\x1b]", "\x07"]) {
    assertEquals(written.includes(bad), false, JSON.stringify(bad));
  }
});
