/** Converts relative imports between a lesson in `lessons/` and its notebook two folders below the project. */

import { mapSpecifiers } from "../../cells/document/imports.ts";

/** A notebook finds the project two folders up, both from `lessons/notebooks` and from `.gradually/notebooks`. */
const UP = "../../";

/**
 * The code of a lesson with its relative imports changed for a notebook.
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

/** The inverse of {@linkcode toNotebookImports}. */
export function toLessonImports(code: string): string {
  return mapSpecifiers(code, (specifier) => {
    if (specifier.startsWith(`${UP}lessons/`)) return "./" + specifier.slice(UP.length + "lessons/".length);
    return specifier.startsWith(UP) ? "../" + specifier.slice(UP.length) : specifier;
  });
}
