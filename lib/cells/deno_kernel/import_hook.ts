/** Lets the imports of a notebook find the course when the notebook does not lie in a folder of the course. */

import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * What a cell imports by `../../` is looked for in the course. Where the notebook lies two folders below the course, that is where Deno looks
 * anyway, and nothing is done.
 *
 * @param course The folder of the course, with a slash at the end.
 */
export function findCourseFrom(course: URL): void {
  const root = resolve(fileURLToPath(course));
  if (resolve(Deno.cwd(), "../..") === root) return;
  registerHooks({
    resolve(specifier, context, next) {
      // Only what a cell imports has no parent.
      if (context.parentURL !== undefined || !specifier.startsWith("../../")) return next(specifier, context);
      return { url: new URL(specifier.slice("../../".length), course).href, shortCircuit: true };
    },
  });
}
