/** Reads a file in the percent format, as jupytext does, and records where every cell is in the file. */

import type { PercentDocument } from "./document.ts";
import { readHeader } from "./header.ts";
import { readMarker } from "./marker.ts";
import { tokenize } from "./tokenize.ts";

/**
 * Reads a document.
 *
 * @param source The text of the file.
 * @param file Its name, for messages.
 * @throws {SyntaxError} When a `// %%` line is inside a template literal or a block comment, where it cannot start a cell but jupytext
 * would let it, or when the header or a marker does not parse. The message starts with file, line and column.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const read = parseDocument('// %% [markdown]\n// # Hello\n\n// %% Add tags=["exercise"] id="add"\n1 + 1;\n', "hello.ts");
 * assertEquals(read.cells.map((cell) => cell.kind), ["markdown", "code"]);
 * assertEquals(read.cells[1].id, "add");
 * assertEquals(read.cells[1].line, 5);
 * ```
 */
export function parseDocument(source: string, file: string): PercentDocument {
  const lineEnd = source.includes("\r\n") ? "\r\n" : "\n";
  const text = source.replace(/^\uFEFF/, "");
  const lines = text.split(/\r?\n/);
  refuseHiddenMarkers(text, file);

  const { header, values, length } = readHeader(lines, file);
  const read: PercentDocument = { file, header, values, cells: [], lineEnd };

  let first = length;
  while (first < lines.length && lines[first].trim() === "") first++;
  const starts: number[] = [];
  for (let i = first; i < lines.length; i++) if (isMarker(lines[i])) starts.push(i);
  if (first < lines.length && starts[0] !== first) starts.unshift(first);

  starts.forEach((start, index) => {
    const marked = isMarker(lines[start]);
    const marker = readMarker(marked ? lines[start] : "// %%", file, start + 1);
    const body = lines.slice(marked ? start + 1 : start, starts[index + 1] ?? lines.length);
    if (index === starts.length - 1 && body.at(-1) === "") body.pop(); // nothing follows the last line break
    let kept = body.length;
    while (kept > 0 && body[kept - 1].trim() === "") kept--;
    read.cells.push({
      index,
      ...marker,
      source: (marker.kind === "code" ? body : body.map(uncomment)).slice(0, kept).join("\n"),
      line: marked ? start + 2 : start + 1,
      markerLine: start + 1,
      blankLines: body.length - kept,
    });
  });
  return read;
}

/** Whether a line starts a cell. */
export function isMarker(line: string): boolean {
  return /^\/\/[ \t]*%%+(\s|$|\[)/.test(line);
}

function uncomment(line: string): string {
  return line.replace(/^\/\/ ?/, "");
}

/** To TypeScript, a marker inside a template literal or a block comment is text; to jupytext, it is a new cell. They must not disagree. */
function refuseHiddenMarkers(source: string, file: string): void {
  if (!/\/\/[ \t]*%%/.test(source)) return;
  for (const token of tokenize(source)) {
    const block = token.kind === "comment" && source.startsWith("/*", token.start);
    if (token.kind !== "template" && !block) continue;
    const inside = /\n(\/\/[ \t]*%%+(?:[ \t\r]|\n|$|\[))/.exec(source.slice(token.start, token.end));
    if (!inside) continue;
    const line = lineOf(source, token.start + inside.index + 1);
    const opened = lineOf(source, token.opened ?? token.start);
    const where = block ? "block comment" : "template literal";
    const advice = block ? "end the comment above it" : 'close the literal above it, or write the line as "// " + "%%"';
    throw new SyntaxError(`${file}:${line}:1: a "// %%" line inside the ${where} opened on line ${opened}: ${advice}`);
  }
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length;
}
