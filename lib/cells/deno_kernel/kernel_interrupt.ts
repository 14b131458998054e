/** Makes the notebook's stop button end training after the current batch, so that the model is kept. */

/** Training reads the flag between two batches; if nobody has read it for this many milliseconds, there is nothing to stop. */
const UNHEARD = 500;

/** The flag that code reads if it can be stopped. */
export interface InterruptFlag {
  /** [0] is not 0 once the stop button has been pressed; whoever reads it adds 1 to [1]. */
  slots: Int32Array<SharedArrayBuffer>;
  /** Clears a request that nobody noticed, so that it does not stop the code that runs next. */
  reset(): void;
}

/**
 * Listens for SIGINT, which Jupyter sends when the stop button is pressed. Without a listener the signal would end the kernel, and
 * everything that the model has learned would be lost. The other way to interrupt, by message, makes V8 drop whatever runs at that moment:
 * training would stop in the middle of a batch, and a cell that awaits would never end. That is why the project's kernelspec asks for the
 * signal.
 */
export function listenForInterrupt(): InterruptFlag {
  const slots = new Int32Array(new SharedArrayBuffer(8)); // [0] stop, [1] how often it was read
  const reset = (): void => void Atomics.store(slots, 0, 0);
  let watching: ReturnType<typeof setInterval> | undefined;
  try {
    Deno.addSignalListener("SIGINT", () => {
      Atomics.store(slots, 0, 1);
      let asked = Atomics.load(slots, 1);
      clearInterval(watching);
      watching = setInterval(() => {
        const now = Atomics.load(slots, 1);
        if (now === asked) {
          reset();
          clearInterval(watching);
        }
        asked = now;
      }, UNHEARD);
    });
  } catch {
    // A system without signals: the stop button does whatever the kernel does by default.
  }
  return { slots, reset };
}
