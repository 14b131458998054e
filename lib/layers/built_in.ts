/**
 * isBuiltIn: whether a layer is known to keep no reference to a tensor that somebody else can see.
 *
 * The tensors that pass from layer to layer inside a module are seen by nobody else if every layer is built in: these
 * hold what they need in private fields, and drop it at their next forward. So the module may release that memory at
 * once instead of waiting for the garbage collector. A layer that somebody else wrote may have kept a tensor; then
 * nothing is released, which costs a little speed.
 */
import { AvgPool2D } from "./avg_pool2d.ts";
import { BatchNorm } from "./batch_norm.ts";
import { Conv2D } from "./conv2d.ts";
import { Dropout } from "./dropout.ts";
import { FC } from "./fc.ts";
import { Flatten } from "./flatten.ts";
import type { Layer } from "./layer.ts";
import { MaxPool2D } from "./max_pool2d.ts";
import { ReLU } from "./relu.ts";
import { Sigmoid } from "./sigmoid.ts";
import { Softmax } from "./softmax.ts";
import { Tanh } from "./tanh.ts";

const builtIn = new Set<unknown>([
  AvgPool2D,
  BatchNorm,
  Conv2D,
  Dropout,
  FC,
  Flatten,
  MaxPool2D,
  ReLU,
  Sigmoid,
  Softmax,
  Tanh,
]);

/** Whether the class of `layer` is exactly one of these (not a subclass), and its methods are the class's. */
export function isBuiltIn(layer: Layer): boolean {
  return builtIn.has(layer.constructor) && !Object.hasOwn(layer, "forward") && !Object.hasOwn(layer, "backward");
}
