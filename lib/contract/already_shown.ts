/** Collects what the cells of a front end have shown by themselves, one cell at a time. */

import { ALREADY_SHOWN, shared } from "./contract.ts";

/**
 * Begins to collect.
 *
 * @returns To be called at the end of each cell with its value: whether the cell has shown that value by itself.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ALREADY_SHOWN, shared } from "./contract.ts";
 *
 * const shownByCell = collectShown();
 * const history = {};
 * shared[ALREADY_SHOWN]?.add(history);
 * assertEquals([shownByCell(history), shownByCell(history)], [true, false]);
 * ```
 */
export function collectShown(): (value: unknown) => boolean {
  const shown = new Set<unknown>();
  shared[ALREADY_SHOWN] = shown;
  return (value) => {
    const found = shown.has(value);
    shown.clear();
    return found;
  };
}
