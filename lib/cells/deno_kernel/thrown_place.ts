/** Finds where a cell of a notebook threw an error: the kernel runs the cell without its types and in other lines, and its stack counts those. */

import { stripTypeScriptTypes } from "node:module";

/** A position in a cell, from 1. */
interface Place {
  line: number;
  column: number;
}

/** The kernel writes this in front of a cell's first line. */
const PREFIX = "'use strict'; void 0;".length;
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * Where the error with this stack was made; undefined if that was not in this cell, or is not known. A stack does not name cells: the place
 * counts only if an error is made there.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const code = "interface A { x: number }\n\nconst f = () => { throw new Error(''); };\nf();";
 * assertEquals(thrownPlace(code, "Error\n    at f (<anonymous>:2:30)"), undefined);
 * assertEquals(thrownPlace(code, "Error\n    at f (<anonymous>:2:9)"), { line: 3, column: 25 });
 * ```
 */
export function thrownPlace(code: string, stack: string): Place | undefined {
  const [, first, second] = /<anonymous>:(\d+):(\d+)/.exec(stack) ?? [];
  if (first === undefined) return undefined;
  const [line, column] = [Number(first), Number(second) - (first === "1" ? PREFIX : 0)];
  let emitted: string;
  try {
    emitted = stripTypeScriptTypes(code, { mode: "transform", sourceMap: true });
  } catch {
    return undefined;
  }
  const map = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(emitted)?.[1];
  const text = emitted.split("\n")[line - 1]?.slice(column - 1) ?? "";
  if (map === undefined || !/^(?:new\s|[\w$.]*Error\()/.test(text)) return undefined;
  return originalOf(JSON.parse(atob(map)).mappings, line, column);
}

/** The original position of an emitted one, by a source map of one file. */
function originalOf(mappings: string, line: number, column: number): Place | undefined {
  let [sourceLine, sourceColumn] = [0, 0];
  for (const [i, segments] of mappings.split(";").entries()) {
    let [emittedColumn, found] = [0, undefined as Place | undefined];
    for (const segment of segments.split(",").filter(Boolean)) {
      const [columns, , lines = 0, sourceColumns = 0] = decode(segment);
      emittedColumn += columns;
      sourceLine += lines;
      sourceColumn += sourceColumns;
      if (i === line - 1 && emittedColumn < column) found = { line: sourceLine + 1, column: sourceColumn + 1 };
    }
    if (i === line - 1) return found;
  }
  return undefined;
}

/** The numbers of a segment: six bits for each character, the highest of them for "more follows", the lowest bit of a number for its sign. */
function decode(segment: string): number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const char of segment) {
    const bits = BASE64.indexOf(char);
    value += (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}
