/** Layer: what every layer can do, and the checks that all layers share. */
import type { DType } from "../kernel/storage.ts";
import { describe } from "../tensor/describe.ts";
import { expectInteger, formatNumbers, refusal } from "../tensor/expect_number.ts";
import { arrayOf } from "../tensor/operations.ts";
import { checkShape, formatShape, sameShape, type Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { Parameter } from "./parameter.ts";

/** The options that every layer takes. */
export interface LayerOptions {
  /** What errors and summaries call it; a module numbers its layers that have no name. */
  name?: string;
}

/** The options of a layer with weights. */
export interface WeightedLayerOptions extends LayerOptions {
  /** The type of its weights and of the tensors that it takes; `"float32"` by default. */
  dtype?: DType;
}

/** Thrown for a shape that a layer refuses; the module around it adds what it knows about the layers before. */
export class ShapeError extends RangeError {
  override readonly name: string = "RangeError";
  /** The shape that was refused. */
  readonly found: Shape;

  constructor(message: string, found: Shape) {
    super(message);
    this.found = found;
  }
}

/**
 * A step of a network: `forward` computes, `backward` tells how much each input and each weight is to blame.
 *
 * `backward(gradOut)` takes the gradient of the loss with respect to the output of the *latest* `forward`, **adds** the
 * gradients of the layer's parameters to their `grad`, and returns the gradient with respect to the input. A layer
 * never writes into a tensor that it was given.
 *
 * @example Your own layer
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Layer, Tensor } from "@gradually/gradually";
 *
 * class Double extends Layer {
 *   forward(x: Tensor): Tensor {
 *     return x.times(2);
 *   }
 *   backward(gradOut: Tensor): Tensor {
 *     return gradOut.times(2);
 *   }
 * }
 * assertEquals(new Double().forward(Tensor.from([1, 2])).toArray(), [2, 4]);
 * ```
 */
export abstract class Layer {
  /** What errors and summaries call this layer. */
  name: string;
  /** Whether the layer is in training mode: dropout and batch norm behave differently in evaluation. */
  training: boolean = true;

  /** A layer with this name. */
  constructor(options: LayerOptions = {}) {
    this.name = options.name ?? "";
  }

  /** Computes the output, and keeps what `backward` needs. */
  abstract forward(x: Tensor): Tensor;

  /** Adds to the gradients of the parameters, and returns the gradient of the input. */
  abstract backward(gradOut: Tensor): Tensor;

  /** `backward` for the first layer of a network, where the gradient of the input (the images) is not needed. */
  backwardParameters(gradOut: Tensor): void {
    this.backward(gradOut);
  }

  /** The layers that this one is made of: those in its public fields, and in public fields that are lists. */
  innerLayers(): Layer[] {
    return [...new Set(fieldsOf(this).map(([, layer]) => layer))];
  }

  /** What training changes: the parameters in public fields, and those of the inner layers. */
  parameters(): Parameter[] {
    const own = Object.values(this).filter((field) => field instanceof Parameter);
    return [...new Set([...own, ...this.innerLayers().flatMap((layer) => layer.parameters())])];
  }

  /** What is learned without a gradient, such as the running statistics of batch norm. A checkpoint keeps it. */
  buffers(): { name: string; value: Tensor }[] {
    const buffers = this.innerLayers().flatMap((layer) => layer.buffers());
    return [...new Map(buffers.map((buffer) => [buffer.value, buffer])).values()];
  }

  /** The shape of the output for an input of this shape; throws as `forward` would. */
  outputShape(inputShape: Shape): number[] {
    return [...inputShape];
  }

  /** Sets the gradients to zero. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.zeroGrad();
  }

  /**
   * One step of plain gradient descent: every parameter moves against its gradient.
   * @throws {RangeError} If the learning rate is not a finite number; then nothing moves.
   */
  update(learningRate: number): void {
    if (!Number.isFinite(learningRate)) {
      throw refusal(`${this.label} takes a finite number as its learning rate`, learningRate);
    }
    for (const { value, grad } of this.parameters()) {
      const [weights, slopes] = [arrayOf(value), arrayOf(grad)];
      for (let i = 0; i < weights.length; i++) weights[i] -= learningRate * slopes[i];
    }
  }

  /** What an error calls this layer: its name, or its class. */
  get label(): string {
    return this.name || this.constructor.name;
  }

  /** What `forward` kept for `backward`; throws if there was no forward, or if its numbers were released. */
  protected saved<T>(value: T | undefined): T {
    if (value === undefined) {
      throw new Error(`${this.label}.backward takes what forward computed and got nothing: call forward first`);
    }
    if (value instanceof Tensor && isReleased(value)) {
      throw new Error(
        `${this.label}.backward takes what forward computed, and its memory was released: call forward again, ` +
          `as evaluate or fit ran since`,
      );
    }
    return value;
  }
}

/** The layers in the public fields of a layer, with their names: `fc`, or `blocks1`, `blocks2`, … for a list. */
export function fieldsOf(layer: Layer): [string, Layer][] {
  return Object.entries(layer).flatMap(([name, value]) => layersIn(name, value));
}

function layersIn(name: string, value: unknown): [string, Layer][] {
  if (value instanceof Layer) return [[name, value]];
  if (!Array.isArray(value) || typeof value[0] !== "object") return []; // do not walk through a long list of numbers
  return value.flatMap((item, i) => layersIn(`${name}${i + 1}`, item));
}

function isReleased(tensor: Tensor): boolean {
  try {
    arrayOf(tensor);
    return false;
  } catch {
    return true;
  }
}

/**
 * Runs `backwardParameters` of a layer if that belongs to its `backward`: whoever writes a `backward`, in a subclass or
 * on an instance, expects it to be called, and an inherited `backwardParameters` would skip it.
 */
export function backwardWithoutInput(layer: Layer, gradOut: Tensor): void {
  for (let owner: object = layer; owner !== Layer.prototype; owner = Object.getPrototypeOf(owner)) {
    if (Object.hasOwn(owner, "backwardParameters")) return layer.backwardParameters(gradOut);
    if (Object.hasOwn(owner, "backward")) break;
  }
  layer.backward(gradOut);
}

/**
 * Refuses a shape that does not fit a layer. `expected` holds sizes, and names for the axes that may be any size.
 * @throws {RangeError} If an axis is missing or of the wrong size, or the batch is empty.
 */
export function checkDimensions(
  layer: Layer,
  found: Shape,
  expected: readonly (number | string)[],
  hint?: (found: Shape) => string,
): void {
  checkShape(found);
  const fits = found.length === expected.length &&
    expected.every((axis, i) => typeof axis === "string" ? true : axis === found[i]);
  if (!fits) {
    const advice = hint?.(found);
    throw new ShapeError(
      `${layer.label} takes ${formatShape(expected)} and got ${formatShape(found)}${advice ? `: ${advice}` : ""}`,
      found,
    );
  }
  if (found[0] === 0) throw new ShapeError(`${layer.label} takes at least one sample and got an empty batch`, found);
}

/** Refuses a value that is not a tensor, or a tensor of another dtype than the layer's weights. */
export function expectTensor(layer: Layer, x: Tensor, dtype?: DType): void {
  if (!(x instanceof Tensor)) {
    throw new TypeError(`${layer.label} takes a tensor and got ${describe(x)}: make one with Tensor.from`);
  }
  if (dtype && x.dtype !== dtype) {
    throw new TypeError(
      `${layer.label} takes a ${dtype} tensor and got ${x.dtype}: give the layer dtype "${x.dtype}", ` +
        `or convert the tensor with clone({ dtype: "${dtype}" })`,
    );
  }
}

/** Refuses a gradient whose shape is not that of the output. */
export function expectGradient(layer: Layer, gradOut: Tensor, shape: Shape, dtype?: DType): void {
  expectTensor(layer, gradOut, dtype);
  if (!sameShape(gradOut.shape, shape)) {
    throw new RangeError(
      `${layer.label}.backward takes the gradient of its output, ${formatShape(shape)}, ` +
        `and got ${formatShape(gradOut.shape)}${sameShape(gradOut.shape.slice(1), shape.slice(1)) ? otherBatch : ""}`,
    );
  }
}

const otherBatch = ": it belongs to the latest forward, and evaluate and fit call forward, too";

/** A size: one number for both axes, or `[vertical, horizontal]`. */
export type Pair = number | readonly [number, number];

/** The two numbers of a {@linkcode Pair}, checked. */
export function expectPair(kind: string, option: string, value: Pair, min = 1): [number, number] {
  const pair = typeof value === "number" ? [value, value] : value;
  if (!Array.isArray(pair)) throw refusal(`${kind} takes ${option} as one number or [vertical, horizontal]`, pair);
  if (pair.length !== 2) {
    throw new RangeError(
      `${kind} takes ${option} as one number or [vertical, horizontal] and got ${formatNumbers(pair)}`,
    );
  }
  return [expectInteger(kind, option, pair[0], min), expectInteger(kind, option, pair[1], min)];
}
