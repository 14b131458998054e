/** The steps of the optimizers as plain loops, element by element, as PyTorch defines them. */
import type { AdamStep, RMSPropStep, SGDStep } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";

/** `out = 0`. */
export function clear(out: FloatArray): void {
  out.fill(0);
}

/** `v = momentum · v + g` (the first time `v = g`), `w -= rate · v`; Nesterov looks ahead: `g + momentum · v`. */
export function sgdStep(
  step: SGDStep,
  value: FloatArray,
  grad: FloatArray,
  velocity: FloatArray | undefined,
  first: boolean,
): void {
  const { learningRate, momentum, nesterov, weightDecay } = step;
  for (let i = 0; i < value.length; i++) {
    let direction = grad[i] + weightDecay * value[i];
    if (velocity) {
      const moving = first ? direction : momentum * velocity[i] + direction;
      velocity[i] = moving;
      direction = nesterov ? direction + momentum * moving : moving;
    }
    value[i] -= learningRate * direction;
  }
}

/** `s = alpha · s + (1 - alpha) g²`, `w -= rate · g / (√s + epsilon)` (Hinton 2012). */
export function rmspropStep(step: RMSPropStep, value: FloatArray, grad: FloatArray, square: FloatArray): void {
  const { learningRate, alpha, epsilon, weightDecay } = step;
  for (let i = 0; i < value.length; i++) {
    const g = grad[i] + weightDecay * value[i];
    const s = alpha * square[i] + (1 - alpha) * g * g;
    square[i] = s;
    value[i] -= learningRate * g / (Math.sqrt(s) + epsilon);
  }
}

/**
 * Adam (Kingma and Ba 2015): both running means start at zero, so at first they are too small; dividing by `1 - betaᵗ`
 * corrects that. AdamW (Loshchilov and Hutter 2019) shrinks the weight itself.
 */
export function adamStep(
  step: AdamStep,
  value: FloatArray,
  grad: FloatArray,
  mean: FloatArray,
  square: FloatArray,
): void {
  const { learningRate, beta1, beta2, epsilon, weightDecay, decoupled } = step;
  const rate = learningRate / (1 - beta1 ** step.step);
  const unbias = Math.sqrt(1 - beta2 ** step.step);
  const shrink = decoupled ? 1 - learningRate * weightDecay : 1;
  const decay = decoupled ? 0 : weightDecay;
  for (let i = 0; i < value.length; i++) {
    const g = grad[i] + decay * value[i];
    const m = beta1 * mean[i] + (1 - beta1) * g;
    const s = beta2 * square[i] + (1 - beta2) * g * g;
    mean[i] = m;
    square[i] = s;
    value[i] = value[i] * shrink - rate * m / (Math.sqrt(s) / unbias + epsilon);
  }
}
