/** Moves relative imports between a lesson in `lessons/` and its notebook two folders below the project. */

import { mapSpecifiers } from "../../cells/document/imports.ts";

/** A notebook finds the project two folders up: in `lessons/notebooks`, and just as well in `.gradually/notebooks`. */
const UP = "../../";

/**
 * The code of a lesson with its relative imports as a notebook has them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(toNotebookImports('import { FC } from "../mod.ts";'), 'import { FC } from "../../mod.ts";');
 * assertEquals(toNotebookImports('await import("./settings.ts")'), 'await import("../../lessons/settings.ts")');
 * ```
 */
export function toNotebookImports(code: string): string {
  return mapSpecifiers(code, (specifier) => {
    if (specifier.startsWith("./")) return `${UP}lessons/${specifier.slice(2)}`;
    return specifier.startsWith("../") ? UP + specifier.slice(3) : specifier;
  });
}

/** The way back: from {@linkcode toNotebookImports} to what stood in the lesson. */
export function toLessonImports(code: string): string {
  return mapSpecifiers(code, (specifier) => {
    if (specifier.startsWith(`${UP}lessons/`)) return "./" + specifier.slice(UP.length + "lessons/".length);
    return specifier.startsWith(UP) ? "../" + specifier.slice(UP.length) : specifier;
  });
}
