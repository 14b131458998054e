/** Finds the value of a cell when the kernel loses it: it passes values as JSON, and NaN, ∞, −0 and bigints have no such form. */

/** Deno's own tools, as far as this needs them. */
interface Core {
  setPromiseHooks?(...hooks: [undefined, undefined, undefined, (promise: Promise<unknown>) => void]): void;
  /** The state of a promise, 1 if it is fulfilled, and its value. */
  getPromiseDetails?(promise: Promise<unknown>): [number, unknown];
}

const PENDING = 0;
const FULFILLED = 1;
/** The engine puts the value of a cell into an object with this key, and resolves a promise with that. */
const RESULT = ".repl_result";
/** How many of the newest promises are looked at; between the end of a cell and the question there are about ten. */
const RECENT = 64;

/** Tells the values of cells. */
interface CellValues {
  /** The value of the cell that has just ended; undefined if it had none. Asked once for each cell. */
  take(): unknown;
}

/** Begins to remember values. */
export function rememberCellValues(): CellValues {
  const core = coreOfDeno();
  if (!core?.setPromiseHooks || !core.getPromiseDetails) return { take: () => undefined };
  const { getPromiseDetails } = core;
  const recent: (Promise<unknown> | undefined)[] = new Array(RECENT).fill(undefined);
  let at = 0;
  core.setPromiseHooks(undefined, undefined, undefined, (promise) => {
    recent[at] = promise;
    at = (at + 1) % RECENT;
  });
  return {
    take() {
      let value: unknown;
      for (let back = 1, found = false; back <= RECENT && !found; back++) {
        const promise = recent[(at - back + RECENT) % RECENT];
        if (!promise) continue;
        const [state, wrapped] = getPromiseDetails(promise);
        found = state === FULFILLED && typeof wrapped === "object" && wrapped !== null &&
          Object.hasOwn(wrapped, RESULT);
        if (found) value = (wrapped as Record<string, unknown>)[RESULT];
      }
      recent.fill(undefined); // a tensor must not stay in memory because of this
      return value;
    },
  };
}

/** Whether a value is a promise that is still pending. */
export function isPending(value: unknown): boolean {
  return value instanceof Promise && coreOfDeno()?.getPromiseDetails?.(value)[0] === PENDING;
}

function coreOfDeno(): Core | undefined {
  const { internal } = Deno as unknown as { internal?: symbol };
  return internal && (Deno as unknown as Record<symbol, { core?: Core } | undefined>)[internal]?.core;
}
