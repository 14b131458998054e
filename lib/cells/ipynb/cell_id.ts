/** Names the cells of a notebook so that the same lesson always produces the same names. */

import { checksum } from "../document/checksum.ts";
import type { Cell } from "../document/document.ts";

/** Gives each cell of a lesson its name. */
export class CellIds {
  readonly #lesson: string;
  readonly #taken = new Set<string>();

  /** @param lesson The lesson's name: cells with the same text in two lessons have different names. */
  constructor(lesson: string) {
    this.#lesson = lesson;
  }

  /**
   * The name of a cell: its `id`, followed by its first tag other than "exercise", if it has one; without an `id`, a hash of its kind and
   * text. If the name is taken, a number is added.
   */
  of(cell: Pick<Cell, "kind" | "id" | "tags" | "source">): string {
    const role = cell.tags.find((tag) => tag !== "exercise");
    const given = [cell.id, role].filter(Boolean).join("-").replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 56);
    const named = cell.id !== "" && /[A-Za-z0-9]/.test(cell.id);
    return this.#once(named ? given : this.#hash(`${cell.kind}\n${cell.source}`));
  }

  #hash(text: string): string {
    return checksum(`${this.#lesson}\n${text}`, 12);
  }

  #once(name: string): string {
    let unique = name;
    for (let n = 2; this.#taken.has(unique); n++) unique = `${name}-${n}`;
    this.#taken.add(unique);
    return unique;
  }
}
