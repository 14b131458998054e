/** Makes what a notebook shows for a value: the value's own display, or else what the console prints. */

import type { Bridge } from "./bridge.ts";

const { inspect } = Deno; // a cell may put another one in its place
const DISPLAY = Symbol.for("Jupyter.display");

/**
 * The forms of a value, by MIME type; `text/plain` is always one of them.
 *
 * @param draw How the subject draws its own values.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await bundleOf({ a: 1 }, false), { "text/plain": "{ a: 1 }" });
 * ```
 */
export async function bundleOf(
  value: unknown,
  color: boolean,
  draw?: Bridge["draw"],
): Promise<Record<string, string>> {
  const drawn = typeof value === "object" && value !== null ? await draw?.(value) : undefined;
  if (drawn) return { ...drawn };
  const display = (value as Record<symbol, unknown> | null | undefined)?.[DISPLAY];
  const bundle: Record<string, string> = {};
  if (typeof display === "function") {
    for (const [type, form] of Object.entries(await display.call(value) as Record<string, unknown>)) {
      bundle[type] = typeof form === "string" ? form : JSON.stringify(form);
    }
  } else if (color) bundle["text/x-ansi"] = inspect(value, { colors: true, strAbbreviateSize: 1000 });
  bundle["text/plain"] ??= inspect(value, { colors: false, strAbbreviateSize: 1000 });
  return bundle;
}
