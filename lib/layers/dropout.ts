/** Dropout: in training, some numbers are left out. */
import { kernelFor } from "../kernel/select.ts";
import { arrayOf, copyAs, emptyTensor } from "../tensor/operations.ts";
import type { Random } from "../tensor/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectGradient, expectTensor, Layer, type LayerOptions } from "./layer.ts";

/** The options of {@linkcode Dropout}. */
export interface DropoutOptions extends LayerOptions {
  /** The share of numbers that are left out, from 0 up to but not including 1. */
  rate: number;
  /** Where the masks are drawn from. */
  random: Random;
}

/**
 * Dropout (Srivastava et al. 2014), in its inverted form: in training each number is set to zero with probability
 * `rate`, and the others grow by 1 / (1 - rate), so that the mean stays; in evaluation nothing happens.
 *
 *     y  = x · mask        mask is 0 or 1 / (1 - rate), drawn anew at every forward
 *     dx = dy · mask
 *
 * @example In evaluation nothing happens
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dropout, Random, Tensor } from "@gradually/gradually";
 *
 * const dropout = new Dropout({ rate: 0.5, random: new Random(1) });
 * dropout.training = false;
 * assertEquals(dropout.forward(Tensor.from([1, 2])).toArray(), [1, 2]);
 * ```
 */
export class Dropout extends Layer {
  /** The share of numbers that are left out. */
  readonly rate: number;
  readonly #random: Random;
  #mask: Tensor | undefined;
  #frozen = false;

  /** @throws {RangeError} If the rate is not in [0, 1). */
  constructor({ rate, random, name }: DropoutOptions) {
    super({ name });
    if (!(rate >= 0 && rate < 1)) {
      throw new RangeError(
        `Dropout takes a rate from 0 up to but not including 1 and got ${rate}: 0.5 leaves out half`,
      );
    }
    if (!random) throw new TypeError("Dropout draws its masks from { random }: pass for example new Random(1)");
    this.rate = rate;
    this.#random = random;
  }

  /** Keeps the mask of the last forward for the next ones: a gradient check needs the same function twice. */
  set frozen(frozen: boolean) {
    this.#frozen = frozen;
  }

  forward(x: Tensor): Tensor {
    expectTensor(this, x);
    if (!this.training) {
      this.#mask = undefined;
      return copyAs(x.shape, x);
    }
    const mask = this.#frozen && this.#mask?.size === x.size ? this.#mask : this.#draw(x);
    this.#mask = mask;
    return product(x, mask);
  }

  backward(gradOut: Tensor): Tensor {
    expectTensor(this, gradOut);
    if (!this.#mask) return copyAs(gradOut.shape, gradOut);
    expectGradient(this, gradOut, this.#mask.shape, this.#mask.dtype);
    return product(gradOut, this.#mask);
  }

  #draw(x: Tensor): Tensor {
    const mask = emptyTensor(x.shape, x);
    const array = arrayOf(mask);
    const kept = 1 / (1 - this.rate);
    for (let i = 0; i < array.length; i++) array[i] = this.#random.uniform() < this.rate ? 0 : kept;
    return mask;
  }
}

function product(a: Tensor, b: Tensor): Tensor {
  const out = emptyTensor(a.shape, a);
  kernelFor(a.dtype).multiply(arrayOf(a), arrayOf(b), arrayOf(out));
  return out;
}
