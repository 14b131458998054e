/** Prints to a pipe, where earlier output cannot be redrawn. */

import { clean } from "../text/clean.ts";
import type { PlainOutput } from "./plain_front.ts";

/** A pipe gets no colors. */
const PIPE = { color: false, tabs: true, returns: true };

/**
 * Output for a pipe: only the last state of a changing display is printed, when something else follows or the cell ends. All text is
 * cleaned here, whoever it comes from: what reads the pipe may well show it on a terminal.
 */
export class PipeOutput implements PlainOutput {
  #waiting?: { text: string; id: string };
  #midLine = false;
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  print(text: string): void {
    this.#release();
    this.#put(clean(text, { ...PIPE, returns: false }));
  }

  output(text: string): void {
    this.#release();
    this.#put(clean(text, PIPE));
  }

  show(text: string, id?: string): void {
    const safe = clean(text, PIPE);
    if (this.#waiting?.id !== id) this.#release();
    if (id === undefined) {
      this.#endLine();
      this.#put(safe);
    } else this.#waiting = { text: safe, id };
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
