/** Groups the cells of a lesson into steps: what is shown at once, what of it runs, and which exercise or question it contains. */

import type { Cell } from "../cells/document/document.ts";
import { tokenize } from "../cells/document/tokenize.ts";

/** What is shown at once: a code cell with the text above it, or text alone. */
export interface Step {
  cells: Cell[];
  /** The cell to run, if there is one. */
  code?: Cell;
  /** The cell that checks the code, if the code is an exercise and its check comes right after it. */
  check?: Cell;
}

/** Groups cells into steps: text belongs to the code right below it; text followed by text is a separate step. */
export function stepsOf(cells: readonly Cell[]): Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < cells.length; i++) {
    const shown = [cells[i]];
    if (cells[i].kind !== "code" && cells[i + 1]?.kind === "code") shown.push(cells[++i]);
    const code = shown.at(-1)!;
    const step: Step = isToRun(code) ? { cells: shown, code } : { cells: shown };
    const next = cells[i + 1];
    if (code.tags.includes("exercise") && next?.tags.includes("check") && next.id === code.id) {
      step.check = next;
      shown.push(cells[++i]);
    }
    steps.push(step);
  }
  return steps;
}

/** Whether a cell has code to run: a cell of comments, such as a question to think about, is only for reading. */
export function isToRun(cell: Cell): boolean {
  return cell.kind === "code" && tokenize(cell.source).some(({ kind }) => kind !== "comment");
}

/** The index of the step with a cell, or of the first step after it; the number of steps if there is none. */
export function stepOf(steps: readonly Step[], cell: number): number {
  const found = steps.findIndex((step) => step.cells.some(({ index }) => index >= cell));
  return found < 0 ? steps.length : found;
}

/** The exercise that a step poses or checks. */
export function exerciseOf(step: Step | undefined): string | undefined {
  const cell = step?.code ?? step?.cells.at(-1);
  return cell?.id && cell.tags.some((tag) => tag === "exercise" || tag === "check") ? cell.id : undefined;
}

/** The cell of a step that asks for a guess. */
export function questionOf(step: Step | undefined): Cell | undefined {
  return step?.cells.find(({ tags, id }) => tags.includes("predict") && id !== "");
}
