/** Optimizer: how the gradients change the parameters. */
import { clear, persistentTensor } from "../tensor/operations.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** What an optimizer needs of a parameter: any `Parameter` of a layer will do. */
export interface Optimizable {
  /** What errors call it. */
  readonly name: string;
  /** The numbers to change. */
  readonly value: Tensor;
  /** How the loss changes with each of them. */
  readonly grad: Tensor;
}

/** What every optimizer takes. */
export interface OptimizerOptions {
  /** How far a step goes. */
  learningRate?: number;
  /** How strongly weights are pulled towards zero; 0 unless told otherwise. */
  weightDecay?: number;
}

/**
 * What all optimizers share: the parameters, the learning rate, and clearing the gradients.
 *
 * @example An optimizer of your own looks only at the sign of the gradient
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
  /** How strongly weights are pulled towards zero. */
  readonly weightDecay: number;

  /**
   * An optimizer of these parameters.
   * @throws {TypeError} If something in the list is no parameter, a gradient has another type, or a constant is no number.
   * @throws {RangeError} If there is nothing to train, a parameter stands in the list twice, a gradient has another shape
   * than its parameter, or a constant is out of its range.
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
   * How far a step goes; a schedule may change it between steps.
   * @throws {RangeError} If it is set to what is no number from 0 up.
   */
  get learningRate(): number {
    return this.#learningRate;
  }

  set learningRate(rate: number) {
    this.#learningRate = expectRange("learningRate", rate, 0, Infinity);
  }

  /** Changes every parameter once, according to its gradient. The gradients stay as they are. */
  abstract step(): void;

  /** Sets all gradients to zero. `backward` adds, so call this once a step. */
  zeroGrad(): void {
    for (const { grad } of this.parameters) clear(grad);
  }

  /** Zeros beside every parameter, of its shape: what an optimizer remembers. */
  protected state(): Tensor[] {
    return this.parameters.map(({ value }) => persistentTensor(value.shape, value.dtype));
  }
}

function checkParameters(parameters: readonly Optimizable[]): void {
  const places = new Map<Tensor, number>();
  for (const [i, parameter] of parameters.entries()) {
    if (!(parameter?.value instanceof Tensor && parameter.grad instanceof Tensor)) {
      throw new TypeError(`An optimizer trains parameters and number ${i + 1} is none: pass model.parameters()`);
    }
    const { name, value, grad } = parameter, before = places.get(value);
    if (before !== undefined) {
      throw new RangeError(
        `An optimizer trains each parameter once, and number ${
          i + 1
        } of the list (${name}) is number ${before} again: ` +
          `pass each of them once`,
      );
    }
    if (!sameShape(value.shape, grad.shape)) {
      throw new RangeError(
        `${name} is ${formatShape(value.shape)} and its gradient is ${formatShape(grad.shape)}: ` +
          `a gradient has the shape of what it belongs to`,
      );
    }
    if (value.dtype !== grad.dtype) {
      throw new TypeError(
        `${name} is ${value.dtype} and its gradient is ${grad.dtype}: a gradient has the type of what it belongs to`,
      );
    }
    places.set(value, i + 1);
  }
}

/** Refuses an epsilon that is not above 0, or no longer is in the type of a parameter. */
export function expectEpsilon(epsilon: number, parameters: readonly Optimizable[]): number {
  if (typeof epsilon !== "number") {
    throw new TypeError(`An optimizer takes epsilon as a number and got ${typeof epsilon}`);
  }
  if (!(epsilon > 0 && epsilon < Infinity)) {
    throw new RangeError(`An optimizer takes epsilon above 0 and got ${epsilon}: without it 0 / 0 is no number`);
  }
  const single = parameters.find(({ value }) => value.dtype === "float32");
  if (single && Math.fround(epsilon) === 0) {
    throw new RangeError(
      `An epsilon of ${epsilon} is 0 in float32, the type of ${single.name}: take a larger one, for example 1e-8`,
    );
  }
  return epsilon;
}

/** Refuses a constant that is not in `[min, max)`. */
export function expectRange(option: string, value: number, min: number, max: number): number {
  if (typeof value !== "number") {
    throw new TypeError(`An optimizer takes ${option} as a number and got ${typeof value}`);
  }
  if (!(value >= min && value < max)) {
    const range = max === Infinity ? `${min} up` : `${min} up to but not including ${max}`;
    throw new RangeError(`An optimizer takes ${option} from ${range} and got ${value}`);
  }
  return value;
}
