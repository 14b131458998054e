/** Reads and writes the files of `.gradually` that a page may have, and no others. */

import { writeWhole } from "../../../course/progress/write_file.ts";

/** The files of a learner, by their paths below the folder. Nothing else exists for a page: no link and no dots lead out of it. */
const ALLOWED =
  /^(progress\.json|journal\/\w{1,80}\.jsonl|changed\/\w{1,80}\.json|answers\/\w{1,80}\/[\w-]{1,80}(\.old)?\.ts)(\.corrupt-[\w-]{1,40})?$/;

/** The largest body that is taken, in bytes: a journal has 8 MB at most. */
export const MOST_BYTES = 8_000_000;

/** Whether a page may have a file. */
export function isAllowed(path: string): boolean {
  return ALLOWED.test(path);
}

/** The files of one learner. */
export class StateFiles {
  readonly #folder: string;

  /** @param folder `.gradually`. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The text of a file; undefined if there is none, or if it is not a plain file. */
  read(path: string): string | undefined {
    try {
      const place = this.#place(path);
      if (!Deno.lstatSync(place).isFile) return undefined;
      return Deno.readTextFileSync(place);
    } catch {
      return undefined;
    }
  }

  /** All files, by path. */
  all(): Record<string, string> {
    const found: Record<string, string> = {};
    const walk = (folder: string): void => {
      for (const { name, isDirectory } of entriesOf(`${this.#folder}/${folder}`)) {
        const path = folder === "" ? name : `${folder}/${name}`;
        if (isDirectory && /^(journal|changed|answers)(\/|$)/.test(path)) walk(path);
        else if (isAllowed(path)) {
          const text = this.read(path);
          if (text !== undefined) found[path] = text;
        }
      }
    };
    walk("");
    return found;
  }

  /** Replaces a file, or adds to its end. */
  write(path: string, text: string, append: boolean): void {
    const place = this.#place(path);
    Deno.mkdirSync(place.replace(/\/[^/]*$/, ""), { recursive: true });
    if (isLink(place)) throw new Error("it is a link");
    if (append) Deno.writeTextFileSync(place, text, { append: true });
    else writeWhole(place, text);
  }

  /** Removes a file. */
  remove(path: string): void {
    try {
      Deno.removeSync(this.#place(path));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  #place(path: string): string {
    if (!isAllowed(path)) throw new RangeError("a page has no such file");
    return `${this.#folder}/${path}`;
  }
}

function entriesOf(folder: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch {
    return [];
  }
}

function isLink(path: string): boolean {
  try {
    return Deno.lstatSync(path).isSymlink;
  } catch {
    return false;
  }
}
