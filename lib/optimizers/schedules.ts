/** Schedules: the learning rate as a function of the step. */

import { expectInteger, refusal, within } from "../tensor/expect_number.ts";

/** The learning rate of step `step`, counted from 0. `fit` sets it before each step. */
export type Schedule = (step: number) => number;

/** The options of {@linkcode oneCycle}. */
export interface OneCycleOptions {
  /** The largest learning rate. */
  maxLearningRate: number;
  /** How many steps the whole training takes. */
  steps: number;
  /** The share of the steps in which the rate rises; 0.3 by default. */
  warmup?: number;
  /** The first rate is the largest divided by this; 25 by default. */
  startDivisor?: number;
  /** The last rate is the first divided by this; 1e4 by default. */
  endDivisor?: number;
}

const stepsAdvice = "use epochs · ⌈samples / batchSize⌉";

/**
 * One cycle (Smith and Topin 2018): up to the largest rate and down to almost zero, each along half a cosine.
 *
 * The largest rate is reached at step `warmup · (steps - 1)`: that share of the way from the first step to the last.
 * PyTorch's OneCycleLR reaches it at `pct_start · total_steps - 1`, up to one step earlier: of 10 steps at 2 instead of
 * 2.7. Both start and end with the same rates.
 *
 * @throws {RangeError} If there are no steps, `warmup` is not within 0 and 1, or another number is not above 0.
 *
 * @example It starts at 1/25 of the largest rate, rises to it, and ends near zero
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { oneCycle } from "@gradually/gradually";
 *
 * const rate = oneCycle({ maxLearningRate: 0.1, steps: 101, warmup: 0.3 });
 * assertAlmostEquals(rate(0), 0.004, 1e-12);
 * assertAlmostEquals(rate(30), 0.1, 1e-12);
 * assertAlmostEquals(rate(100), 4e-7, 1e-12);
 * ```
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const { maxLearningRate, steps, warmup = 0.3, startDivisor = 25, endDivisor = 1e4 } = options;
  if (!Number.isInteger(steps) || steps < 1) {
    throw refusal("oneCycle takes steps as a whole number of at least 1", steps, stepsAdvice);
  }
  if (!within(warmup, 0, 1)) throw refusal("oneCycle takes warmup as a share from 0 to 1", warmup);
  expectPositive("oneCycle", { maxLearningRate, startDivisor, endDivisor });
  const first = maxLearningRate / startDivisor, last = first / endDivisor;
  const peak = warmup * (steps - 1), fall = steps - 1 - peak;
  return (step) => {
    if (step < peak) return cosine(first, maxLearningRate, step / peak);
    return cosine(maxLearningRate, last, Math.min(1, (step - peak) / (fall > 0 ? fall : 1)));
  };
}

/** From `start` at 0 to `end` at 1 along half a cosine. */
function cosine(start: number, end: number, share: number): number {
  return end + (start - end) * (1 + Math.cos(Math.PI * share)) / 2;
}

/** The options of {@linkcode stepDecay}. */
export interface StepDecayOptions {
  /** The first learning rate. */
  learningRate: number;
  /** After how many steps it falls each time. */
  every: number;
  /** What it is multiplied by each time; 0.1 by default. */
  factor?: number;
}

/**
 * A constant rate that falls by a factor every so many steps.
 *
 * @throws {RangeError} If `every` is not a whole number of at least 1, or another number is not above 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { stepDecay } from "@gradually/gradually";
 *
 * const rate = stepDecay({ learningRate: 8, every: 10, factor: 0.5 });
 * assertEquals([rate(0), rate(9), rate(10), rate(20)], [8, 8, 4, 2]);
 * ```
 */
export function stepDecay({ learningRate, every, factor = 0.1 }: StepDecayOptions): Schedule {
  expectInteger("stepDecay", "every", every);
  expectPositive("stepDecay", { learningRate, factor });
  return (step) => learningRate * factor ** Math.floor(step / every);
}

/** Refuses an option that is not a finite number above 0. */
function expectPositive(kind: string, options: Record<string, number>): void {
  for (const [option, value] of Object.entries(options)) {
    if (!Number.isFinite(value) || value <= 0) throw refusal(`${kind} takes ${option} above 0`, value);
  }
}
