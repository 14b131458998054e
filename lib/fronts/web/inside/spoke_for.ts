/** spokeFor: which pixels of an image spoke for a class, and which against it. */

import type { Module } from "../../../layers/mod.ts";
import { Tensor } from "../../../tensor/mod.ts";

/**
 * The gradient of the score of a class with respect to each pixel, times that pixel: how much of the score goes away,
 * to first order, when the pixel does. Gradients of the network's parameters are cleared.
 *
 * @param model A network in evaluation mode that gives `[1, classes]`.
 * @param x One image, `[1, …]`.
 * @returns As many numbers as the image has.
 */
export function spokeFor(model: Module, x: Tensor, ofClass: number): Float32Array {
  const scores = model.forward(x);
  const only = Tensor.zeros(scores.shape, { dtype: x.dtype });
  only.data[ofClass] = 1;
  const gradient = model.backward(only);
  model.zeroGrad();
  return Float32Array.from(x.data, (pixel, i) => pixel * gradient.data[i]);
}
