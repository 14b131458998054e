/** Lets the imports of a notebook find a project when the notebook is not two folders below it. */

import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Resolves the imports of a cell that start with `../../` in the given folder. If the notebook is two folders below it, Deno looks there
 * anyway, and this function does nothing.
 *
 * @param root The folder, with a slash at its end.
 */
export function findImportsIn(root: URL): void {
  if (resolve(Deno.cwd(), "../..") === resolve(fileURLToPath(root))) return;
  registerHooks({
    resolve(specifier, context, next) {
      // Only the imports of a cell have no parent.
      if (context.parentURL !== undefined || !specifier.startsWith("../../")) return next(specifier, context);
      return { url: new URL(specifier.slice("../../".length), root).href, shortCircuit: true };
    },
  });
}
