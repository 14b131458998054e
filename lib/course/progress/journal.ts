/** Keeps the journal of a lesson: everything the learner ran, guessed and answered, one line of JSON each, to show again and for the recap. */

import { format as formatBytes } from "@std/fmt/bytes";
import { reasonOf } from "../reason.ts";
import { type Dated, type Entry, readEntry, shortened } from "./journal_entry.ts";
import { readEnd } from "./read_file.ts";
import { setAside } from "./set_aside.ts";
import { writeWhole } from "./write_file.ts";

export type { Dated, Entry };

/** A longer journal is shortened when it is opened: only the last run of each cell stays. In bytes. */
const MAX_BYTES = 4_000_000;
/** A longer journal is shortened while it is written. In bytes. */
const MAX_WRITTEN = 6_000_000;
/** How much of a journal is read at most, from its end, in bytes and in lines. */
const MAX_READ = { bytes: 8_000_000, lines: 50_000 };

/**
 * Appends one line at a time to the file, so that a process that is killed loses nothing that it wrote earlier. Nothing here throws: if the
 * file cannot be written, the journal is kept in memory, and `failed` says why.
 */
export class Journal {
  readonly entries: Dated[] = [];
  /** Messages for the learner; whoever shows them empties the list. */
  readonly notices: string[] = [];
  /** Why the file cannot be written; undefined if it can. */
  failed?: string;
  readonly #path: string;
  #bytes = 0; //            in the file, about
  #limit = MAX_WRITTEN; //  the file is shortened when it has more

  /** @param path The file, `.gradually/journal/<lesson>.jsonl`. */
  constructor(path: string) {
    this.#path = path;
    try {
      this.#read();
    } catch (error) {
      this.failed = reasonOf(error);
    }
  }

  /** Adds an entry. */
  add(entry: Entry): void {
    const dated = shortened({ at: new Date().toISOString(), ...entry });
    this.entries.push(dated);
    this.#append(JSON.stringify(dated) + "\n");
    if (this.#bytes > this.#limit && !this.failed) this.#try(() => this.#shorten());
  }

  /** The last run of a cell, if it is still the same cell. */
  lastRun(cell: number, source: string): (Dated & { type: "ran" }) | undefined {
    return this.entries.findLast((entry): entry is Dated & { type: "ran" } =>
      entry.type === "ran" && entry.cell === cell && entry.source === source
    );
  }

  #read(): void {
    const found = readEnd(this.#path, MAX_READ.bytes);
    if (!found) return;
    const { size, text } = found;
    let damaged = 0;
    let from = text.length;
    for (let lines = 0; from > 0 && lines < MAX_READ.lines; lines++) {
      const to = text[from - 1] === "\n" ? from - 1 : from;
      from = to === 0 ? 0 : text.lastIndexOf("\n", to - 1) + 1;
      const found = readEntry(text.slice(from, to));
      if (found.entry) this.entries.push(found.entry);
      if (found.damaged) damaged++;
    }
    this.entries.reverse();
    this.#bytes = size;
    if (from > 0 || size > MAX_READ.bytes) this.#replace(`it is too long, with ${formatBytes(size)}`);
    else if (damaged > 0) this.#replace(damaged === 1 ? "a line is wrong" : `${damaged} lines are wrong`);
    else if (size > MAX_BYTES) this.#shorten();
    else if (size > 0 && !text.endsWith("\n")) this.#append("\n"); // the last line was cut off by a crash
  }

  /** Replaces a damaged file by what is valid in it. */
  #replace(fault: string): void {
    const backup = setAside(this.#path);
    this.notices.push(
      `${this.#path} could not be read completely (${fault}): the rest is used, and the file as it was is now ${backup}`,
    );
    this.#shorten();
  }

  #append(text: string): void {
    if (this.failed) return;
    this.#try(() => {
      Deno.mkdirSync(this.#path.replace(/[\\/][^\\/]*$/, ""), { recursive: true });
      Deno.writeTextFileSync(this.#path, text, { append: true });
      this.#bytes += text.length;
    });
  }

  #shorten(): void {
    const last = new Map<number, Dated>();
    for (const entry of this.entries) if (entry.type === "ran") last.set(entry.cell, entry);
    const kept = this.entries.filter((entry) => entry.type !== "ran" || last.get(entry.cell) === entry);
    this.entries.length = 0;
    for (const entry of kept) this.entries.push(entry);
    const text = kept.map((entry) => JSON.stringify(entry) + "\n").join("");
    writeWhole(this.#path, text);
    this.#bytes = text.length;
    this.#limit = Math.max(MAX_WRITTEN, 2 * text.length); // else, a long one would be written again for each entry
  }

  #try(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.failed = reasonOf(error);
    }
  }
}
