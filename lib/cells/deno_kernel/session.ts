/** Prepares the Deno kernel for a lesson: finds the course from wherever the notebook lies, loses no output, and lets training be stopped. */

import { findCourseFrom } from "./import_hook.ts";
import { listenForInterrupt } from "./kernel_interrupt.ts";
import { settleAfterCells } from "./settle.ts";
import { needDeno } from "../../course/notebook/version.ts";

const BEGUN = Symbol.for("gradually.notebook");

/** What the session of a notebook needs. */
export interface SessionOptions {
  /** The folder of the course, with a slash at the end. */
  course: URL;
  /** Runs after each cell that did not throw, when its outputs are on their way. */
  afterCell?: () => Promise<void>;
  /** Whether the value of a cell is not to be shown, because the cell has said it already. */
  hides?: (value: unknown) => boolean;
}

/**
 * Prepares the kernel; a second time in the same kernel it does nothing.
 *
 * @throws {Error} When the kernel is an older Deno than the course needs.
 */
export function beginSession({ course, afterCell, hides = () => false }: SessionOptions): void {
  needDeno(Deno.version.deno);
  const scope = globalThis as Record<symbol, unknown>;
  if (scope[BEGUN]) return;
  scope[BEGUN] = true;
  findCourseFrom(course);
  const interrupt = listenForInterrupt();
  settleAfterCells(async () => {
    interrupt.reset();
    await afterCell?.();
  }, hides);
}
