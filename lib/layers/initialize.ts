/** How the weights of a layer are initialized: normal, Xavier, He. */
import { foundName } from "../tensor/describe.ts";
import { refusal } from "../tensor/expect_number.ts";
import { Random } from "../tensor/random.ts";
import { arrayOf } from "../tensor/operations.ts";
import type { Parameter } from "./parameter.ts";

/** How many inputs an output depends on, and how many outputs an input reaches. */
export interface Fans {
  /** How many inputs an output depends on. */
  readonly fanIn: number;
  /** How many outputs an input reaches. */
  readonly fanOut: number;
}

/** Returns one initial weight. */
export type Initializer = (fans: Fans, random: Random) => number;

/** An initialization by name, or your own. */
export type Init = "normal" | "xavier" | "he" | "zeros" | Initializer;

/**
 * - `normal`: standard deviation 0.01. Fine for one layer; after ten, the signal has vanished.
 * - `xavier`: uniform in ±√(6 / (fanIn + fanOut)), which keeps the variance through tanh (Glorot and Bengio 2010).
 * - `he`: normal with standard deviation √(2 / fanIn): ReLU discards half of the signal, and the 2 makes up for it
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
 * Fills a parameter with initial values.
 *
 * Without `random` the seed is made of the layer's sizes: the same layer starts with the same numbers every time.
 * @throws {RangeError} If there is no initialization of that name, or it returns something other than a finite number.
 */
export function initialize(parameter: Parameter, fans: Fans, init: Init = "xavier", random?: Random): void {
  const draw = typeof init === "function" ? init : Object.hasOwn(initializers, init) ? initializers[init] : undefined;
  if (!draw) {
    throw new RangeError(
      `${parameter.name} takes init ${Object.keys(initializers).join(", ")} or a function and got ${foundName(init)}`,
    );
  }
  const source = random ?? new Random(fans.fanIn * 65537 + fans.fanOut);
  const array = arrayOf(parameter.value);
  for (let i = 0; i < array.length; i++) {
    const value = draw(fans, source);
    if (!Number.isFinite(value)) {
      throw refusal(`${parameter.name} takes an init that returns finite numbers`, value);
    }
    array[i] = value;
  }
}
