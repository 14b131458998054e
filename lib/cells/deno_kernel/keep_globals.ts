/** Lets a cell of a notebook declare names such as `performance` or `Map` without changing what they mean to the project's modules. */

import { registerHooks } from "node:module";
import * as kept from "./kept_globals.ts";

/** Where modules get the names from. */
const KEPT = new URL("./kept_globals.ts", import.meta.url).href;
/** Each name, not as the property of something else (`a.Map`) and not as a part of another name; `...Map` is the name. */
const NAMES = kept.Object.keys(kept).map((name) => ({
  name,
  use: new kept.RegExp(`(?<![\\w$])(?<!(?<!\\.\\.)\\.)${name}(?![\\w$])`),
}));
/** The names that the Deno kernel looks up itself, each time a cell ends; a cell cannot declare them. */
export const NEEDED_BY_KERNEL = ["Deno", "Error", "JSON", "String"] as const;

/**
 * From now on, gives each module of a project its own import of the names that it uses. Modules that are loaded already are not changed,
 * so this comes first.
 *
 * @param root The folder of the project, with a slash at its end.
 */
export function keepGlobals(root: URL): void {
  for (const name of NEEDED_BY_KERNEL) {
    kept.Object.defineProperty(kept.globalThis, name, { configurable: false, writable: false });
  }
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.startsWith(root.href) || url === KEPT || typeof loaded.source !== "string") return loaded;
      // A hook gets the text of a module without its types, even if it is imported as a text.
      if (context.importAttributes?.type === "text") {
        return { ...loaded, source: kept.Deno.readTextFileSync(new kept.URL(url)) };
      }
      return { ...loaded, source: withKeptGlobals(loaded.source) };
    },
  });
}

/**
 * The code of a module with an import in front of it, on the same line, for the names that it uses.
 *
 * @param from Where it imports them from.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(withKeptGlobals("[...new Map(a.Set)];", "kept"), 'import { Map } from "kept"; [...new Map(a.Set)];');
 * ```
 */
export function withKeptGlobals(code: string, from: string = KEPT): string {
  const names = NAMES.filter(({ use }) => use.test(code)).map(({ name }) => name);
  return names.length ? `import { ${names.join(", ")} } from "${from}"; ${code}` : code;
}
