/** Keeps the learner's place in `.gradually/progress.json`, so that no crash, no second window and no odd file loses it. */

import { reasonOf } from "../reason.ts";
import { writeWhole } from "./write_file.ts";

/** How far a lesson has come. Fields that this version does not know are kept. */
export interface LessonProgress {
  /** The index of the first cell that is not behind the learner. */
  cell: number;
  /** The furthest that `cell` has been. */
  furthest: number;
  /** How many cells the lesson had. */
  cells: number;
  /** Whether the end was ever reached. */
  done: boolean;
  /** When this was written, in ISO 8601. */
  updated: string;
  /** What the learner guessed, by the id of the question. */
  guesses?: Record<string, string>;
  /** The exercises that were opened, by their ids. */
  exercises?: Record<string, ExerciseProgress>;
  /** Code from play that was kept: it ran before the cell with this index. */
  kept?: { before: number; source: string }[];
  [other: string]: unknown;
}

/** How far an exercise has come. */
export interface ExerciseProgress {
  /** How often an answer was judged. */
  tries: number;
  /** How many hints were seen. */
  hints: number;
  /** Whether an answer file was made. */
  opened: boolean;
  /** Whether an answer ever passed. */
  passed: boolean;
}

interface ProgressFile {
  format: "gradually-progress";
  version: number;
  /** The lesson that was worked on last. */
  last?: string;
  lessons: Record<string, LessonProgress>;
  [other: string]: unknown;
}

const VERSION = 1;
const NAME = "progress.json";

/**
 * The progress of one learner. Nothing here throws: what goes wrong is put into {@linkcode Progress.notices}, once, and the lesson goes on.
 *
 * A change is written at once: under a lock, the file is read again, changed, written to a temporary name and renamed. So a process that is
 * killed leaves the old file or the new one, and two processes do not undo each other's changes.
 */
export class Progress {
  /** What the learner has to be told; whoever shows it empties it. */
  readonly notices: string[] = [];
  readonly #directory: string;
  #file: ProgressFile = { format: "gradually-progress", version: VERSION, lessons: {} };
  #newer = false; //     the file is of a later version: it is not ours to write
  #complained = false;

  /** @param directory The folder, made at the first change: `.gradually`. */
  constructor(directory: string) {
    this.#directory = directory;
    this.#guard(() => this.#read());
  }

  /** The lesson that was worked on last. */
  get last(): string | undefined {
    return this.#file.last;
  }

  /** How far a lesson has come, if it was begun. */
  lesson(name: string): LessonProgress | undefined {
    return Object.hasOwn(this.#file.lessons, name) ? this.#file.lessons[name] : undefined;
  }

  /** Notes the place in a lesson, which becomes the last one worked on. */
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

  /** Notes a guess. */
  guess(name: string, id: string, guess: string): void {
    this.#change(name, (lesson) => lesson.guesses = { ...recordOf(lesson.guesses), [id]: guess });
  }

  /** Notes how far an exercise has come. */
  exercise(name: string, id: string, change: (before: ExerciseProgress) => Partial<ExerciseProgress>): void {
    this.#change(name, (lesson) => {
      const before = this.exerciseOf(lesson, id);
      lesson.exercises = { ...recordOf(lesson.exercises), [id]: { ...before, ...change(before) } };
    });
  }

  /** How far an exercise has come; all at its beginning if it was never opened. */
  exerciseOf(lesson: LessonProgress | undefined, id: string): ExerciseProgress {
    const known: Partial<ExerciseProgress> | undefined = recordOf(lesson?.exercises)[id];
    return { tries: 0, hints: 0, opened: false, passed: false, ...known };
  }

  /** Notes code from play that was kept. */
  keep(name: string, before: number, sources: readonly string[]): void {
    this.#change(name, (lesson) => {
      const kept = Array.isArray(lesson.kept) ? lesson.kept : [];
      lesson.kept = [...kept, ...sources.map((source) => ({ before, source }))];
    });
  }

  /** Starts a lesson anew: its place, its guesses, what was kept; not whether it was ever done, nor what exercises it passed. */
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
    if (typeof found === "string") return this.#setAside(found);
    if (found.version > VERSION) {
      if (!this.#newer) {
        this.notices.push(
          `${this.#path} was written by a newer version of the course (${found.version}; this one knows ${VERSION}): ` +
            "it is left as it is, and your place is not kept this time",
        );
      }
      this.#newer = true;
    }
    this.#file = found;
  }

  #setAside(reason: string): void {
    const aside = `${this.#path}.corrupt-${new Date().toISOString().replaceAll(":", "-")}`;
    Deno.renameSync(this.#path, aside);
    this.notices.push(
      `${this.#path} could not be read (${reason}): it is kept as ${aside}, and the progress starts anew`,
    );
  }

  #write(): void {
    // Whoever writes holds the lock, so any other temporary file was left by a process that was killed.
    for (const { name } of Deno.readDirSync(this.#directory)) {
      if (name.startsWith(`${NAME}.`) && name.endsWith(".tmp")) Deno.removeSync(`${this.#directory}/${name}`);
    }
    writeWhole(this.#path, JSON.stringify(this.#file, null, 2) + "\n", true);
  }

  /** Runs alone among all processes; the system takes the lock back from one that dies. */
  #locked(run: () => void): void {
    Deno.mkdirSync(this.#directory, { recursive: true });
    using lock = Deno.openSync(`${this.#directory}/progress.lock`, { write: true, create: true });
    try {
      lock.lockSync(true);
    } catch {
      // A file system without locks: the rename alone still keeps the file whole.
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
      this.notices.push(`your place cannot be kept in ${this.#directory} (${reason}); the lesson goes on without it`);
    }
  }
}

/** The file, or what is wrong with it. */
function parse(text: string): ProgressFile | string {
  let found;
  try {
    found = JSON.parse(text);
  } catch (error) {
    return (error as Error).message;
  }
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject(found) || found.format !== "gradually-progress") return "it is no progress file";
  if (typeof found.version !== "number") return "it has no version";
  if (found.version > VERSION) {
    return { ...found, lessons: isObject(found.lessons) ? found.lessons : {} } as ProgressFile;
  }
  if (!isObject(found.lessons)) return "it has no lessons";
  for (const [name, lesson] of Object.entries(found.lessons)) {
    const whole = isObject(lesson) && Number.isInteger(lesson.cell) && Number.isInteger(lesson.cells);
    if (!whole) return `the entry of ${name} makes no sense`;
  }
  return found as ProgressFile;
}

/** A field that may hold anything, in a file that anyone may have written. */
function recordOf<T>(value: Record<string, T> | undefined): Record<string, T> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
