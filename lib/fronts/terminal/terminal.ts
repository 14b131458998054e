/** The terminal itself: its size, raw mode, and leaving it as it was found. */

import type { Screen } from "./area.ts";

const encoder = new TextEncoder();

/** The size of the terminal; one that does not know its size says 0 × 0, and gets 80 × 24. */
export function terminalSize(): { columns: number; rows: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
  } catch {
    return { columns: 80, rows: 24 };
  }
}

/** Writes all of a text to stdout. A reader that has gone away, as in `… | head`, ends the program quietly. */
export function write(text: string): void {
  const bytes = encoder.encode(text);
  try {
    for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(0);
    throw error;
  }
}

/** The terminal while the learner steps through: keys come one by one, and resizes are noticed. */
export class Terminal implements Screen {
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
