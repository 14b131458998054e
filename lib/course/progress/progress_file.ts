/** Defines the format of `progress.json`, and reads it: always as a valid one, with what is valid in the file. */

import { parseBounded } from "../../cells/ipynb/bounded_json.ts";
import { isRecord } from "../../cells/ipynb/notebook.ts";
import { count, Faults, flag, listOf, objectOf, recordOf, text } from "./state_reader.ts";

/** How far the learner is with a lesson. Fields that this version does not know are kept. */
export interface LessonProgress {
  /** The index of the first cell that the learner has not finished. */
  cell: number;
  /** The furthest that `cell` has been. */
  furthest: number;
  /** How many cells the lesson had. */
  cells: number;
  /** Whether the learner has ever reached the end. */
  done: boolean;
  /** When this was saved, in ISO 8601. */
  updated: string;
  /** What the learner guessed, by the id of the question. */
  guesses?: Record<string, string>;
  /** The exercises that were opened, by their ids. */
  exercises?: Record<string, ExerciseProgress>;
  /** Code kept from play. It ran before the cell with the index `before`. */
  kept?: { before: number; source: string }[];
  [other: string]: unknown;
}

/** How far the learner is with an exercise. */
export interface ExerciseProgress {
  /** How many answers were judged. */
  tries: number;
  /** How many hints the learner has seen. */
  hints: number;
  /** Whether an answer file was created. */
  opened: boolean;
  /** Whether an answer ever passed. */
  passed: boolean;
}

/** The whole file. */
export interface ProgressFile {
  format: "gradually-progress";
  version: number;
  /** The lesson that the learner worked on last. */
  last?: string;
  lessons: Record<string, LessonProgress>;
  [other: string]: unknown;
}

/** The version that this course reads and writes. */
export const VERSION = 1;

/** The largest file that is read or written, in bytes. A course has 100 KB: more is not ours, and would take long to read. */
export const MAX_BYTES = 2_000_000;

/** What is in such a file at most; a course has a few thousand values. */
const LIMITS = { depth: 50, values: 50_000 };

/** An exercise that was never opened. */
export const NO_TRIES: ExerciseProgress = { tries: 0, hints: 0, opened: false, passed: false };

/** A lesson that was never begun. */
export const NOT_BEGUN: LessonProgress = { cell: 0, furthest: 0, cells: 0, done: false, updated: "" };

const exercise = objectOf<ExerciseProgress>({ tries: count, hints: count, opened: flag, passed: flag }, {
  defaults: NO_TRIES,
});

const kept = objectOf<{ before: number; source: string }>({ before: count, source: text }, {
  required: ["before", "source"],
});

const lesson = objectOf<LessonProgress>({
  cell: count,
  furthest: count,
  cells: count,
  done: flag,
  updated: text,
  guesses: recordOf(text),
  exercises: recordOf(exercise),
  kept: listOf(kept),
}, { defaults: NOT_BEGUN });

const progressFile = objectOf<ProgressFile>({ last: text, lessons: recordOf(lesson) });

/** What was found in a file: what is valid in it, and what is wrong. */
export interface FoundProgress {
  /** What is valid; undefined if nothing is. */
  file?: ProgressFile;
  /** What is wrong, as part of a sentence; undefined if nothing is. */
  fault?: string;
}

/** Reads the text of a progress file. Never throws. */
export function readProgress(source: string): FoundProgress {
  let found: unknown;
  try {
    found = parseBounded(source, LIMITS);
  } catch (error) {
    return { fault: (error as Error).message };
  }
  if (!isRecord(found) || found.format !== "gradually-progress") return { fault: "it is not a progress file" };
  const { version, lessons } = found;
  if (!Number.isInteger(version) || (version as number) < 1) return { fault: "it has no version" };
  if (version === VERSION && !isRecord(lessons)) return { fault: "it has no lessons" };
  const faults = new Faults();
  const file = progressFile({ ...found, lessons: isRecord(lessons) ? lessons : {} }, "", faults);
  if (faults.count === 0) return { file };
  const wrong = faults.count > 1 ? ` and ${faults.count - 1} more are wrong` : " is wrong";
  return { file, fault: `${faults.first}${wrong}` };
}
