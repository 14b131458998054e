/** translate: a layer as nodes of ONNX. */
import {
  AvgPool2D,
  BatchNorm,
  Conv2D,
  Dropout,
  FC,
  Flatten,
  type Layer,
  MaxPool2D,
  ReLU,
  Sigmoid,
  Softmax,
  Tanh,
} from "../../layers/mod.ts";
import { isBuiltIn } from "../../layers/built_in.ts";
import { arrayOf } from "../../tensor/operations.ts";
import type { Shape } from "../../tensor/shape.ts";
import { constant, node } from "./onnx.ts";
import type { Message } from "./protobuf.ts";

/** What a layer becomes. */
interface Translation {
  readonly nodes: readonly Message[];
  readonly constants: readonly Message[];
  /** The name of its output; that of its input if it does nothing. */
  readonly output: string;
}

/**
 * A layer as nodes.
 *
 * @param name Its full name: `features.conv1`.
 * @param input The name of its input.
 * @param inputShape The shape of that: `[1, C, H, W]`.
 * @throws {RangeError} If it is not a layer of the library.
 */
export function translate(layer: Layer, name: string, input: string, inputShape: Shape): Translation {
  const single = (operator: string, attributes = {}): Translation => ({
    nodes: [node(operator, [input], name, attributes)],
    constants: [],
    output: name,
  });
  switch (isBuiltIn(layer) ? layer.constructor : undefined) {
    case FC:
      return weighted("Gemm", layer as FC, name, input, {});
    case Conv2D: {
      const { kernelSize, stride, padding: [rows, columns] } = layer as Conv2D;
      const pads = [rows, columns, rows, columns];
      return weighted("Conv", layer as Conv2D, name, input, { kernel_shape: kernelSize, strides: stride, pads });
    }
    case MaxPool2D:
    case AvgPool2D: {
      const { kernelSize, stride } = layer as MaxPool2D;
      const operator = layer instanceof MaxPool2D ? "MaxPool" : "AveragePool";
      return single(operator, { kernel_shape: kernelSize, strides: stride });
    }
    case BatchNorm:
      return normalized(layer as BatchNorm, name, input, inputShape);
    case Sigmoid:
      return sigmoid(name, input);
    case ReLU:
      return single("Relu");
    case Tanh:
      return single("Tanh");
    case Softmax:
      return single("Softmax", { axis: 1 });
    case Flatten:
      return single("Flatten", { axis: 1 });
    case Dropout:
      return { nodes: [], constants: [], output: input };
    default:
      throw new RangeError(
        `exportONNX takes layers of the library and got ${name}, a ${layer.constructor.name}: ` +
          `ONNX cannot say what it computes`,
      );
  }
}

/** A layer with a weight and perhaps a bias. `[in, out]` is what Gemm takes by default, `[out, in, kh, kw]` what Conv takes. */
function weighted(
  operator: string,
  { weight, bias }: FC | Conv2D,
  name: string,
  input: string,
  attributes: Record<string, number | readonly number[]>,
): Translation {
  const constants = [constant(`${name}.weight`, weight.value.shape, arrayOf(weight.value))];
  if (bias) constants.push(constant(`${name}.bias`, bias.value.shape, arrayOf(bias.value)));
  const inputs = [input, `${name}.weight`, ...bias ? [`${name}.bias`] : []];
  return { nodes: [node(operator, inputs, name, attributes)], constants, output: name };
}

/** (x - mean) · factor + beta, with factor = gamma / √(variance + epsilon) in float64. */
function normalized(
  { gamma, beta, runningMean, runningVar, epsilon, features }: BatchNorm,
  name: string,
  input: string,
  inputShape: Shape,
): Translation {
  const shape = inputShape.length === 4 ? [features, 1, 1] : [features];
  const [scale, variance] = [arrayOf(gamma.value), arrayOf(runningVar)];
  const factor = Float64Array.from(scale, (each, c) => each / Math.sqrt(variance[c] + epsilon));
  return {
    nodes: [
      node("Sub", [input, `${name}.mean`], `${name}.centered`),
      node("Mul", [`${name}.centered`, `${name}.factor`], `${name}.scaled`),
      node("Add", [`${name}.scaled`, `${name}.shift`], name),
    ],
    constants: [
      constant(`${name}.mean`, shape, arrayOf(runningMean)),
      constant(`${name}.factor`, shape, factor),
      constant(`${name}.shift`, shape, arrayOf(beta.value)),
    ],
    output: name,
  };
}

/** 1 / (1 + e⁻ˣ), which keeps all digits of a small result. */
function sigmoid(name: string, input: string): Translation {
  return {
    nodes: [
      node("Neg", [input], `${name}.negative`),
      node("Exp", [`${name}.negative`], `${name}.power`),
      node("Add", [`${name}.power`, `${name}.one`], `${name}.sum`),
      node("Reciprocal", [`${name}.sum`], name),
    ],
    constants: [constant(`${name}.one`, [], [1])],
    output: name,
  };
}
