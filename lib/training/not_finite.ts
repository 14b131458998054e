/** notFinite: where the first number that is not finite arose, once a loss is NaN or infinite. */
import { type Layer, Module } from "../layers/mod.ts";
import type { Optimizer } from "../optimizers/mod.ts";
import { arrayOf } from "../tensor/operations.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { preserveState } from "./preserve_state.ts";

/** A number that is not finite. */
export interface NotFinite {
  /** Where it is: the index on each axis. */
  readonly index: readonly number[];
  /** NaN, Infinity or -Infinity. */
  readonly value: number;
}

/** The first number of a tensor that is not finite. */
export function firstNotFinite(tensor: Tensor): NotFinite | undefined {
  const array = arrayOf(tensor);
  for (let i = 0; i < array.length; i++) {
    if (!Number.isFinite(array[i])) return { index: indexOf(i, tensor.shape), value: array[i] };
  }
  return undefined;
}

function indexOf(position: number, shape: Shape): number[] {
  const index: number[] = [];
  for (const axis of shape.toReversed()) {
    index.unshift(position % axis);
    position = Math.floor(position / axis);
  }
  return index;
}

/** The layers that run one after the other, with their full names; a module with a forward of its own is one layer. */
export function layersInRow(layer: Layer, path: readonly string[] = []): { layer: Layer; name: string }[] {
  const inRow = layer instanceof Module && layer.forward === Module.prototype.forward;
  if (!inRow) return [{ layer, name: path.join(".") || layer.label }];
  return layer.layers.flatMap((inner) => layersInRow(inner, [...path, inner.label]));
}

/** A step whose loss is not finite. */
interface Failure {
  readonly model: Module;
  readonly x: Tensor;
  readonly logits: Tensor;
  readonly optimizer: Optimizer;
  readonly loss: number;
  readonly at: { readonly epoch: number; readonly iteration: number };
}

/** The error: what happened where, where it began, and what to do about it. */
export function notFinite({ model, x, logits, optimizer, loss, at: { epoch, iteration } }: Failure): RangeError {
  const found = firstNotFinite(x);
  const start = `The loss became ${loss} in epoch ${epoch}, iteration ${iteration}: `;
  if (found) {
    return new RangeError(
      `${start}the data has ${found.value} at ${formatShape(found.index)} of this batch ${formatShape(x.shape)}: ` +
        `look at the data. The weights are as they were before this step`,
    );
  }
  const rate = Number(optimizer.learningRate.toPrecision(3));
  return new RangeError(
    `${start}the learning rate (${rate}) is probably too large, so try a tenth of it. It began in ` +
      `${origin(model, x, logits)}. The weights are as they were before this step`,
  );
}

/** Where it began, with layer, pass and element. */
function origin(model: Module, x: Tensor, logits: Tensor): string {
  const layers = layersInRow(model);
  const broken = layers.findLast(({ layer }) => layer.parameters().some(({ grad }) => firstNotFinite(grad)));
  if (broken) { // the gradients are those of the step before: the layer nearest to the loss was the first
    const { name, grad } = broken.layer.parameters().find(({ grad }) => firstNotFinite(grad))!;
    const { index, value } = firstNotFinite(grad)!;
    return `${broken.name}.backward of the step before: the gradient of ${name} is ${value} at ${formatShape(index)}`;
  }
  for (const { name, value } of model.parameters()) {
    const found = firstNotFinite(value);
    if (found) return `the update of the step before: ${name} is ${found.value} at ${formatShape(found.index)}`;
  }
  return preserveState(model, () => {
    let out = x;
    for (const { layer, name } of layers) {
      out = layer.forward(out);
      const found = firstNotFinite(out);
      if (!found) continue;
      const { index, value } = found;
      return `${name}.forward: its output is ${value} at ${formatShape(index)} of ${formatShape(out.shape)}`;
    }
    return `the loss: the logits ${formatShape(logits.shape)} are finite`;
  });
}
