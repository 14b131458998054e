/** Converts notebooks to lessons, and decides where they go: a notebook must not choose which file is overwritten. */

import { format as formatBytes } from "@std/fmt/bytes";
import { resolve } from "node:path";
import { nameOf } from "../../cells/ipynb/convert.ts";
import { isRecord, type Notebook, parseNotebook } from "../../cells/ipynb/notebook.ts";
import { isMarker } from "../../cells/document/parse_document.ts";
import { isLessonName, shortPath } from "../../course/catalog.ts";
import { lessonNameOf, lessonOf } from "../../course/notebook/lesson_notebook.ts";
import { readWhole } from "../../course/progress/read_file.ts";
import { UsageError } from "../usage_error.ts";

/** The largest notebook that is read, in bytes; most of a large one is pictures. */
const MAX_BYTES = 32_000_000;

/** A lesson that is to be written. */
interface LessonToWrite {
  target: string;
  text: string;
  /** What the file contains now; undefined if there is none. */
  found?: string;
}

/** Where lessons go. */
interface Places {
  /** The folder that was named; or, for one notebook, the file, which may then be anything. */
  out?: string;
  /** The folder of the lessons. */
  lessons: string;
}

/**
 * The lessons of these notebooks. Nothing is written.
 *
 * @throws {UsageError} When no notebook is named, or several for one file.
 * @throws {SyntaxError} When a file is not a notebook, or its code does not fit into a lesson.
 * @throws {RangeError} When a notebook is too large, or its lesson would overwrite a file that it was not made from.
 */
export function lessonsFrom(files: readonly string[], { out, lessons }: Places): LessonToWrite[] {
  if (files.length === 0) throw new UsageError("--back takes a notebook: deno task notebook --back FILE.ipynb");
  const named = out?.endsWith(".ts") ? out : undefined;
  if (named && files.length > 1) {
    throw new UsageError(`--out takes a folder for ${files.length} notebooks and got the file ${shortPath(named)}`);
  }
  const found = files.map((file): LessonToWrite => {
    const notebook = readNotebook(file);
    const text = lessonOf(notebook, file);
    if (named) return { target: named, text, found: readIfThere(named) };
    const name = lessonNameOf(notebook, file);
    if (!isLessonName(name)) {
      throw new RangeError(
        `${file} takes the name of a lesson, such as 04_name, and got ${JSON.stringify(name.slice(0, 60))}: ` +
          "name the file to write with --out FILE.ts",
      );
    }
    const target = resolve(out ?? lessons, `${name}.ts`);
    const there = readIfThere(target);
    if (there !== undefined && there !== text) expectOrigin(notebook, file, target, there);
    return { target, text, found: there };
  });
  const twice = found.find(({ target }, i) => found.findIndex((other) => other.target === target) < i);
  if (twice) throw new UsageError(`two of the notebooks would be ${shortPath(twice.target)}: convert one at a time`);
  return found;
}

/** The text of a file; undefined if there is none. */
export function readIfThere(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function readNotebook(file: string): Notebook {
  const found = readWhole(file, MAX_BYTES);
  if (!found) throw new RangeError(`not found: ${file}`);
  if (found.text === undefined) {
    throw new RangeError(
      `${file} takes ${formatBytes(MAX_BYTES)} and got ${
        formatBytes(found.size, { maximumFractionDigits: 6 })
      }: clear its outputs in Jupyter, and save it`,
    );
  }
  return parseNotebook(found.text, file);
}

/** Refuses to overwrite a file that is not a lesson, or not the one that the notebook was made from and is named after. */
function expectOrigin(notebook: Notebook, file: string, target: string, there: string): void {
  const kept = notebook.metadata.gradually;
  const name = nameOf(target);
  const isLesson = there.startsWith("// ---") || there.split(/\r?\n/).some(isMarker);
  const isFrom = isRecord(kept) && kept.lesson === name;
  if (isLesson && isFrom && nameOf(file) === name) return;
  const why = !isLesson
    ? "which is not a lesson"
    : !isFrom
    ? "which it was not made from"
    : `and its name is not ${name}.ipynb`;
  throw new RangeError(
    `${file} would overwrite ${shortPath(target)}, ${why}: name the file to write with --out FILE.ts`,
  );
}
