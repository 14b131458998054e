/** Optimizer: how the gradients change the parameters. */
import { arrayOf, persistentTensor } from "../tensor/operations.ts";
import type { Tensor } from "../tensor/tensor.ts";

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

/** What all optimizers share: the parameters, the learning rate, and clearing the gradients. */
export abstract class Optimizer {
  /** How far a step goes; a schedule may change it between steps. */
  learningRate: number;
  /** What is being trained. */
  readonly parameters: readonly Optimizable[];
  /** How strongly weights are pulled towards zero. */
  readonly weightDecay: number;

  /**
   * @throws {RangeError} If there is nothing to train, or a constant is out of its range.
   */
  constructor(parameters: readonly Optimizable[], learningRate: number, weightDecay = 0) {
    if (!Array.isArray(parameters) || parameters.length === 0) {
      throw new RangeError("An optimizer takes a list of parameters to train and got none: pass model.parameters()");
    }
    this.parameters = parameters;
    this.learningRate = expectRange("learningRate", learningRate, 0, Infinity);
    this.weightDecay = expectRange("weightDecay", weightDecay, 0, Infinity);
  }

  /** Changes every parameter once, according to its gradient. The gradients stay as they are. */
  abstract step(): void;

  /** Sets all gradients to zero. `backward` adds, so call this once a step. */
  zeroGrad(): void {
    for (const { grad } of this.parameters) arrayOf(grad).fill(0);
  }

  /** Zeros beside every parameter, of its shape: what an optimizer remembers. */
  protected state(): Tensor[] {
    return this.parameters.map(({ value }) => persistentTensor(value.shape, value.dtype));
  }
}

/** Refuses a constant that is not in `[least, most)`. */
export function expectRange(option: string, value: number, least: number, most: number): number {
  if (!(value >= least && value < most)) {
    const range = most === Infinity ? `${least} up` : `${least} up to but not including ${most}`;
    throw new RangeError(`An optimizer takes ${option} from ${range} and got ${value}`);
  }
  return value;
}
