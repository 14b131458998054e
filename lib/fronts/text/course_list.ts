/** Writes the outline of the course as text, one line for each lesson. */

import type { OutlineRow } from "../../course/outline.ts";
import type { Style } from "./style.ts";
import { visibleWidth } from "../../text/visible_width.ts";
import { visibleLine } from "./visible.ts";

const PART_COLUMN = 46; // where the names of the parts begin, if the rows leave room

/** The outline; the lesson to continue with is marked, and beside the first lesson of a part is its name. */
export function courseList(outline: readonly OutlineRow[], style: Style): string {
  const rows = outline.map(({ number, title: text, minutes, part, state, place, open, current }, i) => {
    const title = visibleLine(text);
    const box = state === "done" ? style.good("[✓]") : state === "new" ? "[ ]" : "[·]";
    const where = place ? `at step ${place.step} of ${place.steps}` : "";
    const left = open ? `read, ${open} ${open === 1 ? "exercise" : "exercises"} open` : "";
    const notes = [minutes ? `${minutes} min` : "", where, left];
    const note = notes.filter(Boolean).join(", ");
    const [arrow, name] = current ? [style.bold("→"), style.bold(title)] : [" ", title];
    const taken = `→${number.padStart(3)} [ ] ${title}${note ? `  ${note}` : ""}`;
    const gap = " ".repeat(Math.max(2, PART_COLUMN - visibleWidth(taken)));
    const beside = part === undefined
      ? ""
      : `${gap}${style.heading(visibleLine(part))}${style.dim(lengthOf(outline, i))}`;
    return `${arrow}${number.padStart(3)} ${box} ${name}${note ? style.dim(`  ${note}`) : ""}${beside}\n`;
  });
  const done = outline.filter(({ state }) => state === "done").length;
  return `${style.heading("Gradually")}: a CNN, lesson by lesson · ${done} of ${outline.length} done\n\n${
    rows.join("")
  }`;
}

/** How long the part is that begins with a lesson: ", 100 min", or nothing if its lessons do not say. */
function lengthOf(outline: readonly OutlineRow[], from: number): string {
  const next = outline.findIndex(({ part }, i) => i > from && part !== undefined);
  const rows = outline.slice(from, next < 0 ? undefined : next);
  const minutes = rows.reduce((sum, row) => sum + row.minutes, 0);
  return minutes > 0 ? `, ${minutes} min` : "";
}
