/** Holds the end of each cell back until its outputs have left the kernel: whoever hears "idle" first stops listening. */

/** What the Deno kernel calls with the value of a cell, and waits for, before it reports that the cell is done. */
interface KernelInternals {
  broadcastResult?: (count: number, result: unknown) => Promise<void>;
}
type Broadcast = (type: string, content: unknown, ...rest: unknown[]) => unknown;

// Outputs leave one by one, each signed on its own; this is several times what that takes on an idle machine, because a class is not one.
const LEAST_MS = 4;
const MESSAGE_MS = 0.5;
const BYTES_PER_MS = 20_000;

/**
 * Puts the wait into place. Where the kernel has no such hook nothing is done; `show` still waits a moment after each picture.
 *
 * @param afterCell Runs before the wait, when a cell has ended without an error.
 */
export function settleAfterCells(afterCell: () => Promise<void>): void {
  const internals = kernelInternals();
  const kernel = (Deno as unknown as { jupyter?: { broadcast?: Broadcast } }).jupyter;
  if (!internals?.broadcastResult || !kernel?.broadcast) return;

  let [messages, bytes] = [0, 0];
  const { broadcast } = kernel;
  kernel.broadcast = (type, content, ...rest) => {
    messages++;
    bytes += sizeOf(content);
    return broadcast(type, content, ...rest);
  };
  for (const name of ["log", "info", "debug", "warn", "error", "table", "dir"] as const) {
    const print = console[name] as (...values: unknown[]) => void;
    console[name] = (...values: unknown[]): void => {
      messages++;
      print(...values);
    };
  }

  const { broadcastResult } = internals;
  internals.broadcastResult = async (count, result): Promise<void> => {
    await broadcastResult(count, result);
    await afterCell();
    const wait = LEAST_MS + messages * MESSAGE_MS + bytes / BYTES_PER_MS;
    [messages, bytes] = [0, 0];
    await new Promise((done) => setTimeout(done, wait));
  };
}

function kernelInternals(): KernelInternals | undefined {
  const { internal } = Deno as unknown as { internal?: symbol };
  if (!internal) return undefined;
  return (Deno as unknown as Record<symbol, { jupyter?: KernelInternals } | undefined>)[internal]?.jupyter;
}

function sizeOf(content: unknown): number {
  const data = (content as { data?: Record<string, unknown> } | undefined)?.data ?? {};
  return Object.values(data).reduce((sum: number, form) => sum + (typeof form === "string" ? form.length : 0), 0);
}
