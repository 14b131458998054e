/** exportONNX: a network for other runtimes: a browser, a phone, an app. */
import { type Layer, Module } from "../../layers/mod.ts";
import { describe } from "../../tensor/describe.ts";
import { checkShape, type Shape } from "../../tensor/shape.ts";
import { model as encodeModel, node, value } from "./onnx.ts";
import type { Message } from "./protobuf.ts";
import { translate } from "./translate.ts";

/** The largest message that Protocol Buffers can hold, in bytes. */
const LARGEST = 2 ** 31 - 1;

/**
 * A network in the ONNX format, which onnxruntime runs in browsers, in apps, in Node and in Python. It computes what
 * the network computes in evaluation: dropout passes everything, batch norm uses its running statistics. The file takes
 * `input`, float32 `[batch, …inputShape]` with any number of samples, and gives `output`. Weights in float64 are rounded to
 * float32.
 *
 * It is written so that it agrees with this library to the last digits in onnxruntime 1.30 (IR version 8, opset 13). There,
 * the operator Sigmoid is 0 from −18 on, so a sigmoid becomes Neg, Exp, Add and Reciprocal; BatchNormalization loses
 * digits where the mean is large beside the deviation, so a batch norm becomes Sub, Mul and Add, with its factors computed
 * in float64.
 *
 * @param model Layers of the library that run one after the other, modules inside modules included.
 * @param inputShape The shape of one sample: `[1, 28, 28]`.
 * @returns The bytes of the file.
 * @throws {RangeError} If a layer is not one of the library, a module has a forward of its own, or the network does not take
 * the shape; the message names the layer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exportONNX, FC, Module, ReLU } from "@gradually/gradually";
 *
 * const model = new Module([new FC({ inFeatures: 2, outFeatures: 3 }), new ReLU()]);
 * const bytes = exportONNX(model, [2]); // await Deno.writeFile("model.onnx", bytes);
 * assertEquals(bytes[0], 8); // the first field: the version of the format
 * assertEquals(bytes[1], 8);
 * ```
 */
export function exportONNX(model: Module, inputShape: Shape): Uint8Array<ArrayBuffer> {
  if (!(model instanceof Module)) {
    throw new TypeError(
      `exportONNX takes a Module and got ${describe(model)}: wrap a single layer as new Module([layer])`,
    );
  }
  checkShape(inputShape);
  const layers = inRow(model, []);
  if (layers.length === 0) throw new RangeError("exportONNX takes a network of at least one layer and got none");
  const outputShape = model.outputShape([1, ...inputShape]); // a shape that does not fit is refused here
  const [nodes, constants]: [Message[], Message[]] = [[], []];
  let last = "input";
  let shape = [1, ...inputShape];
  for (const { layer, name } of layers) {
    const out = translate(layer, name, last, shape);
    nodes.push(...out.nodes);
    constants.push(...out.constants);
    last = out.output;
    shape = layer.outputShape(shape);
  }
  nodes.push(node("Identity", [last], "output"));
  const bytes = encodeModel(model.name || "network", {
    nodes,
    constants,
    input: value("input", ["batch", ...inputShape]),
    output: value("output", ["batch", ...outputShape.slice(1)]),
  });
  if (bytes.length > LARGEST) {
    throw new RangeError(
      `exportONNX takes networks of up to 2 GB, the most that ONNX can hold, and got ${bytes.length}`,
    );
  }
  return bytes;
}

/** The layers, one after the other, with their full names. */
function inRow(layer: Layer, path: readonly string[]): { layer: Layer; name: string }[] {
  if (!(layer instanceof Module)) return [{ layer, name: path.join(".") }];
  if (layer.forward !== Module.prototype.forward) {
    throw new RangeError(
      `exportONNX takes layers that run one after the other and got ${path.join(".") || layer.label}, a ` +
        `${layer.constructor.name} with a forward of its own: ONNX cannot say what it computes`,
    );
  }
  return layer.layers.flatMap((each) => inRow(each, [...path, each.name]));
}
