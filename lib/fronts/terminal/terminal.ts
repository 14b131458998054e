/** Controls the terminal: its size, raw mode, and restoring it at the end. */

import { terminalSize } from "../../text/terminal_size.ts";
import { writeControls } from "../text/write.ts";
import type { TextOutput } from "./live_region.ts";

/** What is behind the terminal: another one for tests. */
export interface Screen {
  size(): { columns: number; rows: number };
  write(text: string): void;
}

/** The terminal during a lesson: keys arrive one by one, and resizes are noticed. */
export class Terminal implements TextOutput {
  columns: number;
  rows: number;
  #held?: string[]; // text written while other programs use the terminal
  #others = 0; //      how many of them: the editor, and the shell while everything is stopped
  readonly #onResize: (before: number) => void;
  readonly #screen: Screen;
  readonly #notice = (): void => {
    if (this.#held) return;
    const before = this.columns;
    const { columns, rows } = this.#screen.size();
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.#onResize(before);
  };

  constructor(
    onResize: (before: number) => void,
    screen: Screen = { size: terminalSize, write: writeControls },
  ) {
    this.#screen = screen;
    ({ columns: this.columns, rows: this.rows } = screen.size());
    this.#onResize = onResize;
  }

  open(): void {
    Deno.stdin.setRaw(true);
    // Windows has no such signal; there the size is checked at every key.
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGWINCH", this.#notice);
  }

  /** Checks the size on systems that send no signal when it changes. */
  look(): void {
    if (Deno.build.os === "windows") this.#notice();
  }

  close(): void {
    try {
      Deno.stdin.setRaw(false);
    } catch {
      // The terminal is gone.
    }
    if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGWINCH", this.#notice);
  }

  write(text: string): void {
    if (this.#held) this.#held.push(text);
    else this.#screen.write(text);
  }

  /** Whether another program uses the terminal. */
  get suspended(): boolean {
    return this.#others > 0;
  }

  /** Hands the terminal to another program, until `resume`; that one may hand it on in turn. */
  suspend(): void {
    if (this.#others++ > 0) return;
    this.#held = [];
    Deno.stdin.setRaw(false);
  }

  resume(): void {
    if (--this.#others > 0) return;
    Deno.stdin.setRaw(true);
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#notice();
    this.#screen.write(held.join(""));
  }
}
