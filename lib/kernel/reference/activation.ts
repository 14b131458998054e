/** Activations, softmax and cross entropy as plain loops, in forms that stay finite for every finite input. */
import type { FloatArray } from "../storage.ts";

/** `max(x, 0)`; NaN stays NaN. */
export function reluForward(x: FloatArray, out: FloatArray): void {
  for (let i = 0; i < x.length; i++) out[i] = x[i] <= 0 ? 0 : x[i];
}

/** The slope is 1 where x > 0 and 0 elsewhere; at 0 itself it is defined as 0. */
export function reluBackward(x: FloatArray, gradOut: FloatArray, gradX: FloatArray): void {
  for (let i = 0; i < x.length; i++) gradX[i] = x[i] > 0 ? gradOut[i] : 0;
}

/** `1 / (1 + e^-x)`; the exponent is never positive, so nothing overflows. */
export function sigmoidForward(x: FloatArray, out: FloatArray): void {
  for (let i = 0; i < x.length; i++) {
    const e = Math.exp(-Math.abs(x[i]));
    out[i] = x[i] >= 0 ? 1 / (1 + e) : e / (1 + e);
  }
}

/** `dy/dx = y (1 - y)`. */
export function sigmoidBackward(y: FloatArray, gradOut: FloatArray, gradX: FloatArray): void {
  for (let i = 0; i < y.length; i++) gradX[i] = gradOut[i] * y[i] * (1 - y[i]);
}

/** `tanh(x)`. */
export function tanhForward(x: FloatArray, out: FloatArray): void {
  for (let i = 0; i < x.length; i++) out[i] = Math.tanh(x[i]);
}

/** `dy/dx = 1 - y²`. */
export function tanhBackward(y: FloatArray, gradOut: FloatArray, gradX: FloatArray): void {
  for (let i = 0; i < y.length; i++) gradX[i] = gradOut[i] * (1 - y[i] * y[i]);
}

/** The largest number of a row. */
function rowMaximum(x: FloatArray, start: number, columns: number): number {
  let largest = x[start];
  for (let j = 1; j < columns; j++) if (x[start + j] > largest) largest = x[start + j];
  return largest;
}

/** `e^xⱼ / Σ e^xₖ`, after subtracting the row's maximum: the ratio is the same, and no exponent is positive. */
export function softmaxForward(rows: number, columns: number, x: FloatArray, out: FloatArray): void {
  for (let start = 0; start < rows * columns; start += columns) {
    const largest = rowMaximum(x, start, columns);
    let sum = 0;
    for (let j = start; j < start + columns; j++) sum += Math.exp(x[j] - largest);
    for (let j = start; j < start + columns; j++) out[j] = Math.exp(x[j] - largest) / sum;
  }
}

/** `dxⱼ = yⱼ (dyⱼ - Σₖ dyₖ yₖ)`. */
export function softmaxBackward(
  rows: number,
  columns: number,
  y: FloatArray,
  gradOut: FloatArray,
  gradX: FloatArray,
): void {
  for (let start = 0; start < rows * columns; start += columns) {
    let mean = 0;
    for (let j = start; j < start + columns; j++) mean += gradOut[j] * y[j];
    for (let j = start; j < start + columns; j++) gradX[j] = y[j] * (gradOut[j] - mean);
  }
}

/** `Σ over the rows of log Σₖ e^(zₖ - max) - (z_label - max)`: the sum is at least e⁰ = 1, so the log is finite. */
export function crossEntropyForward(
  rows: number,
  columns: number,
  logits: FloatArray,
  labels: ArrayLike<number>,
  outProbabilities: FloatArray,
): number {
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const start = i * columns;
    const largest = rowMaximum(logits, start, columns);
    let sum = 0;
    for (let j = start; j < start + columns; j++) sum += Math.exp(logits[j] - largest);
    for (let j = start; j < start + columns; j++) outProbabilities[j] = Math.exp(logits[j] - largest) / sum;
    loss += Math.log(sum) - (logits[start + labels[i]] - largest);
  }
  return loss;
}

/** `scale · (p - onehot(label))`. */
export function crossEntropyBackward(
  rows: number,
  columns: number,
  probabilities: FloatArray,
  labels: ArrayLike<number>,
  scale: number,
  gradLogits: FloatArray,
): void {
  for (let i = 0; i < rows; i++) {
    const start = i * columns;
    for (let j = 0; j < columns; j++) {
      gradLogits[start + j] = scale * (probabilities[start + j] - (j === labels[i] ? 1 : 0));
    }
  }
}

/** `out = a · b`, element by element. */
export function multiply(a: FloatArray, b: FloatArray, out: FloatArray): void {
  for (let i = 0; i < a.length; i++) out[i] = a[i] * b[i];
}
