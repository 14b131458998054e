/** Keeps the journal of a lesson: everything the learner ran, guessed and answered, one line of JSON each, to show again and for the recap. */

import { reasonOf } from "../reason.ts";
import { writeWhole } from "./write_file.ts";

/** What the journal can record. */
export type Entry =
  /** A cell was run. `source` shows whether it is still the same cell. */
  | { type: "ran"; cell: number; source: string; status: string; milliseconds: number; text: string; ansi?: string }
  | { type: "guess"; id: string; guess: string }
  | { type: "answer"; id: string; kind: string; message: string; source: string }
  | { type: "hint"; id: string; hint: string }
  | { type: "solution"; id: string }
  | { type: "play"; source: string; text: string };

/** An entry with its time, in ISO 8601. */
export type Dated = Entry & { at: string };

/** The longest output that is kept, in characters. */
const MAX_TEXT = 40_000;
/** A longer journal is shortened when it is opened: only the last run of each cell stays. In bytes. */
const MAX_BYTES = 4_000_000;

/**
 * Appends one line at a time to the file, so that a process that is killed loses nothing that it wrote earlier. Nothing here throws: if the
 * file cannot be written, the journal is kept in memory, and `failed` says why.
 */
export class Journal {
  readonly entries: Dated[] = [];
  /** Why the file cannot be written; undefined if it can. */
  failed?: string;
  readonly #path: string;

  /** @param path The file, `.gradually/journal/<lesson>.jsonl`. */
  constructor(path: string) {
    this.#path = path;
    try {
      const text = Deno.readTextFileSync(path);
      for (const line of text.split("\n")) {
        const entry = readEntry(line);
        if (entry) this.entries.push(entry);
      }
      if (text.length > MAX_BYTES) this.#shorten();
      else if (text !== "" && !text.endsWith("\n")) this.#append("\n"); // the last line was cut off by a crash
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) this.failed = reasonOf(error);
    }
  }

  /** Adds an entry. */
  add(entry: Entry): void {
    const dated: Dated = { at: new Date().toISOString(), ...entry };
    if (dated.type === "ran") {
      dated.text = cutText(dated.text);
      if (dated.ansi !== undefined && dated.ansi.length > 2 * MAX_TEXT) delete dated.ansi;
    }
    this.entries.push(dated);
    this.#append(JSON.stringify(dated) + "\n");
  }

  /** The last run of a cell, if it is still the same cell. */
  lastRun(cell: number, source: string): (Dated & { type: "ran" }) | undefined {
    return this.entries.findLast((entry): entry is Dated & { type: "ran" } =>
      entry.type === "ran" && entry.cell === cell && entry.source === source
    );
  }

  #append(text: string): void {
    if (this.failed) return;
    try {
      Deno.mkdirSync(this.#path.replace(/[\\/][^\\/]*$/, ""), { recursive: true });
      Deno.writeTextFileSync(this.#path, text, { append: true });
    } catch (error) {
      this.failed = reasonOf(error);
    }
  }

  #shorten(): void {
    const last = new Map<number, Dated>();
    for (const entry of this.entries) if (entry.type === "ran") last.set(entry.cell, entry);
    const kept = this.entries.filter((entry) => entry.type !== "ran" || last.get(entry.cell) === entry);
    this.entries.splice(0, Infinity, ...kept);
    writeWhole(this.#path, kept.map((entry) => JSON.stringify(entry) + "\n").join(""));
  }
}

/** The entry on a line of the journal; undefined if the line was cut off or is not an entry. */
function readEntry(line: string): Dated | undefined {
  try {
    const entry = JSON.parse(line);
    return typeof entry?.type === "string" && typeof entry.at === "string" ? entry : undefined;
  } catch {
    return undefined;
  }
}

function cutText(text: string): string {
  return text.length > MAX_TEXT ? `… ${text.slice(-MAX_TEXT)}` : text;
}
