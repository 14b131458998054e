/** Finds out why the Deno kernel will not run a cell: it parses cells with the same parser as `stripTypeScriptTypes`, and is silent about errors. */

import { stripTypeScriptTypes } from "node:module";

/** Why a cell does not parse. */
export interface CellProblem {
  message: string;
  /** From 1, as is the column. */
  line: number;
  column: number;
  /** The line of the cell, and under it a mark. */
  excerpt: string[];
}

/**
 * Why the kernel will not run a cell; undefined if it will. Errors that V8 finds, such as a name that is declared twice, are not among them:
 * the kernel reports those.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { message, line, column } = cellProblem("const a = 1;\nconst b = ;")!;
 * assertEquals([message, line, column], ["Expression expected", 2, 11]);
 * assertEquals(cellProblem("const a: number = 1;"), undefined);
 * ```
 */
export function cellProblem(code: string): CellProblem | undefined {
  // The kernel tries an object literal first, and JSX if nothing else parses.
  const asObject = /^\s*\{/.test(code) && !/;\s*$/.test(code) ? parseError(`(${code})`) : "not tried";
  const error = asObject && parseError(code);
  if (!error || /<\/|\/>/.test(code)) return undefined;
  const [, message, excerpt, line, column] =
    /^(?:SyntaxError: )?(.+?)\n((?:.*\n)*?)\s+at \S*?:(\d+):(\d+)/.exec(error) ??
      [undefined, error.split("\n")[0], "", "1", "1"];
  return {
    message,
    line: Number(line),
    column: Number(column),
    excerpt: excerpt.split("\n").filter((text) => text.trim() !== "" && text.trim() !== "|"),
  };
}

function parseError(code: string): string | undefined {
  try {
    stripTypeScriptTypes(code, { mode: "transform" });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
