/** How the weights of a layer start: normal, Xavier, He. */
import { Random } from "../tensor/random.ts";
import { arrayOf } from "../tensor/operations.ts";
import type { Parameter } from "./parameter.ts";

/** How many inputs one output sums, and how many outputs one input reaches. */
export interface Fans {
  /** How many inputs one output sums. */
  readonly fanIn: number;
  /** How many outputs one input reaches. */
  readonly fanOut: number;
}

/** Draws one weight. */
export type Initializer = (fans: Fans, random: Random) => number;

/** An initialisation by name, or one of your own. */
export type Init = "normal" | "xavier" | "he" | "zeros" | Initializer;

/**
 * - `normal`: standard deviation 0.01. Small enough for one layer; through ten, the signal is gone.
 * - `xavier`: uniform in ±√(6 / (fanIn + fanOut)), which keeps the variance through tanh (Glorot and Bengio 2010).
 * - `he`: normal with standard deviation √(2 / fanIn): ReLU throws half of the signal away, the 2 makes up for it
 *   (He et al. 2015).
 */
const initializers: Record<string, Initializer> = {
  normal: (_fans, random) => random.normal(0, 0.01),
  xavier: ({ fanIn, fanOut }, random) => {
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    return random.uniform(-limit, limit);
  },
  he: ({ fanIn }, random) => random.normal(0, Math.sqrt(2 / fanIn)),
  zeros: () => 0,
};

/**
 * Fills a parameter with starting values.
 *
 * Without `random` the numbers come from a seed made of the layer's sizes: the same layer starts the same, every time.
 * @throws {RangeError} If there is no initialisation of that name, or it gives what is no finite number.
 */
export function initialize(parameter: Parameter, fans: Fans, init: Init = "xavier", random?: Random): void {
  const draw = typeof init === "function" ? init : Object.hasOwn(initializers, init) ? initializers[init] : undefined;
  if (!draw) {
    throw new RangeError(
      `${parameter.name} takes init ${Object.keys(initializers).join(", ")} or a function, and got ${String(init)}`,
    );
  }
  const source = random ?? new Random(fans.fanIn * 65537 + fans.fanOut);
  const array = arrayOf(parameter.value);
  for (let i = 0; i < array.length; i++) {
    const value = draw(fans, source);
    if (!Number.isFinite(value)) {
      throw new RangeError(
        `The init of ${parameter.name} gave ${String(value)}: it takes a function that returns a number`,
      );
    }
    array[i] = value;
  }
}
