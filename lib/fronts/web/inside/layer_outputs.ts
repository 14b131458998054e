/** layerOutputs: what each layer of a network makes of one sample. */

import type { Layer } from "../../../layers/mod.ts";
import type { Tensor } from "../../../tensor/mod.ts";
import { layersInRow } from "../draw/read_digit.ts";

/** One layer, with what went in and came out. */
export interface LayerOutput {
  /** Its name, after those of the modules around it: `features.conv1`. */
  readonly name: string;
  readonly layer: Layer;
  /** `[1, …]` */
  readonly input: Tensor;
  /** `[1, …]` */
  readonly output: Tensor;
}

/** Sends a sample, `[1, …]`, through the layers one by one, those of inner modules among them. */
export function layerOutputs(model: Layer, x: Tensor): LayerOutput[] {
  let input = x;
  return layersInRow(model).map(({ layer, name }) => {
    const step = { name, layer, input, output: layer.forward(input) };
    input = step.output;
    return step;
  });
}
