/** Parameter: numbers that training changes, with their gradient. */
import type { DType } from "../kernel/storage.ts";
import { describe } from "../tensor/describe.ts";
import { arrayOf, clear, persistentTensor } from "../tensor/operations.ts";
import { formatShape, sameShape, type Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * A weight or a bias of a layer, with its gradient.
 *
 * Assigning to `value` or `grad` copies the numbers in; the tensor itself stays the same, so that an optimizer that
 * holds it goes on training the layer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, Tensor } from "@gradually/gradually";
 *
 * const fc = new FC({ inFeatures: 2, outFeatures: 1 });
 * fc.weight.value = Tensor.from([[3], [4]]);
 * assertEquals(fc.forward(Tensor.from([[1, 10]])).toArray(), [[43]]);
 * ```
 */
export class Parameter {
  /** Its layer and its role there: `conv1.weight`. */
  name: string;
  readonly #value: Tensor;
  readonly #grad: Tensor;

  /** Zeros of this shape; the layer fills them. */
  constructor(name: string, shape: Shape, dtype: DType) {
    this.name = name;
    this.#value = persistentTensor(shape, dtype);
    this.#grad = persistentTensor(shape, dtype);
  }

  /** The numbers themselves. */
  get value(): Tensor {
    return this.#value;
  }

  set value(tensor: Tensor) {
    this.#copy("value", tensor, this.#value);
  }

  /** The gradient of the loss with respect to each of them; `backward` adds to it, `zeroGrad` clears it. */
  get grad(): Tensor {
    return this.#grad;
  }

  set grad(tensor: Tensor) {
    this.#copy("grad", tensor, this.#grad);
  }

  /** Sets the gradient to zero. */
  zeroGrad(): void {
    clear(this.#grad);
  }

  #copy(what: string, from: Tensor, to: Tensor): void {
    if (!(from instanceof Tensor)) {
      throw new TypeError(
        `${this.name}.${what} takes a tensor ${formatShape(to.shape)} and got ${describe(from)}: use Tensor.from`,
      );
    }
    if (!sameShape(from.shape, to.shape)) {
      throw new RangeError(
        `${this.name}.${what} takes ${formatShape(to.shape)} and got ${formatShape(from.shape)}`,
      );
    }
    arrayOf(to).set(arrayOf(from));
  }
}
