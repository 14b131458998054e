/** Finds the file of a piece of evaluated code from its line alone. */

/** The lines of each file are moved by a multiple of this when its code is evaluated; no lesson is longer. */
const LINES = 20_000;

/**
 * Evaluated code has no file name, but it has line numbers, and empty lines in front of it move them. The lesson keeps its own lines; every
 * other file, such as a learner's answer, gets a range of lines further down.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const regions = new Regions("/lessons/01.ts");
 * assertEquals(regions.lineOf(5), 5);
 * const line = regions.lineOf(5, "/answers/a.ts");
 * assertEquals(regions.locate(line + 1), { file: "/answers/a.ts", line: 6 });
 * assertEquals(regions.locate(7), { file: "/lessons/01.ts", line: 7 });
 * ```
 */
export class Regions {
  readonly #files: string[];

  /** @param lesson The path of the lesson. */
  constructor(lesson: string) {
    this.#files = [lesson];
  }

  /** The line at which a line of a file is evaluated. */
  lineOf(line: number, file: string = this.#files[0]): number {
    let region = this.#files.indexOf(file);
    if (region < 0) region = this.#files.push(file) - 1;
    return region * LINES + line;
  }

  /** The file and the line of an evaluated line. */
  locate(line: number): { file: string; line: number } {
    const region = Math.floor(line / LINES);
    return region < this.#files.length
      ? { file: this.#files[region], line: line - region * LINES }
      : { file: this.#files[0], line };
  }
}

/** The path of a `file:` URL; anything else is returned as it is. */
export function pathOf(url: string): string {
  if (!url.startsWith("file:")) return url;
  const path = decodeURIComponent(new URL(url).pathname);
  return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
}
