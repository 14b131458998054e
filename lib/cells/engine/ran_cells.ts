/** What the state of a notebook was made of: the cells that ran, in order, as they would have to run again. */

import type { Code } from "./protocol.ts";

/** Code that ran; code that was interrupted is interrupted again, when it runs again, after polling as often. */
interface Run {
  cell: Code;
  pollsBeforeStop?: number;
}

/** The cells that ran. A cell that ran twice counts once, at its last position. */
export class RanCells {
  #runs: Run[] = [];

  get runs(): readonly Run[] {
    return this.#runs;
  }

  /** The code, in order. */
  get code(): readonly Code[] {
    return this.#runs.map(({ cell }) => cell);
  }

  /** Forgets what ran, and takes these cells for having run. */
  replaceBy(cells: readonly Code[]): void {
    this.#runs = cells.map((cell) => ({ cell }));
  }

  add(run: Run): void {
    if (run.cell.index >= 0) this.#runs = this.#runs.filter(({ cell }) => cell.index !== run.cell.index);
    this.#runs.push(run);
  }

  /** Gives cells that have moved in the file their new positions; a cell that is gone does not run again. */
  move(place: (cell: Code) => Code | undefined): void {
    this.#runs = this.#runs.flatMap((run) => {
      const cell = place(run.cell);
      return cell ? [{ ...run, cell }] : [];
    });
  }

  /** The sources that the state of a cell is made of: of the cells before it in the document, leaves left out, and its own. */
  sourcesOf(code: Code): string[] {
    const before = this.code.filter(({ index, leaf }) => index >= 0 && index < code.index && !leaf);
    return [...before.toSorted((a, b) => a.index - b.index), code].map(({ source }) => source);
  }
}
