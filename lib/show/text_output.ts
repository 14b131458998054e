/** Prints text to a terminal, where a display is drawn over itself, or to a pipe, which gets only its last state. */
import { currentScreen } from "./screen.ts";
import { visibleWidth } from "./text.ts";

/** Which display a text belongs to, and whether that display was there before. */
export interface DisplayTarget {
  displayId?: string;
  update?: boolean;
}

/** Standard output, as pictures need it. */
export class TextOutput {
  // The display that stands at the end of the screen, and the rows it takes there: only that one can be drawn over.
  #last?: { id: string; rows: number };
  // What a pipe has not been given yet, because a later state may replace it.
  readonly #held = new Map<string, string>();
  #listening = false;
  readonly #write: (text: string) => void;

  /** Prints to standard output, or where a test says. */
  constructor(write: (text: string) => void = writeOut) {
    this.#write = write;
  }

  /** Prints a text. */
  print(text: string, target: DisplayTarget, terminal: boolean): void {
    if (terminal) this.#draw(text, target);
    else if (target.displayId === undefined) this.#flush(), this.#write(text + "\n");
    else this.#hold(target.displayId, text);
  }

  /** Says that a display will not change any more. */
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
      // What has scrolled off the top cannot be reached: the rows that are seen are drawn again, from the bottom up.
      const up = Math.min(this.#last.rows, screen.rows - 1);
      while (lines.length > up && rowsOf(lines, screen.columns) > screen.rows - 1) lines.shift();
      start = `\x1b[${up}A\r`;
    }
    // Each line is wiped behind its end, not before its beginning, so that nothing flickers.
    const wipe = start === "" ? "" : "\x1b[K";
    this.#write(start + lines.map((line) => line + wipe + "\n").join("") + (start === "" ? "" : "\x1b[J"));
    this.#last = displayId === undefined ? undefined : { id: displayId, rows: rowsOf(lines, screen.columns) };
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

function rowsOf(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(visibleWidth(line) / columns)), 0);
}

function writeOut(text: string): void {
  let bytes = new TextEncoder().encode(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
  } catch (error) {
    // Whoever read this has left, as `head` does; the lesson goes on.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
