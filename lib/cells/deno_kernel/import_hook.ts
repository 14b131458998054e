/** Lets the imports of a notebook find a project when the notebook does not lie two folders below it. */

import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * What a cell imports by `../../` is looked for in the folder. Where the notebook lies two folders below it, that is where Deno looks
 * anyway, and nothing is done.
 *
 * @param root The folder, with a slash at its end.
 */
export function findImportsIn(root: URL): void {
  if (resolve(Deno.cwd(), "../..") === resolve(fileURLToPath(root))) return;
  registerHooks({
    resolve(specifier, context, next) {
      // Only what a cell imports has no parent.
      if (context.parentURL !== undefined || !specifier.startsWith("../../")) return next(specifier, context);
      return { url: new URL(specifier.slice("../../".length), root).href, shortCircuit: true };
    },
  });
}
