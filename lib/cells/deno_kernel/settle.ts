/** Delays the end of each cell until the kernel has sent its outputs: a front end stops listening once it hears "idle". */

import { cpuUsage } from "node:process";
import { CellGate } from "./cell_gate.ts";
import { isPending, rememberCellValues } from "./cell_value.ts";
import { type Broadcast, streamConsole } from "./console_stream.ts";
import { endsInDeclaration } from "./ends_in_declaration.ts";
import { outputAddress } from "./kernel_connection.ts";
import { KernelLink } from "./kernel_link.ts";
import { settleAfterErrors } from "./settle_errors.ts";
import { listenForUncaught } from "./uncaught.ts";

/** The function that the Deno kernel calls with the value of a cell, and awaits, before it reports that the cell is done. */
interface KernelInternals {
  broadcastResult?: (count: number, result: unknown) => Promise<void>;
}

/** What the kernel gives to cells. */
interface Jupyter {
  broadcast?: Broadcast;
  display?: (...args: unknown[]) => Promise<void>;
}

/** What is to happen at the end of a cell. */
export interface CellEnd {
  /** Runs before the wait, after a cell that ended without an error. */
  afterCell(): Promise<void>;
  /** Whether to hide the value of a cell, because the cell has already shown it. */
  hides(value: unknown): boolean;
}

// If no echo can be received, the CPU time of the process shows whether the sending thread is still working: it is done once the process has
// used almost none for a while.
const TICK_MS = 6;
const QUIET_TICKS = 3;
const QUIET_SHARE = 0.15; // of a tick
const LONGEST_MS = 3000;
/** The wait after an error if no echo can be received: long enough for the outputs, on a machine that is not busy. */
const PAUSE_MS = 100;

/**
 * Installs the wait. If the kernel has no such hook, this does nothing; `show` still waits a moment after each picture.
 *
 * @returns Why the function with a name is not from the newest version of its cell; undefined if it is, or if that cannot be known.
 */
export function settleAfterCells({ afterCell, hides }: CellEnd): (name: string) => Promise<string | undefined> {
  const internals = kernelInternals();
  const { jupyter } = Deno as unknown as { jupyter?: Jupyter };
  if (!internals?.broadcastResult || !jupyter?.broadcast) return () => Promise.resolve(undefined);
  const { broadcast, display } = jupyter;
  const { broadcastResult } = internals;
  const printed = streamConsole(broadcast);
  jupyter.broadcast = (...message) => {
    printed.flush();
    return broadcast(...message);
  };
  if (display) {
    jupyter.display = (...args) => {
      printed.flush();
      return display(...args);
    };
  }

  const values = rememberCellValues();
  const gate = new CellGate(broadcast);
  let running = true; // the cell that calls this
  let link: KernelLink | undefined;
  const opened = outputAddress().then(async (address) => {
    link = address && await KernelLink.open(address, broadcast, {
      between(before) {
        if (link && gate.look(link, before)) running = true;
      },
      cell(code, problem) {
        running = problem === undefined;
        gate.cell(code, problem);
      },
      tooLate: () => gate.missed(),
    });
  });
  const tellMissed = (): void => {
    const text = gate.takeMissed();
    if (text) printed.write("stderr", text);
  };

  listenForUncaught((text) => {
    printed.write("stderr", text);
    if (!running) gate.missed(text);
  });
  settleAfterErrors((thrown) => {
    running = false;
    tellMissed();
    if (String(thrown) === "") printed.write("stderr", `The cell has thrown ${Deno.inspect(thrown)}\n`);
    printed.cellEnded();
    if (!link?.settleNow()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }, () => link?.newestCode() ?? "");
  internals.broadcastResult = async (count, result): Promise<void> => {
    tellMissed();
    printed.flush();
    const taken = values.take();
    const ended = result === undefined ? taken : result;
    const value = endsInDeclaration(link?.newestCode() ?? "") ? undefined : ended; // the value of a statement before it
    if (!hides(value)) await broadcastResult(count, value);
    if (isPending(ended)) {
      printed.write("stderr", "This cell has ended before its work: write await in front of the call to wait for it\n");
    }
    await afterCell();
    await opened;
    printed.cellEnded();
    if (!link || !await link.settle()) await untilQuiet();
    printed.flush(); // a promise that was rejected meanwhile
    running = false;
  };
  return async (name) => {
    await link?.settle();
    return gate.staleReason(name);
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
