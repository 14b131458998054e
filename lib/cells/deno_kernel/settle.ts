/** Delays the end of each cell until the kernel has sent its outputs: a front end stops listening once it hears "idle". */

import { cpuUsage } from "node:process";
import { streamConsole } from "./console_stream.ts";
import { type Address, outputAddress } from "./kernel_connection.ts";
import { type Broadcast, outputsHaveLeft } from "./output_echo.ts";
import { settleAfterErrors } from "./settle_errors.ts";

/** The function that the Deno kernel calls with the value of a cell, and awaits, before it reports that the cell is done. */
interface KernelInternals {
  broadcastResult?: (count: number, result: unknown) => Promise<void>;
}

// If no echo can be received, the CPU time of the process shows whether the sending thread is still working: it is done once the process has
// used almost none for a while.
const TICK_MS = 6;
const QUIET_TICKS = 3;
const QUIET_SHARE = 0.15; // of a tick
const LONGEST_MS = 3000;

/**
 * Installs the wait. If the kernel has no such hook, this does nothing; `show` still waits a moment after each picture.
 *
 * @param afterCell Runs before the wait, after a cell that ended without an error.
 * @param hides Whether to hide the value of a cell, because the cell has already shown it.
 */
export function settleAfterCells(afterCell: () => Promise<void>, hides: (value: unknown) => boolean): void {
  const internals = kernelInternals();
  const { jupyter } = Deno as unknown as { jupyter?: { broadcast?: Broadcast } };
  if (!internals?.broadcastResult || !jupyter?.broadcast) return;
  const { broadcast } = jupyter;
  const { broadcastResult } = internals;
  streamConsole(broadcast);
  let address: Address | undefined;
  const found = outputAddress().then((it) => address = it);
  settleAfterErrors(broadcast, () => address);
  internals.broadcastResult = async (count, result): Promise<void> => {
    if (!hides(result)) await broadcastResult(count, result);
    await afterCell();
    await found;
    if (!address || !await outputsHaveLeft(address, broadcast)) await untilQuiet();
  };
}

/** Waits until the process has nothing more to do. */
async function untilQuiet(): Promise<void> {
  const begun = performance.now();
  for (let quiet = 0; quiet < QUIET_TICKS && performance.now() - begun < LONGEST_MS;) {
    const [from, busy] = [performance.now(), computed()];
    await new Promise((done) => setTimeout(done, TICK_MS));
    const late = performance.now() - from > 2 * TICK_MS; // on a machine this busy, a quiet tick proves nothing
    quiet = late || computed() - busy > QUIET_SHARE * TICK_MS ? 0 : quiet + 1;
  }
}

/** The CPU time of all threads so far, in milliseconds. */
function computed(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}

function kernelInternals(): KernelInternals | undefined {
  const { internal } = Deno as unknown as { internal?: symbol };
  if (!internal) return undefined;
  return (Deno as unknown as Record<symbol, { jupyter?: KernelInternals } | undefined>)[internal]?.jupyter;
}
