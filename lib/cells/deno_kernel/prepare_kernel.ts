/** Prepares the Deno kernel for notebooks: no output and no error is lost, and the stop button can stop code that polls a flag. */

import { findImportsIn } from "./import_hook.ts";
import { type InterruptFlag, listenForInterrupt } from "./kernel_interrupt.ts";
import { type CellEnd, settleAfterCells } from "./settle.ts";

const PREPARED = Symbol.for("deno_kernel.prepared");

/** How to prepare the kernel. */
interface KernelOptions extends CellEnd {
  /** A folder, with a slash at its end: imports that start with `../../` are resolved there, wherever the notebook is. */
  root?: URL;
}

/** A kernel that is prepared. */
interface PreparedKernel {
  /** The flag that the stop button sets, for code that computes in small steps. */
  interrupt: InterruptFlag;
  /** Why the function with a name is not from the newest version of its cell; undefined if it is. */
  staleReason(name: string): Promise<string | undefined>;
}

/**
 * Prepares the kernel; a second call in the same kernel does nothing.
 *
 * @returns What the course uses; undefined the second time.
 */
export function prepareKernel({ root, afterCell, hides }: KernelOptions): PreparedKernel | undefined {
  const scope = globalThis as Record<symbol, unknown>;
  if (scope[PREPARED]) return undefined;
  scope[PREPARED] = true;
  if (root) findImportsIn(root);
  const interrupt = listenForInterrupt();
  const staleReason = settleAfterCells({
    async afterCell() {
      interrupt.reset();
      await afterCell();
    },
    hides,
  });
  return { interrupt, staleReason };
}
