/** Runs a lesson once, for the outputs on the pages that can be read without JavaScript and on paper. */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { CourseEntry } from "../../../course/catalog.ts";
import type { Lesson } from "../../../course/lesson.ts";
import { lessonEngine } from "../../../course/lesson_engine.ts";
import type { LessonGrants } from "../../../course/permissions.ts";
import { isToRun } from "../../../course/steps.ts";
import { type Shown, withOutput } from "../page/shown.ts";
import type { Outputs } from "./prerender.tsx";

const GRANTS = new URL("../../../../lessons/permissions.ts", import.meta.url).href;

/**
 * The outputs of all cells of a lesson in quick mode, by the index of the cell. Exercises are open, and their checks are not run.
 *
 * @param data The folder with the four files of MNIST; without it, the lesson uses what it finds.
 * @throws {Error} If a cell throws: with the lesson, the line, and the message.
 */
export async function executed(
  entry: CourseEntry,
  lesson: Lesson,
  data?: string,
): Promise<Outputs> {
  const url = pathToFileURL(Deno.realPathSync(entry.path)).href;
  const { courseGrants } = await import(GRANTS) as {
    courseGrants: (lesson: string, dataFolders: readonly string[]) => LessonGrants;
  };
  const engine = lessonEngine({
    ...{ lesson, url, grants: courseGrants(url, data === undefined ? [] : [resolve(data)]) },
    settings: { mode: "quick", seed: 1, data },
    screen: { columns: 100, rows: 40, colors: "none" },
    forms: ["image/svg+xml"],
  });
  const outputs = new Map<number, readonly Shown[]>();
  try {
    for (const cell of lesson.cells) {
      if (!isToRun(cell) || cell.tags.includes("exercise") || cell.tags.includes("check")) continue;
      const { index, source, line } = cell;
      let shown: readonly Shown[] = [];
      const result = await engine.run({ index, source, line }, (output) => shown = withOutput(shown, output));
      if (result.status === "failed") {
        throw new Error(`${entry.name} cannot be written, because line ${line} throws: ${result.error.message}`);
      }
      outputs.set(index, shown);
    }
    return outputs;
  } finally {
    engine.close();
  }
}
