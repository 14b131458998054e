/** Names the cells of a notebook so that the same lesson always gives the same names. */

import { createHash } from "node:crypto";
import type { Cell } from "../document/document.ts";

/** Gives each cell of one lesson its name. */
export class CellIds {
  readonly #lesson: string;
  readonly #taken = new Set<string>();

  /** @param lesson The lesson's name: cells of two lessons with the same text have two names. */
  constructor(lesson: string) {
    this.#lesson = lesson;
  }

  /**
   * The name of a cell: what its `id` says, with its first tag where that is not the exercise itself; else a hash of its kind and text. A name
   * that is taken gets a number.
   */
  of(cell: Pick<Cell, "kind" | "id" | "tags" | "source">): string {
    const role = cell.tags.find((tag) => tag !== "exercise");
    const given = [cell.id, role].filter(Boolean).join("-").replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 56);
    const named = cell.id !== "" && /[A-Za-z0-9]/.test(cell.id);
    return this.#once(named ? given : this.#hash(`${cell.kind}\n${cell.source}`));
  }

  #hash(text: string): string {
    return createHash("sha256").update(`${this.#lesson}\n${text}`).digest("hex").slice(0, 12);
  }

  #once(name: string): string {
    let unique = name;
    for (let n = 2; this.#taken.has(unique); n++) unique = `${name}-${n}`;
    this.#taken.add(unique);
    return unique;
  }
}
