/** Decides whether typed code can run, or continues on the next line. */

import { tokenize } from "../../cells/document/tokenize.ts";

/**
 * Whether code is complete: no bracket, string or comment is open, and no operator lacks its right side.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["f(", "`a", "1 +", "/* x", "f(1)", "x => x", ""].map(isComplete), [false, false, false, false, true, true, true]);
 * ```
 */
export function isComplete(text: string): boolean {
  const tokens = tokenize(text);
  const last = tokens.at(-1);
  if (!last) return true;
  const end = text.slice(last.start, last.end);
  if (last.kind === "comment") return !end.startsWith("/*") || end.endsWith("*/");
  if (last.kind === "template" && !(end.endsWith("`") && (end.length > 1 || last.opened !== last.start))) return false;
  if (last.kind === "punctuator" && /^[-+*/%=&|<>?,.:(\[{]$/.test(end) && !/(\+\+|--)$/.test(text.slice(0, last.end))) {
    return false;
  }
  return tokens.reduce((depth, token) => {
    const piece = text.slice(token.start, token.end);
    if (token.kind === "template") return depth + (piece.endsWith("${") ? 1 : 0) - (piece.startsWith("}") ? 1 : 0);
    if (token.kind !== "punctuator") return depth;
    return depth + ("([{".includes(piece) ? 1 : ")]}".includes(piece) ? -1 : 0);
  }, 0) <= 0;
}
