/** Writes a document in the percent format: {@linkcode parseDocument} reads the same document back. */

import { writeMarker } from "./marker.ts";
import type { PercentDocument } from "./document.ts";
import { isMarker } from "./parse_document.ts";
import { shown } from "./shown.ts";

/**
 * The text of a file.
 *
 * @throws {RangeError} When a line of text starts with `%%`, which the format cannot hold.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseDocument } from "./parse_document.ts";
 *
 * const source = "// %% [markdown]\n// # Hello\n\n// %%\n1 + 1;\n";
 * assertEquals(writeDocument(parseDocument(source, "hello.ts")), source);
 * ```
 */
export function writeDocument(document: Pick<PercentDocument, "header" | "cells" | "lineEnd">): string {
  const lines: string[] = [];
  if (document.header.length) lines.push("// ---", ...document.header.map(comment), "// ---");
  for (const cell of document.cells) {
    if (cell.markerLine !== cell.line || cell !== document.cells[0]) lines.push(writeMarker(cell));
    if (cell.source) lines.push(cell.kind === "code" ? cell.source : cell.source.split("\n").map(comment).join("\n"));
    for (let i = 0; i < cell.blankLines; i++) lines.push("");
  }
  return lines.length ? (lines.join("\n") + "\n").replaceAll("\n", document.lineEnd) : "";
}

function comment(line: string): string {
  if (isMarker(`// ${line}`)) {
    throw new RangeError(
      `a line of text that starts with %% would start a cell: "${shown(line)}": put a word before it`,
    );
  }
  return line === "" ? "//" : `// ${line}`;
}
