/** Reads a file in the percent format, as jupytext does, and records where every cell is in the file. */

import type { PercentDocument } from "./document.ts";
import { readHeader } from "./header.ts";
import { readMarker } from "./marker.ts";
import { shown } from "./shown.ts";
import { tokenize } from "./tokenize.ts";

/**
 * Reads a document.
 *
 * @param source The text of the file.
 * @param file Its name, for messages.
 * @throws {SyntaxError} When a `// %%` line is inside a template literal or a block comment, where it cannot start a cell but jupytext
 * would let it; when code is in a text cell, or a comment in code would become code in jupytext; or when the header or a marker does not
 * parse. The message starts with file, line and column.
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
    refuseMixedLines(marker.kind, body, file, marked ? start + 2 : start + 1);
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

/**
 * A line is text or code by its cell, to everyone: code in a text cell would run in a script and be text in a notebook, and jupytext takes
 * a comment such as `// %time` in code for a command of its own and removes the slashes.
 *
 * @param first The number of the first line.
 */
function refuseMixedLines(
  kind: "markdown" | "code" | "raw",
  lines: readonly string[],
  file: string,
  first: number,
): void {
  for (const [i, line] of lines.entries()) {
    const code = shown(line.trim());
    if (kind !== "code" && line.trim() !== "" && !line.startsWith("//")) {
      throw new SyntaxError(
        `${file}:${
          first + i
        }:1: a text cell takes lines that start with "//" and got ${code}: write "// %%" above code`,
      );
    }
    if (kind === "code" && /^\s*(?:\/\/ ?)+%{1,3}[A-Za-z]/.test(line)) {
      throw new SyntaxError(
        `${file}:${first + i}:1: jupytext would make code of the comment ${code}: write a word before the "%"`,
      );
    }
  }
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
