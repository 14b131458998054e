/** endsInDeclaration: whether a cell ends with a declaration, so that it has no value to show. */

/** Where a statement begins, in code that is formatted as usual: at the beginning of a line, and not with what closes another. */
const STATEMENT = /^(?![\s)}\].?:,]|\/\/|\/\*|&&|\|\|).*$/gm;
const DECLARATION = /^(?:export\s+)?(?:const|let|var|class|(?:async\s+)?function|type|interface|enum|import)\b/;

/**
 * Whether the last statement of a cell is a declaration. The Deno kernel shows the value of the last expression before it, as
 * if the cell ended with that. Where this cannot be told from the text, as for several statements in a line, the answer is no.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(endsInDeclaration("list.push(3);\nconst n = list.length;"), true);
 * assertEquals(endsInDeclaration("const n = list.length;\nn"), false);
 * ```
 */
export function endsInDeclaration(code: string): boolean {
  const last = [...code.matchAll(STATEMENT)].filter(([line]) => line.trim() !== "").at(-1);
  if (!last || !DECLARATION.test(last[0])) return false;
  const rest = code.slice(last.index).split("\n");
  return rest.every((line) => !/;\s*(?!\/\/|\/\*)\S/.test(line.replace(/^\s+.*$/, ""))); // another statement behind it
}
