/** Optimizer: how the gradients change the parameters. */
import { describe } from "../tensor/describe.ts";
import { expectNumber } from "../tensor/expect_number.ts";
import { clear, persistentTensor } from "../tensor/operations.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** What an optimizer needs of a parameter; a layer's `Parameter` has all of it. */
export interface Optimizable {
  /** What errors call it. */
  readonly name: string;
  /** The numbers to change. */
  readonly value: Tensor;
  /** The gradient of the loss with respect to each of them. */
  readonly grad: Tensor;
}

/** What every optimizer takes. */
export interface OptimizerOptions {
  /** The size of a step. */
  learningRate?: number;
  /** How strongly weights are pulled toward zero; 0 by default. */
  weightDecay?: number;
}

/**
 * What all optimizers share: the parameters, the learning rate, and clearing the gradients.
 *
 * @example Your own optimizer uses only the sign of the gradient
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, Optimizer, Tensor } from "@gradually/gradually";
 *
 * class SignSGD extends Optimizer {
 *   step(): void {
 *     for (const { value, grad } of this.parameters) {
 *       grad.data.forEach((g, i) => value.data[i] -= this.learningRate * Math.sign(g));
 *     }
 *   }
 * }
 * const fc = new FC({ inFeatures: 2, outFeatures: 1, bias: false, init: "zeros" });
 * fc.weight.grad = Tensor.from([[123], [-0.4]]);
 * new SignSGD(fc.parameters(), 0.5).step();
 * assertEquals(fc.weight.value.toArray(), [[-0.5], [0.5]]);
 * ```
 */
export abstract class Optimizer {
  #learningRate: number;
  /** What is being trained. */
  readonly parameters: readonly Optimizable[];
  /** How strongly weights are pulled toward zero. */
  readonly weightDecay: number;
  /** How many steps it has taken; `step` of a subclass counts them if its formula needs them. */
  steps: number = 0;
  readonly #memory: Tensor[] = [];

  /**
   * An optimizer of these parameters.
   * @throws {TypeError} If something in the list is not a parameter, a gradient has another type, or a constant is not
   * a number.
   * @throws {RangeError} If there is nothing to train, a parameter is in the list twice, a gradient has another shape
   * than its parameter, or a constant is out of range.
   */
  constructor(parameters: readonly Optimizable[], learningRate: number, weightDecay = 0) {
    if (!Array.isArray(parameters) || parameters.length === 0) {
      throw new RangeError("An optimizer takes a list of parameters to train and got none: pass model.parameters()");
    }
    checkParameters(parameters);
    this.parameters = parameters;
    this.#learningRate = expectRange("learningRate", learningRate, 0, Infinity);
    this.weightDecay = expectRange("weightDecay", weightDecay, 0, Infinity);
  }

  /**
   * The size of a step; a schedule may change it between steps.
   * @throws {RangeError} If it is set to a number below 0, to NaN or to ∞.
   */
  get learningRate(): number {
    return this.#learningRate;
  }

  set learningRate(rate: number) {
    this.#learningRate = expectRange("learningRate", rate, 0, Infinity);
  }

  /** Updates every parameter once, by its gradient. The gradients stay as they are. */
  abstract step(): void;

  /** Sets all gradients to zero. `backward` adds, so call this once a step. */
  zeroGrad(): void {
    for (const { grad } of this.parameters) clear(grad);
  }

  /** All tensors that it keeps between steps. A checkpoint of `fit` has them, and `steps`; it knows of nothing else. */
  get memory(): readonly Tensor[] {
    return this.#memory;
  }

  /** A tensor of zeros for every parameter, with its shape: state that the optimizer keeps between steps. */
  protected state(): Tensor[] {
    const tensors = this.parameters.map(({ value }) => persistentTensor(value.shape, value.dtype));
    this.#memory.push(...tensors);
    return tensors;
  }
}

function checkParameters(parameters: readonly Optimizable[]): void {
  const places = new Map<Tensor, number>();
  for (const [i, parameter] of parameters.entries()) {
    if (!(parameter?.value instanceof Tensor && parameter.grad instanceof Tensor)) {
      throw new TypeError(
        `An optimizer takes parameters and got ${describe(parameter)} as number ${i + 1}: pass model.parameters()`,
      );
    }
    const { name, value, grad } = parameter, before = places.get(value);
    if (before !== undefined) {
      throw new RangeError(
        `An optimizer takes each parameter once and got number ${before} of the list again as number ${
          i + 1
        } (${name}): ` +
          `pass each of them once`,
      );
    }
    if (!sameShape(value.shape, grad.shape)) {
      throw new RangeError(
        `An optimizer takes a gradient ${formatShape(value.shape)} for ${name} and got ${formatShape(grad.shape)}: ` +
          `a gradient has the shape of its parameter`,
      );
    }
    if (value.dtype !== grad.dtype) {
      throw new TypeError(
        `An optimizer takes a ${value.dtype} gradient for ${name} and got ${grad.dtype}: ` +
          `a gradient has the dtype of its parameter`,
      );
    }
    places.set(value, i + 1);
  }
}

/** Refuses an epsilon that is not above 0, or that becomes 0 in the dtype of a parameter. */
export function expectEpsilon(epsilon: number, parameters: readonly Optimizable[]): number {
  expectNumber("An optimizer", "epsilon", epsilon);
  if (!(epsilon > 0 && epsilon < Infinity)) {
    throw new RangeError(`An optimizer takes epsilon above 0 and got ${epsilon}: it keeps 0 / 0 from happening`);
  }
  const single = parameters.find(({ value }) => value.dtype === "float32");
  if (single && Math.fround(epsilon) === 0) {
    throw new RangeError(
      `An optimizer takes epsilon above 0 in float32, the dtype of ${single.name}, and got ${epsilon}, which becomes ` +
        `0: take a larger one, for example 1e-8`,
    );
  }
  return epsilon;
}

/** Refuses a constant that is not in `[min, max)`. */
export function expectRange(option: string, value: number, min: number, max: number): number {
  expectNumber("An optimizer", option, value);
  if (!(value >= min && value < max)) {
    const range = max === Infinity ? `of at least ${min}` : `from ${min} up to but not including ${max}`;
    throw new RangeError(`An optimizer takes a ${option} ${range} and got ${value}`);
  }
  return value;
}
