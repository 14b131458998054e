/** The steps of the optimizers: their constants are computed here, in double precision. */
import type { AdamStep, RMSPropStep, SGDStep } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { AdamFloat, RMSPropFloat, SGDFloat, Update } from "./assembly/arguments.ts";
import { ADAM, CLEAR, RMSPROP, SGD } from "./assembly/codes.ts";
import { CHUNK_ELEMENTS } from "./assembly/layout.ts";
import type { Call } from "./call.ts";

/** Runs a job on `count` elements. */
function run(call: Call, job: number, count: number): void {
  call.int(Update.count, count);
  call.run(job, Math.ceil(count / CHUNK_ELEMENTS));
}

/** See `Kernel.clear`. */
export function clear(call: Call, out: FloatArray): void {
  call.write(Update.value, out);
  run(call, CLEAR, out.length);
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
  call.update(Update.value, value);
  call.read(Update.grad, grad);
  call.update(Update.velocity, velocity);
  call.flag(Update.hasVelocity, velocity !== undefined);
  call.flag(Update.firstStep, first);
  call.flag(Update.nesterov, step.nesterov);
  call.float(SGDFloat.learningRate, step.learningRate);
  call.float(SGDFloat.momentum, step.momentum);
  call.float(SGDFloat.weightDecay, step.weightDecay);
  run(call, SGD, value.length);
}

/** See `Kernel.rmspropStep`. */
export function rmspropStep(
  call: Call,
  step: RMSPropStep,
  value: FloatArray,
  grad: FloatArray,
  square: FloatArray,
): void {
  call.update(Update.value, value);
  call.read(Update.grad, grad);
  call.update(Update.square, square);
  call.float(RMSPropFloat.learningRate, step.learningRate);
  call.float(RMSPropFloat.alpha, step.alpha);
  call.float(RMSPropFloat.oneMinusAlpha, 1 - step.alpha);
  call.float(RMSPropFloat.weightDecay, step.weightDecay);
  call.float(RMSPropFloat.epsilon, step.epsilon);
  run(call, RMSPROP, value.length);
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
  call.update(Update.value, value);
  call.read(Update.grad, grad);
  call.update(Update.mean, mean);
  call.update(Update.square, square);
  call.float(AdamFloat.learningRate, learningRate / (1 - beta1 ** step.step));
  call.float(AdamFloat.beta1, beta1);
  call.float(AdamFloat.oneMinusBeta1, 1 - beta1);
  call.float(AdamFloat.beta2, beta2);
  call.float(AdamFloat.oneMinusBeta2, 1 - beta2);
  call.float(AdamFloat.unbias, 1 / Math.sqrt(1 - beta2 ** step.step));
  call.float(AdamFloat.epsilon, epsilon);
  call.float(AdamFloat.weightDecay, decoupled ? 0 : weightDecay);
  call.float(AdamFloat.shrink, decoupled ? 1 - learningRate * weightDecay : 1);
  run(call, ADAM, value.length);
}
