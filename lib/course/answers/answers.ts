/** The learner's answers: one file an exercise, theirs to edit with whatever they like. */

import { watchFiles } from "./watch_files.ts";

/** The answers to the exercises of one lesson, in `.gradually/answers/<lesson>/<id>.ts`. */
export class Answers {
  readonly #directory: string;
  readonly #known = new Map<string, string | undefined>(); // as they were last looked at

  /** @param directory `.gradually/answers/<lesson>`; made when the first answer is opened. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Where the answer to an exercise lies, or will lie. */
  path(id: string): string {
    return `${this.#directory}/${id.replace(/[^\w-]/g, "_")}.ts`;
  }

  /** What the learner has written; undefined if there is no such file, nothing in it, or it cannot be read. */
  read(id: string): string | undefined {
    try {
      return Deno.readTextFileSync(this.path(id)).trimEnd() || undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Whether an answer is another one than when this was last asked.
   *
   * @param text Takes this for what the file holds, whatever is in it by now.
   */
  hasChanged(id: string, text: string | undefined = this.read(id)): boolean {
    const answer = text?.trimEnd() || undefined;
    const news = answer !== this.#known.get(id);
    this.#known.set(id, answer);
    return news;
  }

  /**
   * Makes the file, unless there is one with something in it.
   *
   * @param text What it begins with.
   * @throws What the file system throws.
   */
  create(id: string, text: string): void {
    Deno.mkdirSync(this.#directory, { recursive: true });
    if (this.read(id) !== undefined) return;
    Deno.writeTextFileSync(this.path(id), text);
  }

  /**
   * Puts an answer aside, so that the exercise is open again.
   *
   * @returns Where it lies now; undefined if there was none.
   */
  setAside(id: string): string | undefined {
    const aside = this.path(id).replace(/\.ts$/, ".old.ts");
    try {
      Deno.renameSync(this.path(id), aside);
      return aside;
    } catch {
      return undefined;
    }
  }

  /** Calls `changed` with the exercise of each file that is saved, made or removed, until the signal aborts. */
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
