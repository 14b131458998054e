// Cells that were changed in the notebook, and cells with the same text.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { lessonNotebook, lessonOf } from "../../../lib/course/notebook/lesson_notebook.ts";
import type { Notebook } from "../../../lib/cells/ipynb/notebook.ts";

/** A lesson with unusual formatting: its raw text is kept, because the writer would format it differently. */
const ODD = '//%%%   Title   tags=[ "a" ]\nconst a = 1;\n\n// %%\na + 1;\n';

function change(notebook: Notebook, change: (cell: Notebook["cells"][number]) => void): string {
  const cells = structuredClone(notebook.cells);
  change(cells.find(({ source }) => source.includes("const a = 1"))!);
  return lessonOf({ ...notebook, cells }, "01_x.ipynb");
}

Deno.test("a cell that was changed in the notebook comes back changed, although its old text was kept", () => {
  const notebook = lessonNotebook(ODD, "01_x.ts");
  assert(JSON.stringify(notebook).includes('"raw"'), "the text of an odd cell is kept");
  assertEquals(lessonOf(notebook, "01_x.ipynb"), ODD);
  const source = change(notebook, (cell) => cell.source = "const a = 1; // and more");
  assertStringIncludes(source, "const a = 1; // and more");
  assertEquals(source.includes("%%%"), false);
  assertStringIncludes(change(notebook, ({ metadata }) => metadata.title = "Another"), "// %% Another");
  assertStringIncludes(change(notebook, ({ metadata }) => metadata.tags = ["b"]), 'tags=["b"]');
});

Deno.test("cells with the same text have different names, and the same names each time", () => {
  const alike = "// %%\n1;\n\n// %%\n1;\n\n// %%\n1;\n";
  const ids = (file: string) => lessonNotebook(alike, file).cells.map(({ id }) => id);
  assertEquals(new Set(ids("01_x.ts")).size, 4, "three cells, and the one that finds the course");
  assertEquals(ids("01_x.ts"), ids("01_x.ts"));
  assertEquals(new Set([...ids("01_x.ts"), ...ids("02_y.ts")]).size, 7, "cells of two lessons have different names");
});
