/** Has the server check the types of answers, as the terminal does. */

import type { CellError } from "../../../cells/engine/protocol.ts";
import type { TypeChecker } from "../../../course/answers/type_checker.ts";

/** The type checks of one lesson: a new one makes the one before worthless. */
export class ServerTypes implements Pick<TypeChecker, "check" | "close"> {
  readonly #site: URL;
  readonly #lesson: string;
  #checking?: AbortController;

  constructor(site: URL, lesson: string) {
    this.#site = site;
    this.#lesson = lesson;
  }

  async check(exercise: string): Promise<CellError[]> {
    this.close();
    const { signal } = this.#checking = new AbortController();
    const body = JSON.stringify({ lesson: this.#lesson, exercise });
    try {
      const response = await fetch(new URL("types", this.#site), { method: "POST", body, signal });
      return response.ok ? await response.json() : [];
    } catch {
      return []; // type errors help, but they are not required
    }
  }

  close(): void {
    this.#checking?.abort();
  }
}
