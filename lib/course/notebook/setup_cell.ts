/** Makes the one cell that a notebook has and its lesson does not: it finds the course, and says what to change if it cannot. */

import type { NotebookCell } from "../../cells/ipynb/notebook.ts";

/** The name of the cell. */
const SETUP_ID = "setup";
/** The path of the course, relative to a notebook of the course. */
export const TWO_FOLDERS_UP = "../..";

/**
 * The cell.
 *
 * @param course The path of the course: relative to the notebook's folder, or absolute.
 */
export function setupCell(course: string): NotebookCell {
  const where = course === TWO_FOLDERS_UP ? "two folders up" : "in the folder below";
  return {
    cell_type: "code",
    id: SETUP_ID,
    metadata: { gradually: { setup: true } },
    source: `// Run this first. The notebook needs the course, and looks for it ${where}. If you copied the notebook
// elsewhere, write the path of the course here: "/home/ada/gradually" (on Windows "file:///C:/gradually").
const COURSE = ${JSON.stringify(course)};
const { begin } = await import(COURSE + "/lessons/notebook.ts");
const course = await begin({ mode: "quick", seed: 1 }); // mode "full": all of the data, all epochs`,
  };
}
