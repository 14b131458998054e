/** explainValue: how one number in the output of a layer came about, with all the numbers in it. */

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
} from "../../../layers/mod.ts";
import type { Tensor } from "../../../tensor/mod.ts";
import { type Window, windowsOf } from "./windows_of.ts";

/** A number of the input times a weight. */
export interface Term {
  /** The place of the number in the input of one sample. */
  readonly from: number;
  readonly input: number;
  readonly weight: number;
  readonly product: number;
}

/** How a number came about. */
export interface Explanation {
  /** In one line, with names for the numbers: `(x − mean) / √(variance + ε) · γ + β`. */
  readonly formula: string;
  /** What the layer looked at, for a layer with windows: one window for each channel that counts. */
  readonly windows: readonly Window[];
  /** The products that are summed, for a fully connected layer; those that matter most first. */
  readonly terms: readonly Term[];
  /** Further numbers, by name. */
  readonly numbers: readonly (readonly [name: string, value: number])[];
  /** The result, computed from these numbers. */
  readonly value: number;
}

/**
 * Explains a number in the output of one of the library's layers, in evaluation mode.
 *
 * @param x The input of one sample, `[1, …]`.
 * @param at The place of the number in the output of this sample.
 * @returns undefined for a layer that the library does not have.
 */
export function explainValue(layer: Layer, x: Tensor, at: number): Explanation | undefined {
  const data = x.data;
  if (layer instanceof Conv2D) return explainConv(layer, x, at);
  if (layer instanceof FC) return explainFC(layer, data, at);
  if (layer instanceof MaxPool2D || layer instanceof AvgPool2D) return explainPool(layer, x, at);
  if (layer instanceof BatchNorm) return explainBatchNorm(layer, x, at);
  if (layer instanceof Softmax) return explainSoftmax(x, at);
  const simple = SIMPLE.find(([kind]) => layer instanceof kind);
  if (!simple) return undefined;
  const [, formula, f] = simple;
  return explanation({ formula, numbers: [["x", data[at]]], value: f(data[at]) });
}

/** The layers that take each number by itself. */
const SIMPLE: readonly (readonly [new (...given: never[]) => Layer, string, (x: number) => number])[] = [
  [ReLU, "max(x, 0)", (x) => Math.max(x, 0)],
  [Tanh, "tanh x", Math.tanh],
  [Sigmoid, "1 / (1 + e⁻ˣ)", (x) => 1 / (1 + Math.exp(-x))],
  [Flatten, "x, in another shape", (x) => x],
  [Dropout, "x: nothing is dropped in evaluation", (x) => x],
];

function explanation(
  given: Partial<Explanation> & { formula: string; value: number },
): Explanation {
  return { windows: [], terms: [], numbers: [], ...given };
}

function explainConv(layer: Conv2D, x: Tensor, at: number): Explanation {
  const { channel, windows } = windowsOf(layer, x, at);
  const bias = layer.bias?.value.data[channel];
  const value = windows.reduce((sum, window) => sum + window.result, bias ?? 0);
  const plural = windows.length === 1 ? "window · kernel" : `the sum of ${windows.length} windows · kernels`;
  return explanation({
    formula: bias === undefined ? plural : `${plural} + bias`,
    windows,
    numbers: bias === undefined ? [] : [["bias", bias]],
    value,
  });
}

function explainPool(layer: MaxPool2D | AvgPool2D, x: Tensor, at: number): Explanation {
  const { windows } = windowsOf(layer, x, at);
  const formula = layer instanceof MaxPool2D ? "the maximum of the window" : "the mean of the window";
  return explanation({ formula, windows, value: windows[0].result });
}

function explainFC({ weight, bias, outFeatures }: FC, x: ArrayLike<number>, at: number): Explanation {
  const terms = Array.from(x, (input, from): Term => {
    const w = weight.value.data[from * outFeatures + at];
    return { from, input, weight: w, product: input * w };
  }).sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const sum = terms.reduce((total, { product }) => total + product, 0);
  const shift = bias?.value.data[at];
  return explanation({
    formula: `the sum of ${terms.length} inputs · weights${shift === undefined ? "" : " + bias"}`,
    terms,
    numbers: [["sum", sum], ...(shift === undefined ? [] : [["bias", shift] as const])],
    value: sum + (shift ?? 0),
  });
}

function explainBatchNorm(layer: BatchNorm, x: Tensor, at: number): Explanation {
  const plane = x.shape.slice(2).reduce((size, axis) => size * axis, 1);
  const channel = Math.floor(at / plane);
  const of = ({ data }: Tensor): number => data[channel];
  const [mean, variance] = [of(layer.runningMean), of(layer.runningVar)];
  const [gamma, beta, value] = [of(layer.gamma.value), of(layer.beta.value), x.data[at]];
  return explanation({
    formula: "(x − mean) / √(variance + ε) · γ + β",
    numbers: [["x", value], ["mean", mean], ["variance", variance], ["ε", layer.epsilon], ["γ", gamma], ["β", beta]],
    value: (value - mean) / Math.sqrt(variance + layer.epsilon) * gamma + beta,
  });
}

function explainSoftmax(x: Tensor, at: number): Explanation {
  const classes = x.shape[1], plane = x.size / classes;
  const row = Array.from({ length: classes }, (_, c) => x.data[c * plane + at % plane]);
  const most = row.reduce((a, b) => Math.max(a, b));
  const sum = row.reduce((total, v) => total + Math.exp(v - most), 0);
  const share = Math.exp(x.data[at] - most);
  return explanation({
    formula: "eˣ⁻ᵐ / the sum of all of them, where m is the largest x",
    numbers: [["x", x.data[at]], ["m", most], ["eˣ⁻ᵐ", share], ["sum", sum]],
    value: share / sum,
  });
}
