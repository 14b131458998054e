/** Watches the file of an open lesson, and reports the changes of each save. */

import { watchFiles } from "./answers/watch_files.ts";
import { type Lesson, parseLesson } from "./lesson.ts";
import { changeBetween, type LessonChange } from "./lesson_change.ts";

/** Watches one lesson file. */
export class LessonFile {
  readonly #path: string;
  #lesson: Lesson;

  constructor(path: string, lesson: Lesson) {
    this.#path = path;
    this.#lesson = lesson;
  }

  /** Calls `changed` after each save that changes a cell. */
  watch(changed: (change: LessonChange) => void, signal: AbortSignal): void {
    watchFiles(() => [this.#path], () => {
      const change = this.read();
      if (change) changed(change);
    }, signal);
  }

  /** Reads the file again; undefined if no cell has changed, or if the file does not exist at the moment. */
  read(): LessonChange | undefined {
    let lesson: Lesson;
    try {
      lesson = parseLesson(Deno.readTextFileSync(this.#path), this.#lesson.file);
    } catch (error) {
      if (!(error instanceof SyntaxError)) return undefined;
      return { error: { name: error.name, message: error.message, frames: [] } };
    }
    const change = changeBetween(this.#lesson, lesson);
    this.#lesson = lesson;
    return change;
  }
}
