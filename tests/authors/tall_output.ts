// How tall the output of a cell is on a small screen: what scrolls away while it is printed, a learner does not see.
import type { Output } from "../../lib/cells/engine/protocol.ts";
import { OutputRenderer } from "../../lib/fronts/text/output_renderer.ts";
import { Renderer } from "../../lib/fronts/text/renderer.ts";
import { styleOf } from "../../lib/fronts/text/style.ts";
import { rowsOf } from "../../lib/text/rows_of.ts";

const [COLUMNS, ROWS] = [80, 24];

/** The most rows of output that fit above the line of keys and the empty line before it. */
export const MOST_ROWS = ROWS - 2;

/**
 * How many rows the outputs of a cell take together in the end. A single picture does not count, however tall it is: it
 * cannot be shown in two cells. Of a display that is drawn again only the last state counts, and frames are shown one by
 * one.
 */
export function rowsOfOutputs(outputs: readonly Output[]): number {
  const renderer = new OutputRenderer(new Renderer(styleOf(false), COLUMNS));
  const shown = new Map<string | number, string>();
  for (const [i, output] of outputs.entries()) {
    const text = renderer.render(output);
    if (text === "" || output.type === "display" && output.frames) continue;
    shown.set(output.type === "display" ? output.displayId ?? i : i, text);
  }
  const displays = outputs.filter(({ type }) => type === "display").length;
  if (displays === 0 || shown.size < 2) return 0;
  return rowsOf([...shown.values(), renderer.end()].join(""), COLUMNS);
}
