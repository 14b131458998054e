/** Checks the types of answers in the background, one at a time: a new check cancels the one before. */

import type { Cell } from "../../cells/document/document.ts";
import type { CellError } from "../../cells/engine/protocol.ts";
import { absolutePath } from "../absolute_path.ts";
import type { Answers } from "./answers.ts";
import { typeCheck } from "./type_check.ts";

/** The type checks of one lesson. */
export class TypeChecker {
  readonly #url: string;
  readonly #readable: readonly string[];
  readonly #directory: string;
  #checking?: AbortController;

  /**
   * @param url The URL of the lesson file.
   * @param readable The folders that the lesson can read.
   * @param directory A folder for the temporary files of the checks.
   */
  constructor(url: string, readable: readonly string[], directory: string) {
    this.#url = url;
    this.#readable = readable;
    this.#directory = directory;
  }

  /** The type errors in the answer to an exercise: none if there is no answer, or if another check has begun since. */
  async check(id: string, cells: readonly Cell[], answers: Answers): Promise<CellError[]> {
    this.close();
    const cell = cells.find((other) => other.id === id && other.tags.includes("exercise"));
    const answer = answers.read(id);
    if (!cell || answer === undefined) return [];
    const { signal } = this.#checking = new AbortController();
    const path = absolutePath(answers.path(id));
    const [url, readable, directory] = [this.#url, this.#readable, this.#directory];
    const errors = await typeCheck({ url, cells, cell, answer, path, readable, directory, signal });
    return signal.aborted ? [] : errors;
  }

  /** Ends the running check. */
  close(): void {
    this.#checking?.abort();
  }
}
