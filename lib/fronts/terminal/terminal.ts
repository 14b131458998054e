/** The terminal itself: its size, raw mode, and leaving it as it was found. */

import { terminalSize } from "../text/terminal_size.ts";
import { write } from "../text/write.ts";
import type { TextOutput } from "./live_region.ts";

/** The terminal while the learner steps through: keys come one by one, and resizes are noticed. */
export class Terminal implements TextOutput {
  columns: number;
  rows: number;
  #held?: string[]; // what is written while another program has the terminal
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
    // Windows has no such signal; there the size is looked at with every key.
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGWINCH", this.#notice);
  }

  /** Looks at the size where no signal tells of it. */
  look(): void {
    if (Deno.build.os === "windows") this.#notice();
  }

  close(): void {
    try {
      Deno.stdin.setRaw(false);
    } catch {
      // The terminal has gone.
    }
    if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGWINCH", this.#notice);
  }

  write(text: string): void {
    if (this.#held) this.#held.push(text);
    else write(text);
  }

  /** Gives the terminal to another program, and back. */
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
