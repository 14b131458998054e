/** Defines what a journal records, and reads one line of it. */

import { isCutOff, parseBounded } from "../../cells/ipynb/bounded_json.ts";
import { isRecord } from "../../cells/ipynb/notebook.ts";
import { amount, count, Faults, objectOf, type Reader, text } from "./state_reader.ts";

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

/** The longest text that is kept, in characters: of an output, a message or an answer. */
const MAX_TEXT = 40_000;
/** Longer lines are not ours, in characters: an output with its colors has 120,000, and its cell a few thousand. */
const MAX_LINE = 1_000_000;
/** What is on a line at most; an entry has eight values. */
const LIMITS = { depth: 10, values: 100 };
/** `{"at":"","type":""}`. */
const MIN_LINE = 19;

type Fields<T> = { readonly [K in keyof T]?: Reader<T[K]> };

/** A kind of entry: nothing but `ansi` may be missing. */
function entry<T extends Entry["type"]>(fields: Fields<Omit<Dated & { type: T }, "type">>): Reader<Dated> {
  const { ansi: _, ...required } = fields as Record<string, unknown>;
  const names = Object.keys(required) as (keyof Dated)[];
  return objectOf<Dated>({ at: text, ...fields } as Fields<Dated>, { required: ["at", ...names] });
}

const ENTRIES: { readonly [T in Entry["type"]]: Reader<Dated> } = {
  ran: entry<"ran">({ cell: count, source: text, status: text, milliseconds: amount, text, ansi: text }),
  guess: entry<"guess">({ id: text, guess: text }),
  answer: entry<"answer">({ id: text, kind: text, message: text, source: text }),
  hint: entry<"hint">({ id: text, hint: text }),
  solution: entry<"solution">({ id: text }),
  play: entry<"play">({ source: text, text }),
};

/** What was found on a line. */
interface FoundEntry {
  /** What is valid; undefined if nothing is. */
  entry?: Dated;
  /** Whether something is wrong, other than that the process was killed while it wrote the line. */
  damaged: boolean;
}

/** Reads a line. Never throws. An entry of a kind that this version does not know is kept. */
export function readEntry(line: string): FoundEntry {
  if (line.length > MAX_LINE) return { damaged: true };
  if (line.length < MIN_LINE) return { damaged: line.trim() !== "" && !isCutOff(line) };
  let found: unknown;
  try {
    found = parseBounded(line, LIMITS);
  } catch {
    return { damaged: !(line.startsWith("{") && isCutOff(line)) };
  }
  if (!isRecord(found) || typeof found.type !== "string" || typeof found.at !== "string") return { damaged: true };
  if (!Object.hasOwn(ENTRIES, found.type)) return { entry: found as Dated, damaged: false };
  const faults = new Faults();
  const entry = ENTRIES[found.type as Entry["type"]](found, "", faults);
  return { entry, damaged: faults.count > 0 };
}

/** The entry as it is written: long texts are cut, of outputs at their beginning. */
export function shortened(entry: Dated): Dated {
  switch (entry.type) {
    case "ran": {
      const { ansi, ...rest } = entry;
      const cut = { ...rest, text: ending(rest.text) };
      return ansi === undefined || ansi.length > 2 * MAX_TEXT ? cut : { ...cut, ansi };
    }
    case "play":
      return { ...entry, source: beginning(entry.source), text: ending(entry.text) };
    case "answer":
      return { ...entry, message: beginning(entry.message), source: beginning(entry.source) };
    case "guess":
      return { ...entry, guess: beginning(entry.guess) };
    default:
      return entry;
  }
}

function beginning(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)} …` : text;
}

function ending(text: string): string {
  return text.length > MAX_TEXT ? `… ${text.slice(-MAX_TEXT)}` : text;
}
