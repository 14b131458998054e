/** Moves relative imports between a lesson in `lessons/` and its notebook two folders below the project. */

import { tokenize } from "./tokenize.ts";

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

/** Changes the strings after `from`, `import` and `import(`, and nothing else that looks like them. */
function mapSpecifiers(code: string, change: (specifier: string) => string): string {
  const tokens = tokenize(code).filter((token) => token.kind !== "comment");
  let result = code;
  for (let i = tokens.length - 1; i > 0; i--) {
    const { kind, start, end } = tokens[i];
    if (kind !== "string") continue;
    const word = (at: number): string => tokens[at] ? code.slice(tokens[at].start, tokens[at].end) : "";
    const before = word(i - 1);
    const imported = before === "from" || before === "import" || (before === "(" && word(i - 2) === "import");
    if (!imported) continue;
    result = result.slice(0, start + 1) + change(code.slice(start + 1, end - 1)) + result.slice(end - 1);
  }
  return result;
}
