/** Keeps the cells of a lesson that the learner has changed. A cell whose original is another one by now is as the lesson has it. */

import { parseBounded } from "../../../cells/ipynb/bounded_json.ts";
import { writeDocument } from "../../../cells/document/write_document.ts";
import { type Lesson, parseLesson } from "../../../course/lesson.ts";

/** One cell, by its index. */
interface ChangedCell {
  cell: number;
  was: string;
  now: string;
}

/** The changed cells of one lesson. */
export class ChangedCells {
  readonly #path: string;

  /** @param path `.gradually/changed/<lesson>.json`. */
  constructor(path: string) {
    this.#path = path;
  }

  /** The lesson with the changes. */
  applyTo(lesson: Lesson): Lesson {
    let changed = lesson;
    for (const { cell, was, now } of this.#read()) {
      if (lesson.cells[cell]?.source !== was) continue;
      try {
        changed = withSource(changed, cell, now);
      } catch {
        continue; // a cell that would begin others
      }
    }
    return changed;
  }

  /** Keeps what differs between the original and the lesson as it is now. */
  keep(original: Lesson, now: Lesson): void {
    const changed = original.cells.flatMap(({ source }, cell) =>
      source === now.cells[cell].source ? [] : [{ cell, was: source, now: now.cells[cell].source }]
    );
    try {
      Deno.writeTextFileSync(this.#path, JSON.stringify(changed));
    } catch {
      // No space: the change lives as long as the page.
    }
  }

  #read(): ChangedCell[] {
    try {
      const found = parseBounded(Deno.readTextFileSync(this.#path), { depth: 4, values: 10_000 });
      return Array.isArray(found) ? found.filter(isChangedCell) : [];
    } catch {
      return [];
    }
  }
}

function isChangedCell(found: unknown): found is ChangedCell {
  const { cell, was, now } = (found ?? {}) as Record<string, unknown>;
  return Number.isSafeInteger(cell) && typeof was === "string" && typeof now === "string";
}

/**
 * A lesson with other code in one cell; the lines of the cells after it move.
 *
 * @throws {RangeError} When the code would begin a cell of its own.
 */
export function withSource(lesson: Lesson, cell: number, source: string): Lesson {
  const cells = lesson.cells.map((each) => each.index === cell ? { ...each, source: source.trimEnd() } : each);
  const changed = parseLesson(writeDocument({ ...lesson, cells }), lesson.file);
  if (changed.cells.length !== lesson.cells.length) {
    throw new RangeError('a cell takes code and got a line with "// %%", which would begin another cell: leave it out');
  }
  return changed;
}
