/** Makes the notebook's stop button end training after the current batch, with the model kept. */

/** Who trains asks for the flag between two batches; when nobody asked for this long, in milliseconds, there is nothing to stop. */
const UNHEARD = 500;

/** The flag that whatever can be stopped looks at. */
export interface InterruptFlag {
  /** [0] is not 0 once the stop button was pressed; whoever looks adds 1 to [1]. */
  slots: Int32Array<SharedArrayBuffer>;
  /** Forgets a request that nobody heard, so that it does not stop what runs next. */
  reset(): void;
}

/**
 * Listens for SIGINT, which Jupyter sends when the stop button is pressed. Without a listener the signal would end the kernel, and everything
 * learned with it. The other way to interrupt, by message, makes V8 drop whatever runs at that moment: in the middle of a batch, and a cell
 * that awaits would never end. That is why the course's own kernelspec asks for the signal.
 */
export function listenForInterrupt(): InterruptFlag {
  const slots = new Int32Array(new SharedArrayBuffer(8)); // [0] stop, [1] how often somebody asked
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
    // A system without signals: the stop button does what the kernel makes of it.
  }
  return { slots, reset };
}
