// The percent format: what is a cell and what is not, its marker, and what is refused.
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { parseDocument } from "../../../lib/cells/document/parse_document.ts";

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
  const { cells } = parseDocument(source, "x.ts");
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
  const { cells } = parseDocument("const a = 1;\n\n// %%\na;\n", "x.ts");
  assertEquals(cells.map(({ source, line }) => [source, line]), [["const a = 1;", 1], ["a;", 4]]);
});

Deno.test("empty cells, an empty file, and a file without a line break at its end are read", () => {
  assertEquals(parseDocument("", "x.ts").cells, []);
  assertEquals(parseDocument("// %%\n// %%\n\n// %%", "x.ts").cells.map(({ source }) => source), ["", "", ""]);
  assertEquals(parseDocument("// %%\n1;", "x.ts").cells[0].source, "1;");
});

Deno.test("CRLF and a byte order mark change nothing but the recorded line end", () => {
  const source = HEADER + "// %% [markdown]\n// text\n\n// %%\nconst a = `\n`;\n";
  const plain = parseDocument(source, "x.ts");
  const windows = parseDocument("\uFEFF" + source.replaceAll("\n", "\r\n"), "x.ts");
  assertEquals(windows, { ...plain, lineEnd: "\r\n" });
});

Deno.test("comments that only look like markers do not start cells", () => {
  const { cells } = parseDocument("// %%\n// 50 %% done\n  // %% indented\nconst s = '// %%';\n//%%5\n", "x.ts");
  assertEquals(cells.length, 1);
});

Deno.test("a marker inside a template literal is rejected with file, line and column", () => {
  const error = assertThrows(
    () => parseDocument("// %%\nconst a = 1;\nconst s = `text ${a + 1} more\n// %% not a cell\n`;\n", "x.ts"),
    SyntaxError,
    'x.ts:4:1: a "// %%" line inside the template literal opened on line 3',
  );
  assertEquals(error.message.endsWith("."), false);
});

Deno.test("a marker inside a block comment is rejected", () => {
  assertThrows(() => parseDocument("// %%\n/*\n// %%\n*/\n", "x.ts"), SyntaxError, "x.ts:3:1");
});

Deno.test("a backtick in a comment, a string or a regular expression does not open a literal", () => {
  const source = "// %%\n// it`s\nconst a = '`', b = \"`\", c = /[/`]`/g.test('x');\n/* ` */\n\n// %%\na;\n";
  assertEquals(parseDocument(source, "x.ts").cells.length, 2);
});

Deno.test("a template literal may contain a marker in the middle of a line", () => {
  assertEquals(parseDocument("// %%\nconst s = `a // %% b ${`inner ${1}`}`;\n// %%\n1;\n", "x.ts").cells.length, 2);
});

Deno.test("an unclosed header, a bad value and bad tags are rejected with their location", () => {
  assertThrows(() => parseDocument("// ---\n// jupyter:\n1;\n", "x.ts"), SyntaxError, "x.ts:1:1");
  assertThrows(() => parseDocument("// ---\n// no pair here\n// ---\n", "x.ts"), SyntaxError, "x.ts:2:4");
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
    const { message } = assertThrows(() => parseDocument(`\n// %% ${marker}\n`, "x.ts"), SyntaxError);
    assertStringIncludes(message, `x.ts:2:${column}: ${marker.slice(column - 7).split("=")[0]}=`);
    assertStringIncludes(message, "in a cell's marker: the value must be JSON");
  }
  assertThrows(() => parseDocument('// %% tags="x"\n', "x.ts"), SyntaxError, "tags must be a list of words");
});
