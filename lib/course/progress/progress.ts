/** Keeps the learner's place in `.gradually/progress.json`, safe from crashes, second windows and damaged files. */

import { format as formatBytes } from "@std/fmt/bytes";
import { reasonOf } from "../reason.ts";
import {
  type ExerciseProgress,
  type FoundProgress,
  type LessonProgress,
  MAX_BYTES,
  NO_TRIES,
  NOT_BEGUN,
  type ProgressFile,
  readProgress,
  VERSION,
} from "./progress_file.ts";
import { readWhole } from "./read_file.ts";
import { copyAside, setAside } from "./set_aside.ts";
import { writeWhole } from "./write_file.ts";

export type { ExerciseProgress, LessonProgress };

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
  #isNew = true; //      nothing was read or changed yet
  #complained = false;

  /** @param directory The folder, created at the first change: `.gradually`. */
  constructor(directory: string) {
    this.#directory = directory;
    this.#guard(() => this.#read());
    this.#isNew = false;
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
    this.#change(name, (lesson) => lesson.guesses = { ...lesson.guesses, [id]: guess });
  }

  /** Saves how far the learner is with an exercise. */
  exercise(name: string, id: string, change: (before: ExerciseProgress) => Partial<ExerciseProgress>): void {
    this.#change(name, (lesson) => {
      const before = this.exerciseOf(lesson, id);
      lesson.exercises = { ...lesson.exercises, [id]: { ...before, ...change(before) } };
    });
  }

  /** How far the learner is with an exercise; at the beginning if it was never opened. */
  exerciseOf(lesson: LessonProgress | undefined, id: string): ExerciseProgress {
    const known = lesson?.exercises ?? {};
    return { ...NO_TRIES, ...Object.hasOwn(known, id) ? known[id] : {} };
  }

  /** Saves code kept from play. */
  keep(name: string, before: number, sources: readonly string[]): void {
    this.#change(name, (lesson) => {
      lesson.kept = [...lesson.kept ?? [], ...sources.map((source) => ({ before, source }))];
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
      const lesson = { ...NOT_BEGUN, ...before, updated: new Date().toISOString() };
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
        this.#read(true);
        if (this.#file !== known) change(this.#file);
        if (!this.#newer) this.#write();
      })
    );
  }

  get #path(): string {
    return `${this.#directory}/${NAME}`;
  }

  /** Reads the file. A damaged one is replaced by what is valid in it, under the lock, so that no other process writes meanwhile. */
  #read(locked = false): void {
    const found = this.#look();
    if (!found) return;
    const { file, fault } = found;
    const newer = file !== undefined && file.version > VERSION;
    if (fault !== undefined && !newer) {
      if (file && this.#isNew) this.#file = file; // even if the rest fails
      if (locked) this.#replace(fault, file);
      else this.#locked(() => this.#read(true));
      return;
    }
    if (newer && !this.#newer) {
      this.notices.push(
        `${this.#path} was written by a newer version of the course (${file.version}; this one knows ${VERSION}): ` +
          "it is left unchanged, and your place is not saved this time",
      );
    }
    this.#newer ||= newer;
    this.#file = file!;
  }

  /** What is in the file; undefined if there is none. */
  #look(): FoundProgress | undefined {
    const found = readWhole(this.#path, MAX_BYTES);
    if (!found) return undefined;
    return found.text === undefined
      ? { fault: `it is too long, with ${formatBytes(found.size)}` }
      : readProgress(found.text);
  }

  #replace(fault: string, file: ProgressFile | undefined): void {
    if (!file) {
      const backup = setAside(this.#path);
      this.notices.push(
        `${this.#path} could not be read (${fault}): it was renamed to ${backup}, and your progress starts over`,
      );
      return;
    }
    const backup = copyAside(this.#path);
    this.#file = file;
    try {
      this.#write();
    } catch (error) {
      Deno.removeSync(backup); // the file itself is still as it was; a next try copies it again
      throw error;
    }
    this.notices.push(
      `${this.#path} could not be read completely (${fault}): the rest is used, and the file as it was is kept in ${backup}`,
    );
  }

  #write(): void {
    // The writer holds the lock, so any other temporary file was left by a process that was killed.
    for (const { name } of Deno.readDirSync(this.#directory)) {
      if (name.startsWith(`${NAME}.`) && name.endsWith(".tmp")) Deno.removeSync(`${this.#directory}/${name}`);
    }
    const bytes = new TextEncoder().encode(JSON.stringify(this.#file, null, 2) + "\n");
    if (bytes.length > MAX_BYTES) {
      throw new RangeError(
        `it takes ${formatBytes(MAX_BYTES)} and got ${
          formatBytes(bytes.length, { maximumFractionDigits: 6 })
        }: start a lesson over to drop kept code`,
      );
    }
    writeWhole(this.#path, bytes, true);
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
