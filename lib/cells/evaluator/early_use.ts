/** Tells whether a cell may use a name before its declaration: only then V8 has to look, at every use, which makes loops slower. */

import type { ParsedCell } from "./parsed_cell.ts";

/**
 * Whether code of a cell may come to a name that the cell itself has not declared yet. In doubt it may.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { understand } from "./parsed_cell.ts";
 *
 * assertEquals(usesEarly(understand("function f() { return K; }\nconst K = 1;\nf();")), false);
 * assertEquals(usesEarly(understand("function f() { return K; }\nf();\nconst K = 1;")), true);
 * ```
 */
export function usesEarly({ declarations, references: { names } }: ParsedCell): boolean {
  const from = new Map<string, number>();
  const functions = new Set<string>();
  for (const declaration of declarations) {
    if (declaration.kind === "function") functions.add(declaration.name);
    else from.set(declaration.name, declaration.from);
  }
  // Functions that are declared at the top run when one of them is named by other code, at the earliest.
  let firstRun = Infinity;
  for (const { name, node, hoisted } of names) {
    if (name === "eval") return true;
    if (functions.has(name) && !hoisted) firstRun = Math.min(firstRun, node.start);
  }
  return names.some(({ name, node, hoisted }) => {
    const declared = from.get(name);
    return declared !== undefined && (hoisted ? firstRun : node.start) < declared;
  });
}
