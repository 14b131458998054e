/**
 * Which layers keep the tensors they meet to themselves.
 *
 * The tensors that pass from layer to layer inside a module are seen by nobody else, if every layer of it is one of
 * ours: those hold what they need in private fields, and let go of it at their next forward. So the module may give that
 * memory back at once, in place of waiting for the garbage collector. A layer that somebody else wrote may have kept a
 * tensor; then nothing is given back, and all that is lost is a little speed.
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

const ours = new Set<unknown>([
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

/** Whether `layer` is one of ours exactly (not a subclass), with its own methods. */
export function isOurs(layer: Layer): boolean {
  return ours.has(layer.constructor) && !Object.hasOwn(layer, "forward") && !Object.hasOwn(layer, "backward");
}
