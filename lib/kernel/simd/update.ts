/** The steps of the optimizers: their constants are worked out here, in double precision. */
import type { AdamStep, RMSPropStep, SGDStep } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { ADAM, CLEAR, RMSPROP, SGD } from "./assembly/codes.ts";
import { CHUNK_ELEMENTS } from "./assembly/layout.ts";
import type { Call } from "./call.ts";

/** See `Kernel.clear`. */
export function clear(call: Call, out: FloatArray): void {
  call.machine.ints(1, call.write(out), 0, 0, 0, out.length);
  call.machine.run(CLEAR, Math.ceil(out.length / CHUNK_ELEMENTS));
}

/** See `Kernel.sgdStep`. */
export function sgdStep(
  call: Call,
  step: SGDStep,
  value: FloatArray,
  grad: FloatArray,
  velocity: FloatArray | undefined,
  first: boolean,
): void {
  const flags = (velocity ? 1 : 0) + (first ? 2 : 0) + (step.nesterov ? 4 : 0);
  call.machine.ints(1, call.update(value), call.read(grad), call.update(velocity), 0, value.length, flags);
  call.machine.floats(7, step.learningRate, step.momentum, step.weightDecay);
  call.machine.run(SGD, Math.ceil(value.length / CHUNK_ELEMENTS));
}

/** See `Kernel.rmspropStep`. */
export function rmspropStep(
  call: Call,
  step: RMSPropStep,
  value: FloatArray,
  grad: FloatArray,
  square: FloatArray,
): void {
  const { learningRate, alpha, weightDecay, epsilon } = step;
  call.machine.ints(1, call.update(value), call.read(grad), call.update(square), 0, value.length);
  call.machine.floats(7, learningRate, alpha, weightDecay, epsilon, 1 - alpha);
  call.machine.run(RMSPROP, Math.ceil(value.length / CHUNK_ELEMENTS));
}

/** See `Kernel.adamStep`. */
export function adamStep(
  call: Call,
  step: AdamStep,
  value: FloatArray,
  grad: FloatArray,
  mean: FloatArray,
  square: FloatArray,
): void {
  const { learningRate, beta1, beta2, epsilon, weightDecay, decoupled } = step;
  const rate = learningRate / (1 - beta1 ** step.step), unbias = 1 / Math.sqrt(1 - beta2 ** step.step);
  const decay = decoupled ? 0 : weightDecay, shrink = decoupled ? 1 - learningRate * weightDecay : 1;
  call.machine.ints(1, call.update(value), call.read(grad), call.update(mean), call.update(square), value.length);
  call.machine.floats(7, rate, beta1, decay, epsilon, 1 - beta1, beta2, 1 - beta2, unbias, shrink);
  call.machine.run(ADAM, Math.ceil(value.length / CHUNK_ELEMENTS));
}
