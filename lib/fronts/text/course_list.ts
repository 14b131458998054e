/** Writes the outline of the course as text, one line for each lesson. */

import type { OutlineRow } from "../../course/outline.ts";
import type { Style } from "./style.ts";
import { visibleLine } from "./visible.ts";

/** The outline; the lesson to continue with is marked. */
export function courseList(outline: readonly OutlineRow[], style: Style): string {
  const rows = outline.map(({ number, title: text, minutes, state, place, open, current }) => {
    const title = visibleLine(text);
    const box = state === "done" ? style.good("[✓]") : state === "new" ? "[ ]" : "[·]";
    const where = place ? `at step ${place.step} of ${place.steps}` : "";
    const left = open ? `read, ${open} ${open === 1 ? "exercise" : "exercises"} open` : "";
    const notes = [minutes ? `${minutes} min` : "", where, left];
    const note = notes.filter(Boolean).join(", ");
    const [arrow, name] = current ? [style.bold("→"), style.bold(title)] : [" ", title];
    return `${arrow}${number.padStart(3)} ${box} ${name}${note ? style.dim(`  ${note}`) : ""}\n`;
  });
  const done = outline.filter(({ state }) => state === "done").length;
  return `${style.heading("Gradually")}: a CNN, lesson by lesson · ${done} of ${outline.length} done\n\n${
    rows.join("")
  }`;
}
