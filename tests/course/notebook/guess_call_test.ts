// On the way back to a lesson the call of a question goes, with the guess and nothing else.
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { lessonNotebook, lessonOf } from "../../../lib/course/notebook/lesson_notebook.ts";

const LESSON = '// %% [markdown]\n// # Guess\n\n// %% tags=["predict"] id="many"\n// How many?\n\n// %%\n1;\n';

function withCall(change: (source: string) => string): string {
  const notebook = lessonNotebook(LESSON, "01_guess.ts");
  const cell = notebook.cells.find(({ source }) => source.includes("course.predict"))!;
  cell.source = change(cell.source);
  return lessonOf(notebook, "01_guess.ipynb");
}

Deno.test("what a learner writes below the call is refused, not dropped", () => {
  for (
    const below of [
      "\nconst mine = 5; // my own try",
      " console.log(3);",
      "\n\n// because of f(x)",
    ]
  ) {
    const error = assertThrows(() => withCall((source) => source.replace('""', '"3"') + below), RangeError);
    assertStringIncludes(error.message, "01_guess.ipynb: a question ends with course.predict(…) and got ");
    assertStringIncludes(error.message, below.trim().split("\n")[0]);
  }
});

Deno.test("a guess may be any expression, finished or not", () => {
  for (const guess of ['"a) b; c"', "`f(${g(2)}) = (3`", "Math.max(1, (2 + 3))", "/[)]/"]) {
    assertEquals(withCall((source) => source.replace('""', guess)), LESSON);
  }
  assertEquals(withCall((source) => source.replace('"");', '"3")\n\n')), LESSON);
  assertEquals(withCall((source) => source.replace('"");', '"3')), LESSON);
});

Deno.test("code above the call stays, a first guess included", () => {
  assertStringIncludes(
    withCall((source) => source + '\nawait course.predict("many", "4");'),
    '// How many?\nawait course.predict("many", "");\n\n',
  );
  assertStringIncludes(
    withCall((source) => source.replace("await", "const mine = 5;\nawait")),
    "// How many?\nconst mine = 5;\n",
  );
});
