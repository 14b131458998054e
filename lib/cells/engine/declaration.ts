/** Finds where a cell declares a name: V8 gives no location if an earlier cell has declared the name in a different way. */

import { tokenize } from "../document/tokenize.ts";

const KEYWORDS = ["const", "let", "var", "function", "class"];

/**
 * The line and the column, from 1, of the declaration of `name`; if there is none, of its first use; if there is none, of the beginning.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(declarationOf("f(a);\n  function a() {}", "a"), { line: 2, column: 12 });
 * ```
 */
export function declarationOf(source: string, name: string): { line: number; column: number } {
  const tokens = tokenize(source).filter(({ kind }) => kind !== "comment");
  const text = (i: number): string => tokens[i] ? source.slice(tokens[i].start, tokens[i].end) : "";
  const uses = [...tokens.keys()].filter((i) => text(i) === name);
  const declared = uses.find((i) => KEYWORDS.includes(text(text(i - 1) === "*" ? i - 2 : i - 1)));
  const before = source.slice(0, tokens[declared ?? uses[0]]?.start ?? 0).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
