/** The lines around an error, with a caret under its column. */

import type { CellError, Code, SourceLocation } from "./protocol.ts";

/**
 * A few numbered lines of `source`, with the location marked.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const excerpt = excerptOf("let a = 1;\na.b.c;\n", { line: 2, column: 5 });
 * assertEquals(excerpt, "  1 | let a = 1;\n> 2 | a.b.c;\n    |     ^");
 * ```
 */
export function excerptOf(source: string, { line, column }: Omit<SourceLocation, "file">): string | undefined {
  const lines = source.split(/\r?\n/);
  if (line < 1 || line > lines.length) return undefined;
  const first = Math.max(1, line - 2);
  const width = String(line).length;
  const rows = lines.slice(first - 1, line).map((text, i) => {
    const number = first + i;
    return `${number === line ? ">" : " "} ${String(number).padStart(width)} | ${text}`.trimEnd();
  });
  const before = lines[line - 1].slice(0, column - 1).replace(/[^\t]/gu, " ");
  return [...rows, `  ${" ".repeat(width)} | ${before}^`].join("\n");
}

/**
 * The part of an excerpt that fits on a screen; the caret is always visible.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const excerpt = excerptOf("const sum = first + second + thrid;", { line: 1, column: 30 })!;
 * assertEquals(fitExcerpt(excerpt, 80), excerpt);
 * assertEquals(fitExcerpt(excerpt, 20), "> 1 | …second + thr…\n    |           ^");
 * ```
 */
export function fitExcerpt(excerpt: string, columns: number): string {
  const rows = excerpt.split("\n"), caret = rows.at(-1)!;
  if (rows.every(({ length }) => length <= columns)) return excerpt;
  const gutter = caret.indexOf("|") + 2, room = Math.max(8, columns - gutter);
  const from = Math.max(0, caret.length - gutter - room + Math.floor(room / 4));
  return rows.map((row) => {
    const text = row.slice(gutter + from);
    const shown = text.length > room ? `${text.slice(0, room - 1)}…` : text;
    const cut = from > 0 && text !== "" && row !== caret;
    return row.slice(0, gutter) + (cut ? `…${shown.slice(1)}` : shown);
  }).join("\n");
}

/**
 * An error with the lines around its location.
 *
 * @param code The code that was run. If it is a whole file, its source is used, because the file may have changed. Other files are read.
 */
export async function withExcerpt(
  error: CellError,
  { source, file }: Pick<Code, "source" | "file">,
): Promise<CellError> {
  const { place } = error;
  if (!place) return error;
  try {
    const text = file === place.file ? source : await Deno.readTextFile(place.file);
    return { ...error, excerpt: excerptOf(text, place) };
  } catch {
    return error; // the file is gone, or we may not read it
  }
}
