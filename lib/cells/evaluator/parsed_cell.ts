/** A cell's text with all that is to be known of it before it can be rewritten. */

import { type Declaration, declarationsOf } from "./declarations.ts";
import { type ImportRequest, importsOf } from "./imports.ts";
import type { Node } from "./node.ts";
import { parseCell } from "./parse_cell.ts";
import { type References, referencesOf } from "./references.ts";
import { refuse } from "./refuse.ts";

/** What {@linkcode understand} finds. */
export interface ParsedCell {
  source: string;
  program: Node;
  references: References;
  declarations: Declaration[];
  imports: ImportRequest[];
}

/**
 * Parses a cell and looks through it.
 *
 * @param isFile Whether it is a whole file of cells, in which a name may be declared again.
 * @throws {SyntaxProblem} Where it does not parse, or has something that cells cannot have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { declarations, references } = understand("const a = b;\nfunction f(c) { return c; }");
 * assertEquals(declarations.map(({ name }) => name), ["f", "a"]);
 * assertEquals(references.names.map(({ name }) => name), ["b"]);
 * ```
 */
export function understand(source: string, isFile = false): ParsedCell {
  const program = parseCell(source, isFile);
  refuse(program);
  const references = referencesOf(program);
  const declarations = declarationsOf(program, references.vars.map(({ node }) => node));
  return { source, program, references, declarations, imports: importsOf(program) };
}
