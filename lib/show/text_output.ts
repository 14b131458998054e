/** Prints text to a terminal, where a display is redrawn in place, or to a pipe, which gets only its last state. */
import { currentScreen } from "./screen.ts";
import { rowsOf } from "../text/rows_of.ts";
import { writeAll } from "../text/write_all.ts";

/** The display that a text belongs to, and whether that display exists already. */
export interface DisplayTarget {
  displayId?: string;
  update?: boolean;
}

/** Standard output for pictures. */
export class TextOutput {
  // The display at the end of the screen, and its number of rows: only this one can be redrawn.
  #last?: { id: string; rows: number };
  // What a pipe has not got yet, because a later state may replace it.
  readonly #held = new Map<string, string>();
  #listening = false;
  readonly #write: (text: string) => void;

  /** Prints to standard output; a test passes its own `write`. */
  constructor(write: (text: string) => void = writeOut) {
    this.#write = write;
  }

  /** Prints a text. */
  print(text: string, target: DisplayTarget, terminal: boolean): void {
    if (terminal) this.#draw(text, target);
    else if (target.displayId === undefined) this.#flush(), this.#write(text + "\n");
    else this.#hold(target.displayId, text);
  }

  /** A display will not change anymore. */
  settle(id: string): void {
    if (this.#last?.id === id) this.#last = undefined;
    const text = this.#held.get(id);
    if (text === undefined) return;
    this.#held.delete(id);
    this.#write(text + "\n");
  }

  #draw(text: string, { displayId, update }: DisplayTarget): void {
    const screen = currentScreen();
    const lines = text.split("\n");
    let start = "";
    if (update && displayId !== undefined && this.#last?.id === displayId) {
      // The cursor cannot reach what has scrolled off the top: only as many rows as are visible are redrawn.
      const up = Math.min(this.#last.rows, screen.rows - 1);
      while (lines.length > up && heightOf(lines, screen.columns) > screen.rows - 1) lines.shift();
      start = `\x1b[${up}A\r`;
    }
    // Each line is cleared after its end, not before its beginning, so that nothing flickers.
    const wipe = start === "" ? "" : "\x1b[K";
    this.#write(start + lines.map((line) => line + wipe + "\n").join("") + (start === "" ? "" : "\x1b[J"));
    this.#last = displayId === undefined ? undefined : { id: displayId, rows: heightOf(lines, screen.columns) };
  }

  #hold(id: string, text: string): void {
    this.#held.set(id, text);
    if (this.#listening) return;
    this.#listening = true;
    globalThis.addEventListener("unload", () => this.#flush());
  }

  #flush(): void {
    for (const id of [...this.#held.keys()]) this.settle(id);
  }
}

function heightOf(lines: readonly string[], columns: number): number {
  return rowsOf(lines.join("\n") + "\n", columns);
}

function writeOut(text: string): void {
  try {
    writeAll(Deno.stdout, text);
  } catch (error) {
    // The reader has gone, as `head` does; the lesson goes on.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
