/** A canvas of braille characters with 2 × 4 dots each, so that a curve in text is smooth. */

// The bit of each dot of a character, by row and column, as Unicode numbers them.
const BITS = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/** Dots and markers on a grid of characters. */
export class Braille {
  /** Dots from left to right: two for each column. */
  readonly width: number;
  /** Dots from top to bottom: four for each row. */
  readonly height: number;
  readonly #columns: number;
  readonly #dots: Uint8Array;
  readonly #owner: Int16Array;
  readonly #signs: Map<number, string> = new Map();

  /** An empty canvas of this many characters. */
  constructor(columns: number, rows: number) {
    this.#columns = columns;
    this.width = columns * 2;
    this.height = rows * 4;
    this.#dots = new Uint8Array(columns * rows);
    this.#owner = new Int16Array(columns * rows).fill(-1);
  }

  /** Sets a dot; dots outside are ignored. From now on the character belongs to series `owner`. */
  dot(x: number, y: number, owner: number): void {
    [x, y] = [Math.round(x), Math.round(y)];
    if (!(x >= 0 && y >= 0 && x < this.width && y < this.height)) return;
    const at = (y >> 2) * this.#columns + (x >> 1);
    this.#dots[at] |= BITS[y & 3][x & 1];
    this.#owner[at] = owner;
  }

  /** Draws a marker over the character that contains this dot. */
  sign(x: number, y: number, sign: string, owner: number): void {
    [x, y] = [Math.round(x), Math.round(y)];
    if (!(x >= 0 && y >= 0 && x < this.width && y < this.height)) return;
    const at = (y >> 2) * this.#columns + (x >> 1);
    this.#signs.set(at, sign);
    this.#owner[at] = owner;
  }

  /**
   * A straight line. `pattern` lists which dots are set (1) and left out (0), again and again; `start` is the position
   * in it at which the line begins. Returns the position for the next piece of the same curve.
   */
  line(x0: number, y0: number, x1: number, y1: number, owner: number, pattern: readonly number[], start = 0): number {
    // A steep line far outside the canvas must not be walked dot by dot.
    const limit = 8 * (this.width + this.height);
    const steps = Math.min(limit, Math.max(1, Math.round(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)))));
    for (let i = 0; i <= steps; i++) {
      if (pattern[(start + i) % pattern.length] === 0) continue;
      this.dot(x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps, owner);
    }
    return start + steps;
  }

  /** The lines; `paint` gets each run of characters with the series that it belongs to. */
  lines(paint: (text: string, owner: number) => string): string[] {
    const lines: string[] = [];
    for (let at = 0; at < this.#dots.length; at += this.#columns) {
      let line = "", run = "", before = -1;
      for (let i = at; i < at + this.#columns; i++) {
        if (this.#owner[i] !== before) {
          line += before < 0 ? run : paint(run, before);
          [run, before] = ["", this.#owner[i]];
        }
        run += this.#signs.get(i) ?? (this.#dots[i] === 0 ? " " : String.fromCharCode(0x2800 + this.#dots[i]));
      }
      lines.push(line + (before < 0 ? run : paint(run, before)));
    }
    return lines;
  }
}
