// What a script, a notebook and jupytext would read differently is refused with its line; what jupytext adds by itself is read.
import { assertEquals, assertThrows } from "@std/assert";
import { parseDocument } from "../../../lib/cells/document/parse_document.ts";
import { parseLesson } from "../../../lib/course/lesson.ts";
import { lessonNotebook, lessonOf } from "../../../lib/course/notebook/lesson_notebook.ts";

const TEXT = "// %% [markdown]\n// # Loose\n";

Deno.test("code in a text cell is refused with its line and column", () => {
  assertThrows(
    () => parseDocument(`${TEXT}// some text\nconst answer = 41 + 1;\n\n// %%\nconsole.log(answer);\n`, "01_loose.ts"),
    SyntaxError,
    '01_loose.ts:4:1: a text cell takes lines that start with "//" and got const answer = 41 + 1;: write "// %%" above code',
  );
  assertThrows(() => parseDocument("// %% [raw]\n  1;\n", "x.ts"), SyntaxError, "x.ts:2:1: ");
  assertThrows(
    () => parseDocument(`${TEXT}\n\n  /* not a comment of a text cell */\n`, "x.ts"),
    SyntaxError,
    "x.ts:5:1: ",
  );
  assertEquals(
    parseDocument(`${TEXT}//\n\n   \n//without a space\n`, "x.ts").cells[0].source,
    "# Loose\n\n\n   \nwithout a space",
  );
});

Deno.test("a comment that jupytext would make code of is refused in code, and is text in text", () => {
  for (const line of ["// %time", "  // %matplotlib inline", "//%%html", "// // %%%latex"]) {
    assertThrows(
      () => parseDocument(`// %%\n1;\n${line}\n`, "x.ts"),
      SyntaxError,
      "x.ts:3:1: jupytext would make code of",
    );
  }
  for (const line of ["// 5 % of them", "// % of all", "// a %word", "x = 7 %word; // %"]) {
    assertEquals(parseDocument(`// %%\n${line}\n`, "x.ts").cells[0].source, line);
  }
  assertEquals(parseDocument("// %% [markdown]\n// %time\n", "x.ts").cells[0].source, "%time");
});

const LESSON = `// ---
// jupyter:
//   gradually:
//     title: Überblick
//     minutes: 20
//     permissions: [mnist]
// ---

// %% [markdown]
// # Überblick

// %%
1 + 1;
`;

Deno.test("a file that jupytext has saved keeps title, minutes and permissions below the coding line", () => {
  const saved = `// -*- coding: utf-8 -*-\n${LESSON}`;
  const { title, minutes, permissions, cells } = parseLesson(saved, "01_all.ts");
  assertEquals([title, minutes, permissions, cells.length], ["Überblick", 20, ["mnist"], 2]);
  assertEquals(cells.map(({ line }) => line), parseLesson(LESSON, "01_all.ts").cells.map(({ line }) => line + 1));
  assertEquals(lessonOf(lessonNotebook(saved, "01_all.ts"), "01_all.ipynb"), saved);
  assertEquals(parseDocument("// -*- coding: utf-8 -*-\n// %%\n1;\n", "x.ts").cells.map(({ source }) => source), [
    "1;",
  ]);
  assertThrows(
    () => parseDocument("// -*- coding: utf-8 -*-\n// ---\n// a: 1\n", "x.ts"),
    SyntaxError,
    "x.ts:2:1: the header",
  );
});
