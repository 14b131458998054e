/** Reads and writes Jupyter notebooks (nbformat 4.5), as far as lessons use the format; writes them the way Jupyter does. */

import { parseBounded } from "./bounded_json.ts";

/** One cell. All of its metadata is kept. */
export interface NotebookCell {
  cell_type: "markdown" | "code" | "raw";
  /** 1 to 64 letters, digits, `-` or `_`; unique in the notebook. */
  id: string;
  metadata: Record<string, unknown>;
  source: string;
}

/** A notebook without its outputs: what a learner sees before running anything. */
export interface Notebook {
  metadata: Record<string, unknown>;
  cells: NotebookCell[];
}

/** The format that is written, and the only major version that can be read. */
const FORMAT = { major: 4, minor: 5 };

const KINDS = ["markdown", "code", "raw"];

/**
 * Reads a notebook of format 4. Outputs are left out.
 *
 * @param text The text of the file.
 * @param file Its name, for messages.
 * @throws {SyntaxError} When the file is not a notebook, or a cell is damaged. The message is one line with the file and the number of the
 * cell, from 1.
 * @throws {RangeError} When its format is newer or older than 4.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const text = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "id": "a", "source": ["1;\\n", "2"]}]}';
 * assertEquals(parseNotebook(text, "a.ipynb").cells[0].source, "1;\n2");
 * assertThrows(() => parseNotebook(text.replace(": 4", ": 5"), "a.ipynb"), RangeError, "format 5.5");
 * assertThrows(() => parseNotebook(text.slice(0, 50), "a.ipynb"), SyntaxError, "cut off or damaged");
 * ```
 */
export function parseNotebook(text: string, file: string): Notebook {
  const found = readJSON(text, file);
  if (!isRecord(found) || typeof found.nbformat !== "number") {
    throw new SyntaxError(
      `${file} is not a notebook: a notebook states its format ("nbformat"), and this file does not`,
    );
  }
  const { nbformat, nbformat_minor, metadata = {}, cells } = found;
  if (nbformat !== FORMAT.major) {
    const minor = typeof nbformat_minor === "number" ? nbformat_minor : 0;
    const advice = nbformat > FORMAT.major
      ? "save it as version 4 in the program that wrote it, or get a newer version of Gradually"
      : "open it in Jupyter and save it there";
    throw new RangeError(
      `${file} has notebook format ${nbformat}.${minor}, and only formats 4.0 to 4.5 can be read: ${advice}`,
    );
  }
  if (!Array.isArray(cells) || !isRecord(metadata)) {
    throw new SyntaxError(`${file} is damaged: it states a notebook format, but has no list of cells or no metadata`);
  }
  return { metadata, cells: cells.map((cell, i) => readCell(cell, i, file)) };
}

/** The text of a notebook file, as Jupyter writes it: indented by one space, with one string for each line of source, and without outputs. */
export function formatNotebook({ metadata, cells }: Notebook): string {
  const written = cells.map(({ cell_type, id, metadata, source }) => {
    const lines = source === ""
      ? []
      : source.split("\n").map((line, i, all) => i < all.length - 1 ? line + "\n" : line);
    const kept = lines.at(-1) === "" ? lines.slice(0, -1) : lines;
    if (cell_type !== "code") return { cell_type, id, metadata, source: kept };
    return { cell_type, execution_count: null, id, metadata, outputs: [], source: kept };
  });
  const whole = { cells: written, metadata, nbformat: FORMAT.major, nbformat_minor: FORMAT.minor };
  return JSON.stringify(whole, null, 1) + "\n";
}

function readJSON(text: string, file: string): unknown {
  try {
    return parseBounded(text);
  } catch (error) {
    throw new SyntaxError(`${file} is cut off or damaged: ${(error as Error).message}`, { cause: error });
  }
}

function readCell(cell: unknown, index: number, file: string): NotebookCell {
  const damaged = (what: string): SyntaxError => new SyntaxError(`${file} is damaged: cell ${index + 1} ${what}`);
  if (!isRecord(cell)) throw damaged("is not a cell");
  const { cell_type, id, metadata = {}, source } = cell;
  if (!KINDS.includes(cell_type as string)) throw damaged(`has the unknown type${shown(cell_type)}`);
  const lines = Array.isArray(source) ? source : [source];
  if (lines.some((line) => typeof line !== "string")) throw damaged("has no text");
  if (!isRecord(metadata)) throw damaged("has no metadata");
  return {
    cell_type: cell_type as NotebookCell["cell_type"],
    id: typeof id === "string" ? id : "", // formats before 4.5 had no ids
    metadata,
    source: lines.join(""),
  };
}

/** A value from the file for a message, if it is a word. */
function shown(value: unknown): string {
  return typeof value === "string" && /^[\w-]{1,20}$/.test(value) ? ` "${value}"` : "";
}

/** Whether a value is an object with named fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
