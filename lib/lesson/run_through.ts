/** Goes through a lesson without pauses: for a pipe, for CI, and for whoever wants to see it all at once. */

import type { Engine } from "./engine.ts";
import type { Lesson } from "./parse.ts";
import type { CellResult, Output } from "./protocol.ts";
import type { Renderer } from "./terminal/renderer.ts";

/**
 * Prints every cell, runs it and prints what it puts out.
 *
 * @param print Takes text with its line ends; updates of a display reach it only in their last state.
 * @returns The result of the cell that ended it, or of the last one.
 */
export async function runThrough(
  lesson: Lesson,
  engine: Engine,
  renderer: Renderer,
  print: (text: string) => void,
): Promise<CellResult> {
  let last: CellResult = { status: "done", milliseconds: 0 };
  for (const cell of lesson.cells) {
    print(renderer.cell(cell) + "\n");
    if (cell.kind !== "code" || cell.source.trim() === "") continue;
    const printer = new OutputPrinter(renderer, print);
    last = await engine.run(cell, (output) => printer.add(output));
    printer.finish();
    if (last.status === "failed") print(renderer.error(last.error));
    if (last.status !== "done") return last;
    print("\n");
  }
  return last;
}

/** Prints outputs as they come; a display that may still change waits until something else comes, so that a pipe gets one state of it. */
class OutputPrinter {
  #waiting?: Output & { type: "display" };

  constructor(readonly renderer: Renderer, readonly print: (text: string) => void) {}

  add(output: Output): void {
    const live = output.type === "display" && output.displayId !== undefined;
    if (live && this.#waiting?.displayId === output.displayId) this.#waiting = output;
    else {
      this.finish();
      if (live) this.#waiting = output;
      else this.print(this.renderer.output(output));
    }
  }

  finish(): void {
    if (this.#waiting) this.print(this.renderer.output(this.#waiting));
    this.#waiting = undefined;
  }
}
