/** Collects changes of a text and makes them all at once, so that every place of the new text can be told in the old one. */

import { OffsetMap } from "./offset_map.ts";

/** In which order changes stand that begin at the same place. */
enum Rank {
  After, // closes what ends here
  Stop, // ends the statement that ends here
  Before, // opens what begins here
  Instead,
}

interface Edit {
  start: number;
  end: number;
  text: string;
  rank: Rank;
}

/**
 * Changes of one text. They may be registered in any order, but what is around must come before what is inside, and no two may replace the same
 * characters.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const edits = new Edits("const a: number = 1");
 * edits.blank(0, 5, ";");
 * edits.blank(7, 15);
 * edits.before(18, "f(");
 * edits.after(19, ")");
 * const { text, map } = edits.apply();
 * assertEquals(text, ";     a         = f(1)");
 * assertEquals(map.original(text.indexOf("1")), 18);
 * ```
 */
export class Edits {
  readonly source: string;
  readonly #edits: Edit[] = [];

  constructor(source: string) {
    this.source = source;
  }

  /** Puts spaces over a stretch, and `first` over its first character; the ends of lines stay. */
  blank(start: number, end: number, first = " "): void {
    if (start < end) this.replace(start, end, first + blankOf(this.source.slice(start, end)).slice(first.length));
  }

  /** Replaces a stretch by other text. */
  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text, rank: Rank.Instead });
  }

  /** Puts text in front of what begins at an offset. */
  before(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text, rank: Rank.Before });
  }

  /** Puts text behind what ends at an offset. */
  after(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text, rank: Rank.After });
  }

  /** Puts text behind the statement that ends at an offset, and so behind all that {@linkcode after} puts there. */
  stop(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text, rank: Rank.Stop });
  }

  /** The new text. */
  apply(): { text: string; map: OffsetMap } {
    const map = new OffsetMap();
    const order = new Map(this.#edits.map((edit, i) => [edit, edit.rank === Rank.After ? -i : i]));
    const sorted = this.#edits.toSorted((a, b) =>
      a.start - b.start || a.rank - b.rank || order.get(a)! - order.get(b)!
    );
    let text = "";
    let at = 0;
    for (const edit of sorted) {
      if (edit.start < at) throw new Error(`two changes at offset ${edit.start} of:\n${this.source}`);
      if (edit.start > at) map.add(text.length, at, true);
      text += this.source.slice(at, edit.start);
      map.add(text.length, edit.start, edit.text.length === edit.end - edit.start);
      text += edit.text;
      at = edit.end;
    }
    map.add(text.length, at, true);
    return { text: text + this.source.slice(at), map };
  }
}

/** Spaces instead of a text, as long as it; the ends of its lines stay. */
export function blankOf(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, " ");
}
