/** Prepares the Deno kernel for notebooks: no output is lost, and the stop button can stop code that polls a flag. */

import { findImportsIn } from "./import_hook.ts";
import { type InterruptFlag, listenForInterrupt } from "./kernel_interrupt.ts";
import { settleAfterCells } from "./settle.ts";

const PREPARED = Symbol.for("deno_kernel.prepared");

/** How to prepare the kernel. */
interface KernelOptions {
  /** A folder, with a slash at its end: imports that start with `../../` are resolved there, wherever the notebook is. */
  root?: URL;
  /** Runs after each cell that did not throw, once its outputs are on their way. */
  afterCell?: () => Promise<void>;
  /** Whether to hide the value of a cell, because the cell has already shown it. */
  hides?: (value: unknown) => boolean;
}

/**
 * Prepares the kernel; a second call in the same kernel does nothing.
 *
 * @returns The flag that the stop button sets, for code that computes in small steps; undefined the second time.
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
