/** Follows the colors of text, so that they can be turned off at the end of a line and on again in the next one. */

/** Turns all colors and styles off. */
export const RESET = "\x1b[0m";

/** What each code turns on. The codes that are missing here can hide text or change the character set. */
const ON: Record<number, string> = {
  ...{ 1: "bold", 2: "dim", 3: "italic", 4: "underline", 5: "blink", 6: "blink", 7: "inverse", 9: "strike" },
  ...{ 21: "underline", 53: "overline", 38: "text", 48: "background", 58: "underline color" },
};
for (let color = 0; color < 8; color++) {
  ON[30 + color] = ON[90 + color] = "text";
  ON[40 + color] = ON[100 + color] = "background";
}

/** What each code turns off. */
const OFF: Record<number, readonly string[]> = {
  ...{ 22: ["bold", "dim"], 23: ["italic"], 24: ["underline"], 25: ["blink"], 27: ["inverse"], 29: ["strike"] },
  ...{ 39: ["text"], 49: ["background"], 55: ["overline"], 59: ["underline color"] },
};

/** What turns each of them off alone. */
const ENDS: Record<string, number> = {
  ...{ bold: 22, dim: 22, italic: 23, underline: 24, blink: 25, inverse: 27, strike: 29 },
  ...{ text: 39, background: 49, overline: 55, "underline color": 59 },
};

/** How many numbers follow 38, 48 and 58, by the first of them. */
const NUMBERS: Record<string, number> = { "5": 2, "2": 4 };

/** The colors and styles that are turned on. */
export class Pen {
  readonly #on = new Map<string, string>();

  /** Whether nothing is turned on. */
  get plain(): boolean {
    return this.#on.size === 0;
  }

  /**
   * Applies a color sequence.
   *
   * @param parameters What stands between `ESC [` and `m`.
   * @returns The sequence, without the codes that are not colors or styles; "" if there is nothing else in it.
   */
  apply(parameters: string): string {
    const parts = parameters.split(";");
    const known: string[] = [];
    for (let i = 0; i < parts.length; i++) {
      const [first, ...colons] = parts[i].split(":");
      const code = Number(first);
      let value = parts[i];
      if (colons.length > 0) {
        if (code !== 4 && code !== 38 && code !== 48 && code !== 58) continue;
      } else if (code === 38 || code === 48 || code === 58) {
        const count = NUMBERS[parts[i + 1]];
        if (count === undefined || i + count >= parts.length) break; // terminals do not agree on how to read the rest
        value = parts.slice(i, i + count + 1).join(";");
        i += count;
      }
      if (code === 0) this.#on.clear();
      else if (value === "4:0") this.#on.delete("underline");
      else if (ON[code]) this.#on.set(ON[code], value);
      else if (OFF[code]) { for (const what of OFF[code]) this.#on.delete(what); }
      else continue;
      known.push(value);
    }
    return known.length === 0 ? "" : `\x1b[${known.join(";")}m`;
  }

  /** Turns everything off. */
  clear(): void {
    this.#on.clear();
  }

  /** The sequence that turns off what is on, and nothing that somebody else has turned on. */
  get end(): string {
    const ends = new Set([...this.#on.keys()].reverse().map((what) => ENDS[what]));
    return this.plain ? "" : `\x1b[${[...ends].join(";")}m`;
  }

  /** The sequence that turns everything on again. */
  toString(): string {
    return this.plain ? "" : `\x1b[${[...this.#on.values()].join(";")}m`;
  }
}
