/** trace: one batch through a network, layer by layer, forward and backward, with all intermediate values. */
import type { Layer } from "../layers/mod.ts";
import { CrossEntropyLoss } from "../losses/mod.ts";
import { arrayOf } from "../tensor/operations.ts";
import type { Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { firstNotFinite, layersInRow, type NotFinite } from "./not_finite.ts";
import { preserveState } from "./preserve_state.ts";

/** The numbers of a tensor, summarized in four. */
export interface ValueRange {
  /** The smallest number. */
  readonly min: number;
  /** The mean of the numbers. */
  readonly mean: number;
  /** The largest number. */
  readonly max: number;
  /** How many are NaN. */
  readonly nans: number;
}

/** One layer, as a batch passed through it. */
export interface TraceStep {
  /** The layer's name, after those of the modules around it: `features.conv1`. */
  readonly name: string;
  /** The class of the layer: `Conv2D`. */
  readonly kind: string;
  /** The shape of the input. */
  readonly inputShape: Shape;
  /** The output. */
  readonly output: Tensor;
  /** The range of the output. */
  readonly outputRange: ValueRange;
  /** The gradient of the loss with respect to the output. */
  readonly gradOut: Tensor;
  /** The range of that gradient. */
  readonly gradOutRange: ValueRange;
  /** The gradients of the layer's parameters for this batch, with their ranges. */
  readonly parameters: readonly { readonly name: string; readonly grad: Tensor; readonly range: ValueRange }[];
  /** How long forward took, in milliseconds. */
  readonly forwardTime: number;
  /** How long backward took, in milliseconds. */
  readonly backwardTime: number;
}

/** What one batch does on its way through a network and back. */
export interface Trace {
  /** The batch. */
  readonly x: Tensor;
  /** The gradient of the loss with respect to the batch: how much each pixel matters. */
  readonly gradX: Tensor;
  /** The layers, in the order of forward. */
  readonly steps: readonly TraceStep[];
  /** The loss, if there are labels. */
  readonly loss: number | undefined;
  /** The first number that is not finite, in the order of computing; undefined if all are finite. */
  readonly notFinite: TraceFault | undefined;
}

/** Where a batch first meets a number that is not finite. */
export interface TraceFault extends NotFinite {
  /** The layer that computed it: `features.conv1`; `"x"` if it is in the batch, `"loss"` if it is in the loss. */
  readonly layer: string;
  /** Where the layer computed it. */
  readonly pass: "forward" | "backward";
  /** What has it: `output`, `the gradient of its input`, `the gradient of fc1.weight`. */
  readonly what: string;
}

/** The options of {@linkcode trace}. */
export interface TraceOptions {
  /**
   * The classes of the samples: then the gradients are those of the cross entropy, else those of the sum of all
   * outputs.
   */
  labels?: ArrayLike<number>;
}

/**
 * Sends one batch through a network and back, layer by layer, and keeps all intermediate values. Gradients and running
 * statistics are restored afterward. A module that overrides forward counts as one layer.
 *
 * @throws {RangeError} If the network does not take the batch or the labels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, Module, Random, Tensor, Tanh, trace } from "@gradually/gradually";
 *
 * const random = new Random(1);
 * const model = new Module([new FC({ inFeatures: 3, outFeatures: 2, random }), new Tanh()]);
 * const { steps, loss } = trace(model, Tensor.randn([4, 3], { random }), { labels: [0, 1, 0, 1] });
 * assertEquals(steps.map((step) => step.name), ["fc1", "tanh1"]);
 * assertEquals(steps[0].gradOut.shape, [4, 2]);
 * assertEquals(typeof loss, "number");
 * ```
 */
export function trace(model: Layer, x: Tensor, { labels }: TraceOptions = {}): Trace {
  const layers = layersInRow(model);
  const batch = x.clone();
  return preserveState(model, () => {
    const forward: { output: Tensor; time: number; inputShape: Shape }[] = [];
    let out = batch;
    for (const { layer } of layers) {
      const inputShape = out.shape;
      const { value, time } = timed(() => layer.forward(out));
      forward.push({ output: value, time, inputShape });
      out = value;
    }
    const loss = labels && new CrossEntropyLoss();
    const lossValue = loss?.forward(out, labels!);
    let grad = loss?.backward() ?? Tensor.ones(out.shape, { dtype: out.dtype });
    const steps: TraceStep[] = [];
    for (const [i, { layer, name }] of [...layers.entries()].toReversed()) {
      layer.zeroGrad();
      const gradOut = grad;
      const { value, time } = timed(() => layer.backward(gradOut));
      const { output, inputShape, time: forwardTime } = forward[i];
      steps.unshift({
        name,
        kind: layer.constructor.name,
        inputShape,
        output: output.clone(),
        outputRange: rangeOf(output),
        gradOut: gradOut.clone(),
        gradOutRange: rangeOf(gradOut),
        parameters: layer.parameters().map(({ name, grad }) => ({ name, grad: grad.clone(), range: rangeOf(grad) })),
        forwardTime,
        backwardTime: time,
      });
      grad = value;
    }
    const found = { x: batch, gradX: grad.clone(), steps, loss: lossValue };
    return { ...found, notFinite: firstFault(found) };
  });
}

/** Goes through everything in the order in which it was computed. */
function firstFault({ x, gradX, steps }: Omit<Trace, "notFinite">): TraceFault | undefined {
  const look = (tensor: Tensor, layer: string, pass: TraceFault["pass"], what: string): TraceFault | undefined => {
    const found = firstNotFinite(tensor);
    return found && { ...found, layer, pass, what };
  };
  const inputGradients = [gradX, ...steps.map(({ gradOut }) => gradOut)];
  const places = [
    () => look(x, "x", "forward", "the batch"),
    ...steps.map(({ name, output }) => () => look(output, name, "forward", "output")),
    () => look(inputGradients.at(-1)!, "loss", "backward", "the gradient of its input"),
    ...[...steps.entries()].toReversed().flatMap(([i, { name, parameters }]) => [
      ...parameters.map((each) => () => look(each.grad, name, "backward", `the gradient of ${each.name}`)),
      () => look(inputGradients[i], name, "backward", "the gradient of its input"),
    ]),
  ];
  for (const place of places) {
    const fault = place();
    if (fault) return fault;
  }
  return undefined;
}

function timed<T>(run: () => T): { value: T; time: number } {
  const start = performance.now();
  const value = run();
  return { value, time: performance.now() - start };
}

/** The smallest number, the mean, the largest number, and how many are NaN. */
function rangeOf(tensor: Tensor): ValueRange {
  let [min, max, sum, nans] = [Infinity, -Infinity, 0, 0];
  for (const value of arrayOf(tensor)) {
    if (Number.isNaN(value)) {
      nans++;
      continue;
    }
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return { min, mean: sum / (tensor.size - nans), max, nans };
}
