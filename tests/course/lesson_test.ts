import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Cell } from "../../lib/cells/document/document.ts";
import { type Lesson, parseLesson } from "../../lib/course/lesson.ts";
import { writeDocument } from "../../lib/cells/document/write_document.ts";

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

Deno.test("the header gives title, minutes and permissions", () => {
  const lesson = parseLesson(HEADER + "// %%\n1;\n", "13_convolution.ts");
  assertEquals(lesson.title, "Convolution: by loops");
  assertEquals(lesson.minutes, 20);
  assertEquals(lesson.permissions, ["mnist"]);
  assertEquals(lesson.header.length, 11);
  assertEquals(lesson.cells[0].line, 15);
});

Deno.test("a lesson without a header is named after its file", () => {
  const lesson = parseLesson("// %%\n1;\n", "lessons/02_activations.ts");
  assertEquals([lesson.title, lesson.minutes, lesson.permissions], ["02_activations", 0, []]);
});

Deno.test("cells have kinds, titles, tags and ids", () => {
  const source = `// %% [markdown]
// # Title
//
// text

// %% Try it tags=["exercise", "hard"] id="relu" extra=3
const a = 1;

// %% [markdown] id="end"
// bye
`;
  const { cells } = parseLesson(source, "x.ts");
  assertEquals(cells.map(({ kind, title, tags, id }) => [kind, title, tags, id]), [
    ["markdown", "", [], ""],
    ["code", "Try it", ["exercise", "hard"], "relu"],
    ["markdown", "", [], "end"],
  ]);
  assertEquals(cells.map((cell) => cell.source), ["# Title\n\ntext", "const a = 1;", "bye"]);
  assertEquals(cells[1].metadata, { extra: 3 });
  assertEquals(cells.map(({ markerLine, line }) => [markerLine, line]), [[1, 2], [6, 7], [9, 10]]);
});

Deno.test("code before the first marker is a cell", () => {
  const { cells } = parseLesson("const a = 1;\n\n// %%\na;\n", "x.ts");
  assertEquals(cells.map(({ source, line }) => [source, line]), [["const a = 1;", 1], ["a;", 4]]);
});

Deno.test("empty cells, an empty file, and a file without a line break at its end are read", () => {
  assertEquals(parseLesson("", "x.ts").cells, []);
  assertEquals(parseLesson("// %%\n// %%\n\n// %%", "x.ts").cells.map(({ source }) => source), ["", "", ""]);
  assertEquals(parseLesson("// %%\n1;", "x.ts").cells[0].source, "1;");
});

Deno.test("CRLF and a byte order mark change nothing but the recorded line end", () => {
  const source = HEADER + "// %% [markdown]\n// text\n\n// %%\nconst a = `\n`;\n";
  const plain = parseLesson(source, "x.ts");
  const windows = parseLesson("\uFEFF" + source.replaceAll("\n", "\r\n"), "x.ts");
  assertEquals(windows, { ...plain, lineEnd: "\r\n" });
});

Deno.test("comments that only look like markers do not start cells", () => {
  const { cells } = parseLesson("// %%\n// 50 %% done\n  // %% indented\nconst s = '// %%';\n//%%x\n", "x.ts");
  assertEquals(cells.length, 1);
});

Deno.test("a marker inside a template literal is rejected with file, line and column", () => {
  const error = assertThrows(
    () => parseLesson("// %%\nconst a = 1;\nconst s = `text ${a + 1} more\n// %% not a cell\n`;\n", "x.ts"),
    SyntaxError,
    'x.ts:4:1: a "// %%" line inside the template literal opened on line 3',
  );
  assertEquals(error.message.endsWith("."), false);
});

Deno.test("a marker inside a block comment is rejected", () => {
  assertThrows(() => parseLesson("// %%\n/*\n// %%\n*/\n", "x.ts"), SyntaxError, "x.ts:3:1");
});

Deno.test("a backtick in a comment, a string or a regular expression does not open a literal", () => {
  const source = "// %%\n// it`s\nconst a = '`', b = \"`\", c = /[/`]`/g.test('x');\n/* ` */\n\n// %%\na;\n";
  assertEquals(parseLesson(source, "x.ts").cells.length, 2);
});

Deno.test("a template literal may contain a marker in the middle of a line", () => {
  assertEquals(parseLesson("// %%\nconst s = `a // %% b ${`inner ${1}`}`;\n// %%\n1;\n", "x.ts").cells.length, 2);
});

Deno.test("an unclosed header, a bad value and bad tags are rejected with their location", () => {
  assertThrows(() => parseLesson("// ---\n// jupyter:\n1;\n", "x.ts"), SyntaxError, "x.ts:1:1");
  assertThrows(() => parseLesson("// ---\n// no pair here\n// ---\n", "x.ts"), SyntaxError, "x.ts:2:4");
  const bad: [string, number][] = [
    ["a=[1,", 7],
    ["tags=[oops]", 7],
    ['tags=["a"', 7],
    ['Title tags=["a" id="x"', 13],
    ['tags=["a"]x', 7],
    ['tags=["a"] id="x', 18],
    ["id=", 7],
    ["title deep={1}", 13],
  ];
  for (const [marker, column] of bad) {
    const { message } = assertThrows(() => parseLesson(`\n// %% ${marker}\n`, "x.ts"), SyntaxError);
    assertStringIncludes(message, `x.ts:2:${column}: ${marker.slice(column - 7).split("=")[0]}=`);
    assertStringIncludes(message, "in a cell's marker: the value must be JSON");
  }
  assertThrows(() => parseLesson('// %% tags="x"\n', "x.ts"), SyntaxError, "tags must be a list of words");
});

// Round trips -------------------------------------------------------------------------------------------------------

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
const lesson = fc.record({
  cells: fc.array(cell, { maxLength: 8 }),
  withHeader: fc.boolean(),
  lineEnd: fc.constantFrom<Lesson["lineEnd"]>("\n", "\r\n"),
});

Deno.test("a written document is read back the same, and written again the same (1,000 lessons)", () => {
  fc.assert(
    fc.property(lesson, ({ cells, withHeader, lineEnd }) => {
      const header = withHeader ? parseLesson(HEADER, "x.ts").header : [];
      const made = cells.map(({ code, text, ...rest }, index): Cell => {
        const source = rest.kind === "code" ? code : text;
        return { ...rest, index, source, line: 2, markerLine: 1 };
      });
      const written = writeDocument({ header, cells: made, lineEnd });
      const read = parseLesson(written, "x.ts");
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
  const { cells } = parseLesson("// %% [markdown]\n// text\n", "x.ts");
  assertThrows(
    () => writeDocument({ header: [], cells: [{ ...cells[0], source: "%% x" }], lineEnd: "\n" }),
    RangeError,
    "starts with %%",
  );
});
