/** Prints to a pipe, where earlier output cannot be redrawn. */

import type { PlainOutput } from "./plain_front.ts";

/** Output for a pipe: only the last state of a changing display is printed, when something else follows or the cell ends. */
export class PipeOutput implements PlainOutput {
  #waiting?: { text: string; id: string };
  #midLine = false;
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  print(text: string): void {
    this.#release();
    this.#put(text);
  }

  show(text: string, id?: string): void {
    if (this.#waiting?.id !== id) this.#release();
    if (id === undefined) {
      this.#endLine();
      this.#put(text);
    } else this.#waiting = { text, id };
  }

  settle(): void {
    this.#release();
    this.#endLine();
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (!waiting) return;
    this.#endLine();
    this.#put(waiting.text);
  }

  #endLine(): void {
    if (this.#midLine) this.#put("\n");
  }

  #put(text: string): void {
    if (text === "") return;
    this.#midLine = !text.endsWith("\n");
    this.#write(text);
  }
}
