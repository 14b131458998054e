import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import { lessonNameOf, lessonNotebook, lessonOf } from "../../../lib/course/notebook/lesson_notebook.ts";
import { formatNotebook, type Notebook, parseNotebook } from "../../../lib/cells/ipynb/notebook.ts";
import { testWith } from "../../support.ts";

const LESSONS = new URL("../../../lessons/", import.meta.url);
const again = (notebook: Notebook): Notebook => parseNotebook(formatNotebook(notebook), "x.ipynb");
const roundTrip = (source: string): string => lessonOf(again(lessonNotebook(source, "01_x.ts")), "01_x.ipynb");

testWith({ read: true }, "every lesson comes back from its notebook unchanged", () => {
  let lessons = 0;
  for (const { name } of Deno.readDirSync(LESSONS)) {
    if (!/^\d+_\w+\.ts$/.test(name)) continue;
    const source = Deno.readTextFileSync(new URL(name, LESSONS));
    const text = formatNotebook(lessonNotebook(source, name));
    assertEquals(lessonOf(parseNotebook(text, name), name), source, name);
    assert(!text.includes('"raw"'), `${name} keeps its raw text: the writer cannot reproduce it`);
    lessons++;
  }
  assert(lessons >= 10, `only ${lessons} lessons were found`);
});

testWith({ read: true }, "the committed notebooks match the lessons", () => {
  const names = (folder: URL, ending: string): string[] =>
    [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => /^\d+_/.test(name) && name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length)).sort();
  const lessons = names(LESSONS, ".ts");
  const folder = new URL("notebooks/", LESSONS);
  assertEquals(names(folder, ".ipynb"), lessons, 'run "deno task notebook"');
  for (const name of lessons) {
    const expected = formatNotebook(
      lessonNotebook(Deno.readTextFileSync(new URL(`${name}.ts`, LESSONS)), `${name}.ts`),
    );
    const found = Deno.readTextFileSync(new URL(`${name}.ipynb`, folder));
    assert(found === expected, `lessons/notebooks/${name}.ipynb is stale: run "deno task notebook"`);
  }
});

// Lines that have caused bugs before: markers inside markers, quotes, backticks, escapes, characters that only some tools count as line ends.
const piece = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "const a = `// %% no cell`;",
    "const b = `${`// %%`} \\` `;",
    'const c = "// %%" + \'"\';',
    "/* // %% */",
    "// a comment",
    "//",
    "//text",
    "  // %% indented",
    "await show(1); // %%",
    'import { FC } from "../mod.ts";',
    'import { settings } from "./settings.ts";',
    'import x from "./../odd.ts"; await import("../data/mod.ts");',
    'import y from "../../lessons/z.ts";',
    'await course.predict("x", "a guess");',
    "é ü 𝒳 数 \u2028 \u0000 \t",
    "# heading",
    "const t = <T,>(x: T) => x;",
    "---",
  ),
  fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => text.replace(/[\r\n`]|\/\*|%%/g, "")),
);
const marker = fc.constantFrom(
  "// %%",
  "// %% [markdown]",
  "//%%",
  "// %% A title [md]",
  '// %% tags=["predict"] id="q"',
  '// %% Try tags=["exercise"] id="relu-backward"',
  '// %% tags=["check"] id="relu-backward" points=2',
  "// %% [raw]",
  '// %%   [markdown]  tags=["setup"]  ',
  '// %% id="setup"',
);
const cell = fc.tuple(marker, fc.array(piece, { maxLength: 5 }), fc.nat(3)).map(([marker, lines, blank]) => {
  const text = /\[(markdown|md|raw)\]/.test(marker);
  return [
    marker,
    ...lines.map((line) => text ? `// ${line}`.replace(/^\/\/ (?=%%)/, "// . ") : line),
    ...Array(blank).fill(""),
  ];
});
const header = fc.constantFrom(
  [],
  ["// ---", "// jupyter:", '//   gradually: # "x"', "//     title: X", "// ---"],
  ["// ---", "//   kernelspec:", "//", "//     name: deno", "// ---", "", ""],
  ["const before = 1;", ""],
  ["", ""],
);
const lesson = fc.tuple(
  header,
  fc.array(cell, { maxLength: 6 }),
  fc.constantFrom("\n", "\r\n"),
  fc.boolean(),
  fc.boolean(),
)
  .map(([header, cells, end, last, mark]) =>
    (mark ? "\uFEFF" : "") + [...header, ...cells.flat()].join(end) + (last ? end : "")
  );

Deno.test("1,000 generated lessons come back unchanged", () => {
  let parsed = 0;
  fc.assert(
    fc.property(lesson, (source) => {
      try {
        lessonNotebook(source, "x.ts");
      } catch (error) {
        if (error instanceof SyntaxError) return; // not a valid lesson: an open literal contains a marker
        throw error;
      }
      parsed++;
      assertEquals(roundTrip(source), source);
    }),
    { numRuns: 1200, seed: 5 },
  );
  assert(parsed >= 1000, `only ${parsed} of them parse`);
});

const SOURCE = `// ---
// jupyter:
//   gradually:
//     title: X
// ---
// %% [markdown]
// # X

// %%
import { FC } from "../mod.ts";

// %% tags=["predict"] id="guess-it"
// How many?

// %% Do it tags=["exercise"] id="do-it"
const answer = () => blank();

// %% tags=["check"] id="do-it"
await check("do-it", answer);
`;

Deno.test("a notebook has format 4.5, the Deno kernel, no outputs, and one more cell than the lesson", () => {
  const text = formatNotebook(lessonNotebook(SOURCE, "lessons/01_x.ts"));
  const { nbformat, nbformat_minor, metadata, cells } = JSON.parse(text);
  assertEquals([nbformat, nbformat_minor], [4, 5]);
  assertEquals(metadata.kernelspec, { display_name: "Deno", language: "typescript", name: "deno" });
  assertEquals(cells.map((cell: { cell_type: string }) => cell.cell_type), [
    "markdown",
    "code",
    "code",
    "code",
    "code",
    "code",
  ]);
  for (const cell of cells.slice(1)) assertEquals([cell.outputs, cell.execution_count], [[], null]);
  assertMatch(cells[1].source.join(""), /const COURSE = "\.\.\/\.\."/);
});

Deno.test("cells keep their names, tags and titles; exercises are known to nbgrader", () => {
  const { cells } = lessonNotebook(SOURCE, "lessons/01_x.ts");
  assertEquals(cells.slice(1).map(({ id }) => id).toSpliced(1, 1), [
    "setup",
    "guess-it-predict",
    "do-it",
    "do-it-check",
  ]);
  assertMatch(cells[0].id, /^[0-9a-f]{12}$/);
  assertEquals(lessonNotebook(SOURCE, "lessons/01_x.ts").cells, cells);
  assert(
    lessonNotebook(SOURCE, "lessons/02_y.ts").cells[0].id !== cells[0].id,
    "cells of two lessons have the same name",
  );
  assertEquals(cells[4].metadata.title, "Do it");
  assertEquals(cells[4].metadata.tags, ["exercise"]);
  const graded = cells.map(({ metadata }) => metadata.nbgrader as Record<string, unknown> | undefined);
  assertEquals(graded.slice(0, 4), [undefined, undefined, undefined, undefined]);
  assertEquals([graded[4]?.grade_id, graded[4]?.solution, graded[4]?.grade, graded[4]?.locked], [
    "do-it",
    true,
    false,
    false,
  ]);
  assertEquals([graded[5]?.grade_id, graded[5]?.points, graded[5]?.grade, graded[5]?.locked], [
    "do-it-check",
    1,
    true,
    true,
  ]);
});

Deno.test("a notebook contains no solutions", () => {
  const text = formatNotebook(lessonNotebook(SOURCE, "01_x.ts"));
  assert(!/solution\s*[:=]\s*\(/.test(text));
});

Deno.test("a question asks for a guess, and the guess does not reach the lesson", () => {
  const notebook = lessonNotebook(SOURCE, "01_x.ts");
  assertEquals(notebook.cells[3].source, '// How many?\nawait course.predict("guess-it", "");');
  notebook.cells[3].source = '// How many?\nawait course.predict("guess-it", `three\nor four`);\n';
  assertEquals(lessonOf(again(notebook), "x.ipynb"), SOURCE);
});

Deno.test("changes in the notebook reach the lesson", () => {
  const notebook = lessonNotebook(SOURCE, "01_x.ts");
  notebook.cells[2].source += '\nimport { loadMNIST } from "../../data/mod.ts";';
  notebook.cells.splice(3, 0, {
    cell_type: "markdown",
    id: "new",
    metadata: {},
    source: "A *new* text\n\nof two parts",
  });
  const changed = lessonOf(again(notebook), "x.ipynb");
  assertEquals(
    changed,
    SOURCE.replace(
      'from "../mod.ts";\n',
      'from "../mod.ts";\nimport { loadMNIST } from "../data/mod.ts";\n\n// %% [markdown]\n// A *new* text\n//\n// of two parts\n',
    ),
  );
});

Deno.test("moved cells stay separate", () => {
  const source = "const first = 1;\n\n// %%\nconst second = 2;\n\n// %% [markdown]\n// end";
  const notebook = lessonNotebook(source, "x.ts");
  notebook.cells.reverse();
  const moved = lessonNotebook(lessonOf(notebook, "x.ipynb"), "x.ts");
  assertEquals(moved.cells.filter(({ id }) => id !== "setup").map((cell) => cell.source), [
    "end",
    "const second = 2;",
    "const first = 1;",
  ]);
});

Deno.test("a notebook that was not made from a lesson gets a header, and keeps its own name", () => {
  const text =
    '{"nbformat":4,"nbformat_minor":2,"metadata":{},"cells":[{"cell_type":"markdown","metadata":{},"source":"# Mine: own"}]}';
  const notebook = parseNotebook(text, "my.ipynb");
  const source = lessonOf(notebook, "notes/my.ipynb");
  assertMatch(source, /^\/\/ ---\n[\s\S]*title: "Mine: own"[\s\S]*\/\/ ---\n\/\/ %% \[markdown\]\n\/\/ # Mine: own\n/);
  assertEquals(lessonNameOf(notebook, "notes/my.ipynb"), "my");
});

Deno.test("code that a lesson cannot hold is rejected", () => {
  const notebook = lessonNotebook("// %%\n1;\n", "x.ts");
  const code = notebook.cells.at(-1)!;
  code.source = "const s = `\n// %%\n`;";
  assertThrows(() => lessonOf(notebook, "x.ipynb"), SyntaxError, "template literal");
  code.source = "1;\n// %%\n2;";
  assertThrows(() => lessonOf(notebook, "x.ipynb"), SyntaxError, 'a line of code starts with "// %%"');
  notebook.cells.push({ cell_type: "markdown", id: "m", metadata: {}, source: "%% text" });
  code.source = "1;";
  assertThrows(() => lessonOf(notebook, "x.ipynb"), RangeError, "starts with %%");
});
