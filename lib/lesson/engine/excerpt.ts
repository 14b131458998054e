/** The lines around an error, with a caret under its column. */

import type { Place } from "./protocol.ts";

/**
 * A few numbered lines of `source`, the place marked.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const excerpt = excerptOf("let a = 1;\na.b.c;\n", { line: 2, column: 5 });
 * assertEquals(excerpt, "  1 | let a = 1;\n> 2 | a.b.c;\n    |     ^");
 * ```
 */
export function excerptOf(source: string, { line, column }: Omit<Place, "file">): string | undefined {
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
