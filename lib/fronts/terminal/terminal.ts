/** Controls the terminal: its size, raw mode, and restoring it at the end. */

import { terminalSize } from "../../text/terminal_size.ts";
import { write } from "../text/write.ts";
import type { TextOutput } from "./live_region.ts";

/** The terminal during a lesson: keys arrive one by one, and resizes are noticed. */
export class Terminal implements TextOutput {
  columns: number;
  rows: number;
  #held?: string[]; // text written while another program uses the terminal
  readonly #onResize: (before: number) => void;
  readonly #notice = (): void => {
    if (this.#held) return;
    const before = this.columns;
    const { columns, rows } = terminalSize();
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.#onResize(before);
  };

  constructor(onResize: (before: number) => void) {
    ({ columns: this.columns, rows: this.rows } = terminalSize());
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
    else write(text);
  }

  /** Hands the terminal to another program, until `resume`. */
  suspend(): void {
    this.#held = [];
    Deno.stdin.setRaw(false);
  }

  resume(): void {
    Deno.stdin.setRaw(true);
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#notice();
    write(held.join(""));
  }
}
