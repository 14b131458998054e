/** Dropout: in training, sets some numbers to zero. */
import { kernelFor } from "../kernel/select.ts";
import type { DType } from "../kernel/storage.ts";
import { describe } from "../tensor/describe.ts";
import { refusal, within } from "../tensor/expect_number.ts";
import { arrayOf, copyAs, emptyTensor, release } from "../tensor/operations.ts";
import { drawMask } from "../tensor/draw_mask.ts";
import { Random } from "../tensor/random.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectGradient, expectTensor, Layer, type LayerOptions } from "./layer.ts";

/** The options of {@linkcode Dropout}. */
export interface DropoutOptions extends LayerOptions {
  /** The share of numbers that become zero, from 0 up to but not including 1. */
  rate: number;
  /** The source of the masks. */
  random: Random;
}

/**
 * Dropout (Srivastava et al. 2014), in its inverted form: in training each number becomes zero with probability
 * `rate`, and the others are scaled by 1 / (1 - rate), so that the mean stays; in evaluation nothing happens.
 *
 *     y  = x · mask        mask is 0 or 1 / (1 - rate), drawn again for every forward
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
  /** The share of numbers that become zero. */
  readonly rate: number;
  /** The source of the masks. */
  readonly random: Random;
  #seen: { shape: Shape; dtype: DType; mask: Tensor | undefined } | undefined; // by forward, for backward; without a mask all pass
  #frozen: { random: Random; masks: Map<string, Tensor> } | undefined; // while masks are kept, by shape and type

  /**
   * A dropout of this rate.
   * @throws {RangeError} If the rate is not in [0, 1).
   * @throws {TypeError} If there is no source of random numbers.
   */
  constructor({ rate, random, name }: DropoutOptions) {
    super({ name });
    if (!within(rate, 0, 1) || rate === 1) {
      throw refusal("Dropout takes a rate from 0 up to but not including 1", rate, "0.5 drops half of the numbers");
    }
    if (!(random instanceof Random)) {
      throw new TypeError(
        `Dropout takes { random } as a Random and got ${describe(random)}: pass for example new Random(1)`,
      );
    }
    this.rate = rate;
    this.random = random;
  }

  /**
   * While this is set, every forward of one shape and type uses one mask: a gradient check needs the same function
   * twice. These masks come from a separate source, so that the training after it draws the masks that it would have
   * drawn anyway.
   */
  get frozen(): boolean {
    return this.#frozen !== undefined;
  }

  set frozen(frozen: boolean) {
    if (frozen === this.frozen) return;
    this.#frozen = frozen ? { random: new Random(1), masks: new Map() } : undefined;
    this.#seen = undefined;
  }

  /** In training some numbers become zero and the others are scaled up; in evaluation all pass unchanged. */
  forward(x: Tensor): Tensor {
    expectTensor(this, x);
    this.#releaseMask();
    const mask = this.training ? this.#maskFor(x) : undefined;
    this.#seen = { shape: x.shape, dtype: x.dtype, mask };
    return mask ? product(x, mask) : copyAs(x.shape, x);
  }

  /** Only the numbers that passed get a gradient. */
  backward(gradOut: Tensor): Tensor {
    const { shape, dtype, mask } = this.saved(this.#seen);
    expectGradient(this, gradOut, shape, dtype);
    return mask ? product(gradOut, mask) : copyAs(shape, gradOut);
  }

  /** Nobody else has ever seen the mask of the forward before; those of a frozen dropout are used again. */
  #releaseMask(): void {
    const mask = this.#frozen ? undefined : this.#seen?.mask;
    if (mask) release(mask);
    this.#seen = undefined;
  }

  #maskFor(x: Tensor): Tensor {
    if (!this.#frozen) return this.#draw(x, this.random);
    const { random, masks } = this.#frozen;
    const kind = String(x);
    const mask = masks.get(kind) ?? this.#draw(x, random);
    masks.set(kind, mask);
    return mask;
  }

  #draw(x: Tensor, random: Random): Tensor {
    const mask = emptyTensor(x.shape, x);
    drawMask(random, arrayOf(mask), this.rate);
    return mask;
  }
}

function product(a: Tensor, b: Tensor): Tensor {
  const out = emptyTensor(a.shape, a);
  kernelFor(a.dtype).multiply(arrayOf(a), arrayOf(b), arrayOf(out));
  return out;
}
