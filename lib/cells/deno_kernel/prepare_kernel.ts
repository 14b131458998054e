/** Prepares the Deno kernel for notebooks: no output is lost, and what polls a flag can be stopped by the stop button. */

import { findImportsIn } from "./import_hook.ts";
import { type InterruptFlag, listenForInterrupt } from "./kernel_interrupt.ts";
import { settleAfterCells } from "./settle.ts";

const PREPARED = Symbol.for("deno_kernel.prepared");

/** What the kernel is prepared for. */
export interface KernelOptions {
  /** A folder, with a slash at its end: what a cell imports by `../../` is looked for there, wherever the notebook lies. */
  root?: URL;
  /** Runs after each cell that did not throw, when its outputs are on their way. */
  afterCell?: () => Promise<void>;
  /** Whether the value of a cell is not to be shown, because the cell has said it already. */
  hides?: (value: unknown) => boolean;
}

/**
 * Prepares the kernel; a second time in the same kernel it does nothing.
 *
 * @returns The flag that the stop button sets, for whatever computes in small steps; undefined the second time.
 */
export function prepareKernel({ root, afterCell, hides = () => false }: KernelOptions): InterruptFlag | undefined {
  const scope = globalThis as Record<symbol, unknown>;
  if (scope[PREPARED]) return undefined;
  scope[PREPARED] = true;
  if (root) findImportsIn(root);
  const interrupt = listenForInterrupt();
  settleAfterCells(async () => {
    interrupt.reset();
    await afterCell?.();
  }, hides);
  return interrupt;
}
