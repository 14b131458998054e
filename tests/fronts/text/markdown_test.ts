import { assertEquals } from "@std/assert";
import fc from "fast-check";
import stringWidth from "string-width";
import { renderMarkdown } from "../../../lib/fronts/text/markdown.ts";
import { styleOf } from "../../../lib/fronts/text/style.ts";

const markdown = (text: string, columns = 80): string => renderMarkdown(text, columns, styleOf(false));

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
      for (const line of renderMarkdown(text, columns, styleOf(true)).split("\n")) {
        assertEquals(stringWidth(line) <= columns || line.startsWith("    "), true, `${columns}: ${line}`);
      }
    },
  ));
});
