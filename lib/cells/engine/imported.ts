/** Rejects an import of a name that the module does not have: destructuring alone would make it undefined. */

/** A name that a cell imports, with its line and column in the evaluated code. */
export type RequestedName = [name: string, line: number, column: number];

/**
 * The module itself, after a check that it has all names.
 *
 * @param specifier The specifier as the cell writes it.
 * @throws {SyntaxError} In V8's words, with the location of the name as its stack.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => imported({ a: 1 }, "./x.ts", [["b", 1, 10]]), SyntaxError, "an export named 'b'");
 * ```
 */
export function imported(module: object, specifier: string, names: readonly RequestedName[]): object {
  for (const [name, line, column] of names) {
    if (name in module) continue;
    // A plain run removes imports that are only used as types; a cell cannot know how later cells use them.
    const type = name === "default" ? "" : `; to import a type, write "type ${name}"`;
    const error = new SyntaxError(
      `The requested module '${specifier}' does not provide an export named '${name}'${type}`,
    );
    error.stack = `${error}\n    at <anonymous>:${line}:${column}`;
    throw error;
  }
  return module;
}
