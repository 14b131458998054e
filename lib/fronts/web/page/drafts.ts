/** Keeps what a learner is writing and has not had checked: a reload must not lose it. */

/** The drafts of one lesson, by the id of the exercise. */
export class Drafts {
  readonly #prefix: string;
  readonly #all = new Map<string, string>();

  /** @param lesson The name of the lesson. */
  constructor(lesson: string) {
    this.#prefix = `gradually-draft:${lesson}:`;
  }

  /** The draft of an answer; undefined if there is none. */
  of(id: string): string | undefined {
    if (this.#all.has(id)) return this.#all.get(id);
    try {
      return sessionStorage.getItem(this.#prefix + id) ?? undefined;
    } catch {
      return undefined; // this browser keeps nothing
    }
  }

  /** Keeps a draft, or forgets it. */
  keep(id: string, code: string | undefined): void {
    if (code === undefined) this.#all.delete(id);
    else this.#all.set(id, code);
    try {
      if (code === undefined) sessionStorage.removeItem(this.#prefix + id);
      else sessionStorage.setItem(this.#prefix + id, code);
    } catch {
      // It lives as long as the page.
    }
  }
}
