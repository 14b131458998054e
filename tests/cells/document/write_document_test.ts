// Documents come back from the percent format as they were.
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Cell, PercentDocument } from "../../../lib/cells/document/document.ts";
import { parseDocument } from "../../../lib/cells/document/parse_document.ts";
import { writeDocument } from "../../../lib/cells/document/write_document.ts";

const HEADER = `// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .ts
//       format_name: percent
//   kernelspec:
//     display_name: Deno
//   gradually:
//     title: "Convolution: by loops"
//     minutes: 20
//     permissions: [mnist]      # the data
// ---
`;

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,8}$/);
const codeLine = fc.oneof(
  fc.constantFrom(
    "const a = 1;",
    "",
    "  f(`x ${1 + 1} y`);",
    "// a comment",
    'const s = "`";',
    "const q = '\\'';",
    "x / y / z;",
  ),
  fc.constantFrom(
    "const 数 = `多行\n  // %% inside a line is not one`;",
    "/* ` */ b;",
    "const r = /[`/]/;",
    "\tindented;",
  ),
);
const textLine = fc.oneof(
  fc.constantFrom(
    "# Title",
    "",
    "- point",
    "`code` and $x_i$",
    "日本語 — “quotes”",
    "// twice",
    "  indented",
  ),
  fc.string().map((text) => text.replace(/[\r\n\u2028\u2029]/g, "").replace(/^\s*%%/, "").trimEnd()),
);
const trimBlank = (lines: string[]): string => lines.join("\n").replace(/(\n[ \t]*)+$/, "").replace(/^[ \t]+$/, "");
const cell = fc.record({
  kind: fc.constantFrom<Cell["kind"]>("code", "markdown"),
  title: fc.array(word, { maxLength: 3 }).map((words) => words.join(" ")),
  tags: fc.array(fc.oneof(word, fc.constantFrom("a]b", "[x", 'say "]"', "a b=c", "{", "\\")), { maxLength: 2 }),
  id: fc.oneof(fc.constant(""), word),
  metadata: fc.constantFrom({}, { deep: { a: [1, "two"] } }, { hidden: true, note: 'say "hi"' }),
  code: fc.array(codeLine, { maxLength: 6 }).map(trimBlank),
  text: fc.array(textLine, { maxLength: 6 }).map((lines) => lines.join("\n").replace(/\n+$/, "")),
  blankLines: fc.integer({ min: 0, max: 2 }),
});
const document = fc.record({
  cells: fc.array(cell, { maxLength: 8 }),
  withHeader: fc.boolean(),
  lineEnd: fc.constantFrom<PercentDocument["lineEnd"]>("\n", "\r\n"),
});

Deno.test("a written document is read back the same, and written again the same (1,000 documents)", () => {
  fc.assert(
    fc.property(document, ({ cells, withHeader, lineEnd }) => {
      const header = withHeader ? parseDocument(HEADER, "x.ts").header : [];
      const made = cells.map(({ code, text, ...rest }, index): Cell => {
        const source = rest.kind === "code" ? code : text;
        return { ...rest, index, source, line: 2, markerLine: 1 };
      });
      const written = writeDocument({ header, cells: made, lineEnd });
      const read = parseDocument(written, "x.ts");
      const essence = ({ kind, title, tags, id, metadata, source, blankLines }: Cell): unknown => ({
        kind,
        title,
        tags,
        id,
        metadata,
        source,
        blankLines,
      });
      assertEquals(read.cells.map(essence), made.map(essence));
      assertEquals(writeDocument({ ...read, lineEnd }), written);
      const lines = written.split(lineEnd);
      for (const found of read.cells) {
        if (found.kind === "code" && found.source) assertEquals(lines[found.line - 1], found.source.split("\n")[0]);
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("text that would start a cell is not written", () => {
  const { cells } = parseDocument("// %% [markdown]\n// text\n", "x.ts");
  assertThrows(
    () => writeDocument({ header: [], cells: [{ ...cells[0], source: "%% x" }], lineEnd: "\n" }),
    RangeError,
    "starts with %%",
  );
});
