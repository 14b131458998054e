/** The steps of the optimizers: their constants are computed here, in double precision. */
import type { AdamStep, RMSPropStep, SGDStep } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { AdamFloat, RMSPropFloat, SGDFloat, Update } from "./assembly/arguments.ts";
import { ADAM, CLEAR, RMSPROP, SGD } from "./assembly/codes.ts";
import { CHUNK_ELEMENTS } from "./assembly/layout.ts";
import type { Machine } from "./machine.ts";

/** Runs a job on `count` elements. */
function run(machine: Machine, job: number, count: number): void {
  machine.int(Update.count, count);
  machine.run(job, Math.ceil(count / CHUNK_ELEMENTS));
}

/** See `Kernel.clear`. */
export function clear(machine: Machine, out: FloatArray): void {
  machine.write(Update.value, out);
  run(machine, CLEAR, out.length);
}

/** See `Kernel.sgdStep`. */
export function sgdStep(
  machine: Machine,
  step: SGDStep,
  value: FloatArray,
  grad: FloatArray,
  velocity: FloatArray | undefined,
  first: boolean,
): void {
  machine.update(Update.value, value);
  machine.read(Update.grad, grad);
  machine.update(Update.velocity, velocity);
  machine.flag(Update.hasVelocity, velocity !== undefined);
  machine.flag(Update.firstStep, first);
  machine.flag(Update.nesterov, step.nesterov);
  machine.float(SGDFloat.learningRate, step.learningRate);
  machine.float(SGDFloat.momentum, step.momentum);
  machine.float(SGDFloat.weightDecay, step.weightDecay);
  run(machine, SGD, value.length);
}

/** See `Kernel.rmspropStep`. */
export function rmspropStep(
  machine: Machine,
  step: RMSPropStep,
  value: FloatArray,
  grad: FloatArray,
  square: FloatArray,
): void {
  machine.update(Update.value, value);
  machine.read(Update.grad, grad);
  machine.update(Update.square, square);
  machine.float(RMSPropFloat.learningRate, step.learningRate);
  machine.float(RMSPropFloat.alpha, step.alpha);
  machine.float(RMSPropFloat.oneMinusAlpha, 1 - step.alpha);
  machine.float(RMSPropFloat.weightDecay, step.weightDecay);
  machine.float(RMSPropFloat.epsilon, step.epsilon);
  run(machine, RMSPROP, value.length);
}

/** See `Kernel.adamStep`. */
export function adamStep(
  machine: Machine,
  step: AdamStep,
  value: FloatArray,
  grad: FloatArray,
  mean: FloatArray,
  square: FloatArray,
): void {
  const { learningRate, beta1, beta2, epsilon, weightDecay, decoupled } = step;
  machine.update(Update.value, value);
  machine.read(Update.grad, grad);
  machine.update(Update.mean, mean);
  machine.update(Update.square, square);
  machine.float(AdamFloat.learningRate, learningRate / (1 - beta1 ** step.step));
  machine.float(AdamFloat.beta1, beta1);
  machine.float(AdamFloat.oneMinusBeta1, 1 - beta1);
  machine.float(AdamFloat.beta2, beta2);
  machine.float(AdamFloat.oneMinusBeta2, 1 - beta2);
  machine.float(AdamFloat.unbias, 1 / Math.sqrt(1 - beta2 ** step.step));
  machine.float(AdamFloat.epsilon, epsilon);
  machine.float(AdamFloat.weightDecay, decoupled ? 0 : weightDecay);
  machine.float(AdamFloat.shrink, decoupled ? 1 - learningRate * weightDecay : 1);
  run(machine, ADAM, value.length);
}
