/** Keeps the learner's place in `.gradually/progress.json`, safe from crashes, second windows and damaged files. */

import { reasonOf } from "../reason.ts";
import { writeWhole } from "./write_file.ts";

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
interface ExerciseProgress {
  /** How many answers were judged. */
  tries: number;
  /** How many hints the learner has seen. */
  hints: number;
  /** Whether an answer file was created. */
  opened: boolean;
  /** Whether an answer ever passed. */
  passed: boolean;
}

interface ProgressFile {
  format: "gradually-progress";
  version: number;
  /** The lesson that the learner worked on last. */
  last?: string;
  lessons: Record<string, LessonProgress>;
  [other: string]: unknown;
}

const VERSION = 1;
const NAME = "progress.json";

/**
 * The progress of one learner. Nothing here throws: problems are reported in {@linkcode Progress.notices}, once, and the lesson continues.
 *
 * A change is saved at once: under a lock, the file is read again, changed, written to a temporary file and renamed. So a process that is
 * killed leaves either the old file or the new one, and two processes do not undo each other's changes.
 */
export class Progress {
  /** Messages for the learner; whoever shows them empties the list. */
  readonly notices: string[] = [];
  readonly #directory: string;
  #file: ProgressFile = { format: "gradually-progress", version: VERSION, lessons: {} };
  #newer = false; //     the file has a later version: we must not write it
  #complained = false;

  /** @param directory The folder, created at the first change: `.gradually`. */
  constructor(directory: string) {
    this.#directory = directory;
    this.#guard(() => this.#read());
  }

  /** The lesson that the learner worked on last. */
  get last(): string | undefined {
    return this.#file.last;
  }

  /** How far the learner is with a lesson; undefined if it was never begun. */
  lesson(name: string): LessonProgress | undefined {
    return Object.hasOwn(this.#file.lessons, name) ? this.#file.lessons[name] : undefined;
  }

  /** Saves the place in a lesson, which becomes the last one worked on. */
  save(name: string, place: { cell: number; cells: number; done: boolean }): void {
    this.#update((file) => {
      const before = Object.hasOwn(file.lessons, name) ? file.lessons[name] : undefined;
      file.last = name;
      file.lessons[name] = {
        ...before,
        ...place,
        furthest: Math.max(place.cell, before?.furthest ?? 0),
        done: place.done || before?.done === true,
        updated: new Date().toISOString(),
      };
    });
  }

  /** Saves a guess. */
  guess(name: string, id: string, guess: string): void {
    this.#change(name, (lesson) => lesson.guesses = { ...recordOf(lesson.guesses), [id]: guess });
  }

  /** Saves how far the learner is with an exercise. */
  exercise(name: string, id: string, change: (before: ExerciseProgress) => Partial<ExerciseProgress>): void {
    this.#change(name, (lesson) => {
      const before = this.exerciseOf(lesson, id);
      lesson.exercises = { ...recordOf(lesson.exercises), [id]: { ...before, ...change(before) } };
    });
  }

  /** How far the learner is with an exercise; at the beginning if it was never opened. */
  exerciseOf(lesson: LessonProgress | undefined, id: string): ExerciseProgress {
    const known: Partial<ExerciseProgress> | undefined = recordOf(lesson?.exercises)[id];
    return { tries: 0, hints: 0, opened: false, passed: false, ...known };
  }

  /** Saves code kept from play. */
  keep(name: string, before: number, sources: readonly string[]): void {
    this.#change(name, (lesson) => {
      const kept = Array.isArray(lesson.kept) ? lesson.kept : [];
      lesson.kept = [...kept, ...sources.map((source) => ({ before, source }))];
    });
  }

  /** Starts a lesson over: forgets its place, its guesses and the code kept from play, but not whether it is done or which exercises passed. */
  reset(name: string): void {
    this.#change(name, (lesson) => {
      lesson.cell = 0;
      delete lesson.guesses;
      delete lesson.kept;
    });
  }

  #change(name: string, change: (lesson: LessonProgress) => void): void {
    this.#update((file) => {
      const before = Object.hasOwn(file.lessons, name) ? file.lessons[name] : undefined;
      const lesson = { cell: 0, furthest: 0, cells: 0, done: false, ...before, updated: new Date().toISOString() };
      change(lesson);
      file.lessons[name] = lesson;
    });
  }

  #update(change: (file: ProgressFile) => void): void {
    change(this.#file);
    if (this.#newer) return;
    this.#guard(() =>
      this.#locked(() => {
        const known = this.#file;
        this.#read();
        if (this.#file !== known) change(this.#file);
        if (!this.#newer) this.#write();
      })
    );
  }

  get #path(): string {
    return `${this.#directory}/${NAME}`;
  }

  #read(): void {
    let text: string;
    try {
      text = Deno.readTextFileSync(this.#path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      throw error;
    }
    const found = parse(text);
    if (typeof found === "string") return this.#startOver(found);
    if (found.version > VERSION) {
      if (!this.#newer) {
        this.notices.push(
          `${this.#path} was written by a newer version of the course (${found.version}; this one knows ${VERSION}): ` +
            "it is left unchanged, and your place is not saved this time",
        );
      }
      this.#newer = true;
    }
    this.#file = found;
  }

  #startOver(reason: string): void {
    const backup = `${this.#path}.corrupt-${new Date().toISOString().replaceAll(":", "-")}`;
    Deno.renameSync(this.#path, backup);
    this.notices.push(
      `${this.#path} could not be read (${reason}): it was renamed to ${backup}, and your progress starts over`,
    );
  }

  #write(): void {
    // The writer holds the lock, so any other temporary file was left by a process that was killed.
    for (const { name } of Deno.readDirSync(this.#directory)) {
      if (name.startsWith(`${NAME}.`) && name.endsWith(".tmp")) Deno.removeSync(`${this.#directory}/${name}`);
    }
    writeWhole(this.#path, JSON.stringify(this.#file, null, 2) + "\n", true);
  }

  /** Runs while no other process does; the system releases the lock of a process that dies. */
  #locked(run: () => void): void {
    Deno.mkdirSync(this.#directory, { recursive: true });
    using lock = Deno.openSync(`${this.#directory}/progress.lock`, { write: true, create: true });
    try {
      lock.lockSync(true);
    } catch {
      // A file system without locks: the rename still keeps the file complete.
    }
    run();
  }

  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (this.#complained) return;
      this.#complained = true;
      const reason = reasonOf(error);
      this.notices.push(
        `your place cannot be saved in ${this.#directory} (${reason}); the lesson continues without it`,
      );
    }
  }
}

/** The parsed file, or what is wrong with it. */
function parse(text: string): ProgressFile | string {
  let found;
  try {
    found = JSON.parse(text);
  } catch (error) {
    return (error as Error).message;
  }
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject(found) || found.format !== "gradually-progress") return "it is not a progress file";
  if (typeof found.version !== "number") return "it has no version";
  if (found.version > VERSION) {
    return { ...found, lessons: isObject(found.lessons) ? found.lessons : {} } as ProgressFile;
  }
  if (!isObject(found.lessons)) return "it has no lessons";
  for (const [name, lesson] of Object.entries(found.lessons)) {
    const whole = isObject(lesson) && Number.isInteger(lesson.cell) && Number.isInteger(lesson.cells);
    if (!whole) return `the entry for ${name} is damaged`;
  }
  return found as ProgressFile;
}

/** A field as a record; in a file that anyone may have written, it may be anything. */
function recordOf<T>(value: Record<string, T> | undefined): Record<string, T> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
