// Schedules: where they start, turn and end, and what they refuse.
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { oneCycle, stepDecay } from "../../mod.ts";

Deno.test("one cycle rises to the largest rate and falls to almost zero", () => {
  const rate = oneCycle({ maxLearningRate: 1, steps: 101, warmup: 0.2, startDivisor: 10, endDivisor: 100 });
  const rates = Array.from({ length: 101 }, (_, step) => rate(step));
  assertAlmostEquals(rates[0], 0.1, 1e-12);
  assertAlmostEquals(rates[10], 0.55, 1e-12); // half way of half a cosine
  assertAlmostEquals(rates[20], 1, 1e-12);
  assertAlmostEquals(rates[60], (1 + 0.001) / 2, 1e-12);
  assertAlmostEquals(rates[100], 0.001, 1e-12);
  for (let i = 1; i <= 20; i++) assert(rates[i] > rates[i - 1]);
  for (let i = 21; i <= 100; i++) assert(rates[i] < rates[i - 1]);
  assertAlmostEquals(rate(500), 0.001, 1e-12); // beyond the end it stays
});

Deno.test("one cycle of one step, without warm-up, and with nothing but warm-up", () => {
  assertEquals(oneCycle({ maxLearningRate: 1, steps: 1 })(0), 1);
  assertEquals(oneCycle({ maxLearningRate: 1, steps: 10, warmup: 0 })(0), 1);
  assertAlmostEquals(oneCycle({ maxLearningRate: 1, steps: 11, warmup: 1 })(10), 1, 1e-12);
  for (const warmup of [0, 0.3, 1]) {
    for (const steps of [1, 2, 3, 10]) {
      const rate = oneCycle({ maxLearningRate: 1, steps, warmup });
      for (let step = 0; step < steps; step++) assert(rate(step) > 0 && rate(step) <= 1, `${warmup} ${steps} ${step}`);
    }
  }
});

Deno.test("one cycle ends near zero, even if less than a step is left to fall", () => {
  for (const [steps, warmup] of [[2, 0.3], [2, 0.9], [3, 0.75], [101, 0.995], [101, 0.3]]) {
    const rate = oneCycle({ maxLearningRate: 1, steps, warmup });
    assertAlmostEquals(rate(steps - 1), 1 / 25 / 1e4, 1e-15, `${steps} steps, warm-up ${warmup}`);
    assertAlmostEquals(rate(steps + 7), 1 / 25 / 1e4, 1e-15);
  }
});

Deno.test("step decay falls by its factor every so many steps", () => {
  const rate = stepDecay({ learningRate: 1, every: 3 });
  for (const [step, expected] of [1, 1, 1, 0.1, 0.1, 0.1, 0.01].entries()) {
    assertAlmostEquals(rate(step), expected, 1e-15);
  }
});

Deno.test("schedules refuse options that would make a learning rate of NaN", () => {
  for (const steps of [0, 1.5, NaN]) {
    assertThrows(
      () => oneCycle({ maxLearningRate: 1, steps }),
      RangeError,
      `steps as a whole number of at least 1 and got ${steps}`,
    );
  }
  assertThrows(
    () => oneCycle({ maxLearningRate: 1, steps: 5, warmup: 2 }),
    RangeError,
    "warmup as a share from 0 to 1 and got 2",
  );
  assertThrows(() => oneCycle({ maxLearningRate: NaN, steps: 5 }), RangeError, "maxLearningRate above 0 and got NaN");
  assertThrows(
    () => oneCycle({ maxLearningRate: 1, steps: 5, startDivisor: 0 }),
    RangeError,
    "startDivisor above 0 and got 0",
  );
  assertThrows(() => stepDecay({ learningRate: -1, every: 5 }), RangeError, "learningRate above 0 and got -1");
  assertThrows(
    () => stepDecay({ learningRate: 1, every: 0 }),
    RangeError,
    "every as a whole number of at least 1 and got 0",
  );
});

/** OneCycleLR of PyTorch, as its documentation defines it: cosines that turn at pct_start · total_steps - 1. */
function torchOneCycle(max: number, steps: number, warmup: number): number[] {
  const [first, turn] = [max / 25, warmup * steps - 1], last = first / 1e4;
  const cosine = (from: number, to: number, share: number) => to + (from - to) / 2 * (Math.cos(Math.PI * share) + 1);
  return Array.from(
    { length: steps },
    (_, step) => step <= turn ? cosine(first, max, step / turn) : cosine(max, last, (step - turn) / (steps - 1 - turn)),
  );
}

Deno.test("one cycle of 10 steps peaks between steps 2 and 3, where PyTorch's peaks at step 2", () => {
  const rate = oneCycle({ maxLearningRate: 0.1, steps: 10, warmup: 0.3 });
  const ours = Array.from({ length: 10 }, (_, step) => Number(rate(step).toFixed(4)));
  const torch = torchOneCycle(0.1, 10, 0.3).map((each) => Number(each.toFixed(4)));
  assertEquals(ours, [0.004, 0.033, 0.0849, 0.0994, 0.0899, 0.0706, 0.0463, 0.0229, 0.0061, 0]);
  assertEquals(torch, [0.004, 0.052, 0.1, 0.095, 0.0812, 0.0611, 0.0389, 0.0188, 0.005, 0]);
  assertAlmostEquals(rate(0.3 * (10 - 1)), 0.1, 1e-12); // our peak
});
