/** Gives a cell what it imports, and refuses a name that the module does not have: destructuring alone would make it undefined. */

/** A name that is asked for, with the line and the column of the evaluated code on which it stands. */
export type Asked = [name: string, line: number, column: number];

/**
 * The module itself, once it is known to have all names.
 *
 * @param specifier As the cell says it.
 * @throws {SyntaxError} In V8's words, with the place of the name for its stack.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => imported({ a: 1 }, "./x.ts", [["b", 1, 10]]), SyntaxError, "an export named 'b'");
 * ```
 */
export function imported(module: object, specifier: string, names: readonly Asked[]): object {
  for (const [name, line, column] of names) {
    if (name in module) continue;
    // A plain run drops what is only used as a type; a cell cannot know what later cells use it for.
    const type = name === "default" ? "" : `; a type is imported as "type ${name}"`;
    const error = new SyntaxError(
      `The requested module '${specifier}' does not provide an export named '${name}'${type}`,
    );
    error.stack = `${error}\n    at <anonymous>:${line}:${column}`;
    throw error;
  }
  return module;
}
