/** Stores the learner's answers: one file for each exercise, which they can edit in any editor. */

import { watchFiles } from "./watch_files.ts";

/** The answers to the exercises of one lesson, in `.gradually/answers/<lesson>/<id>.ts`. */
export class Answers {
  readonly #directory: string;
  readonly #known = new Map<string, string | undefined>(); // the answers as they were last read

  /** @param directory `.gradually/answers/<lesson>`; created when the first answer is opened. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The path of the answer to an exercise, whether or not the file exists. */
  path(id: string): string {
    return `${this.#directory}/${id.replace(/[^\w-]/g, "_")}.ts`;
  }

  /** What the learner has written; undefined if the file does not exist, is empty, or cannot be read. */
  read(id: string): string | undefined {
    try {
      return Deno.readTextFileSync(this.path(id)).trimEnd() || undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Whether an answer has changed since the last call.
   *
   * @param text Takes this as the content of the file, whatever is in it now.
   */
  hasChanged(id: string, text: string | undefined = this.read(id)): boolean {
    const answer = text?.trimEnd() || undefined;
    const changed = answer !== this.#known.get(id);
    this.#known.set(id, answer);
    return changed;
  }

  /**
   * Creates the file, unless there is one that is not empty.
   *
   * @param text The first text of the file.
   * @throws {Error} Whatever the file system throws.
   */
  create(id: string, text: string): void {
    Deno.mkdirSync(this.#directory, { recursive: true });
    if (this.read(id) !== undefined) return;
    Deno.writeTextFileSync(this.path(id), text);
  }

  /**
   * Moves an answer to a backup file, so that the exercise is open again.
   *
   * @returns The path of the backup; undefined if there was no answer.
   */
  reset(id: string): string | undefined {
    const backup = this.path(id).replace(/\.ts$/, ".old.ts");
    try {
      Deno.renameSync(this.path(id), backup);
      return backup;
    } catch {
      return undefined;
    }
  }

  /** Calls `changed` with the exercise of each file that is saved, created or removed, until the signal aborts. */
  watch(changed: (id: string) => void, signal: AbortSignal): void {
    const id = (path: string): string => path.replace(/^.*[\\/]/, "").replace(/\.ts$/, "");
    watchFiles(() => this.#files(), (path) => changed(id(path)), signal);
  }

  #files(): string[] {
    try {
      const names = Array.from(Deno.readDirSync(this.#directory), ({ name }) => name);
      return names.filter((name) => /^[\w-]+\.ts$/.test(name)).map((name) => `${this.#directory}/${name}`);
    } catch {
      return []; // no answer was ever opened
    }
  }
}
