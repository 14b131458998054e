// The list of the course counts steps, as the heading of a lesson does, and says which exercises are still open.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { listLessons, readLesson } from "../../lib/course/catalog.ts";
import { outlineOf } from "../../lib/course/outline.ts";
import { Progress } from "../../lib/course/progress/progress.ts";
import { begin } from "../../lib/course/session_state.ts";
import { courseList } from "../../lib/fronts/text/course_list.ts";
import { styleOf } from "../../lib/fronts/text/style.ts";
import { testWith, withTempDir } from "../support.ts";

const LESSON = `// ---
// jupyter:
//   gradually:
//     title: Made
// ---
// %% [markdown]
// text above code

// %%
1;

// %% tags=["exercise"] id="one"
blank();

// %% tags=["check"] id="one"
await check("one", 1);

// %% tags=["exercise"] id="two"
blank();

// %%
2;
`;

testWith(
  { read: true, write: true },
  "the place in a lesson is the step that its heading shows",
  () =>
    withTempDir((directory) => {
      Deno.writeTextFileSync(`${directory}/01_made.ts`, LESSON);
      const course = listLessons(directory), { lesson } = readLesson(course[0]);
      for (let cell = 1; cell < lesson.cells.length; cell++) {
        const progress = new Progress(`${directory}/state${cell}`);
        progress.save("01_made", { cell, cells: lesson.cells.length, done: false });
        const { at, steps } = begin({ lesson, cell });
        assertEquals(outlineOf(course, progress)[0].place, { step: at + 1, steps: steps.length }, `cell ${cell}`);
        const line = courseList(outlineOf(course, progress), styleOf(false));
        assertStringIncludes(line, `[·] Made  at step ${at + 1} of ${steps.length}\n`);
      }
    }),
);

testWith(
  { read: true, write: true },
  "a lesson is done when its exercises are solved, and read before",
  () =>
    withTempDir((directory) => {
      Deno.writeTextFileSync(`${directory}/01_made.ts`, LESSON);
      const course = listLessons(directory), progress = new Progress(`${directory}/state`);
      const shown = () => courseList(outlineOf(course, progress), styleOf(false));
      progress.save("01_made", { cell: 5, cells: 5, done: true });
      assertStringIncludes(shown(), "0 of 1 done");
      assertStringIncludes(shown(), "[·] Made  read, 2 exercises open\n");
      progress.exercise("01_made", "one", () => ({ passed: true }));
      assertStringIncludes(shown(), "[·] Made  read, 1 exercise open\n");
      progress.exercise("01_made", "two", () => ({ passed: true }));
      assertStringIncludes(shown(), "1 of 1 done");
      assertStringIncludes(shown(), "[✓] Made\n");
    }),
);

testWith(
  { read: true, write: true },
  "a lesson that no longer parses is listed without its place",
  () =>
    withTempDir((directory) => {
      Deno.writeTextFileSync(`${directory}/01_made.ts`, LESSON);
      const progress = new Progress(`${directory}/state`);
      progress.save("01_made", { cell: 2, cells: 5, done: false });
      Deno.writeTextFileSync(`${directory}/01_made.ts`, LESSON.replace('id="two"', 'id="two'));
      const [row] = outlineOf(listLessons(directory), progress);
      assertEquals([row.title, row.state, row.place], ["Made", "begun", undefined]);
    }),
);

testWith(
  { read: true, write: true },
  "a part of the course is named beside its first lesson, with the minutes of all its lessons",
  () =>
    withTempDir((directory) => {
      const lesson = (title: string, minutes: number, part?: string) =>
        LESSON.replace(
          "title: Made",
          `title: ${title}\n//     minutes: ${minutes}${part ? `\n//     part: ${part}` : ""}`,
        );
      Deno.writeTextFileSync(`${directory}/01_a.ts`, lesson("One", 10, "Begin"));
      Deno.writeTextFileSync(`${directory}/02_b.ts`, lesson("Two", 15));
      Deno.writeTextFileSync(`${directory}/03_c.ts`, lesson(`A title ${"of many words ".repeat(3)}`, 20, "End"));
      const course = listLessons(directory);
      const lines = courseList(outlineOf(course, new Progress(`${directory}/state`)), styleOf(false)).split("\n").slice(
        2,
      );
      assertEquals(lines[0], "→  1 [ ] One  10 min                          Begin, 25 min");
      assertEquals(lines[1], "   2 [ ] Two  15 min");
      assertStringIncludes(lines[2], "words  20 min  End, 20 min");
    }),
);
