/** readDigit: what a network says of a drawn digit, and what its layers saw. */

import { type Layer, Module } from "../../../layers/mod.ts";
import { Softmax } from "../../../layers/mod.ts";
import { Tensor } from "../../../tensor/mod.ts";
import { SIDE } from "./mnist_image.ts";

/** The maps of one layer. */
interface Maps {
  /** The layer, after those around it: `conv1`. */
  readonly name: string;
  /** `[1, C, H, W]` */
  readonly output: Tensor;
}

/** What the network says. */
export interface Reading {
  /** Of the classes, in their order; their sum is 1. */
  readonly probabilities: Float32Array;
  /** The most probable class. */
  readonly digit: number;
  /** The outputs of the layers that give images, in their order. */
  readonly maps: readonly Maps[];
}

/**
 * Reads an image.
 *
 * @param model A network that gives a score for each class, in evaluation mode.
 * @param image 28 × 28 numbers, as {@linkcode mnistImage} gives them.
 */
export function readDigit(model: Module, image: Float32Array): Reading {
  const maps: Maps[] = [];
  let output = Tensor.from(image, [1, 1, SIDE, SIDE]);
  for (const { layer, name } of layersInRow(model)) {
    output = layer.forward(output);
    if (output.shape.length === 4) maps.push({ name, output });
  }
  const probabilities = new Softmax().forward(output);
  return { probabilities: Float32Array.from(probabilities.data), digit: probabilities.argmax()[0], maps };
}

/** The layers in the order in which they run, those of inner modules among them. */
export function layersInRow(layer: Layer, path: readonly string[] = []): { layer: Layer; name: string }[] {
  const isRow = layer instanceof Module && layer.forward === Module.prototype.forward;
  if (!isRow) return [{ layer, name: path.join(".") || layer.label }];
  return layer.layers.flatMap((inner) => layersInRow(inner, [...path, inner.label]));
}
