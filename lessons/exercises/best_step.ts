/** best-step: which step measures a slope best, for functions that are rounded to a few digits. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function bestStep(
  f: (x: number) => number,
  x: number,
  truth: number,
  steps: number[],
): number {
  let [best, smallest] = [steps[0], Infinity];
  for (const h of steps) {
    const error = Math.abs((f(x + h) - f(x - h)) / (2 * h) - truth);
    if (error < smallest) [best, smallest] = [h, error];
  }
  return best;
}

type Curve = (x: number) => number;
type Case = [f: Curve, x: number, truth: number, steps: number[]];
type Answer = (...each: Case) => number;
type Slope = (f: Curve, x: number, h: number) => number;

const central: Slope = (f, x, h) => (f(x + h) - f(x - h)) / (2 * h);
const errorOf = ([f, x, truth]: Case, h: number): number => Math.abs(central(f, x, h) - truth);

/** The step for which `score` is smallest. */
const smallest = (score: (slope: number, truth: number) => number, slope = central): Answer => (f, x, truth, steps) =>
  steps.reduce((a, b) => score(slope(f, x, b), truth) < score(slope(f, x, a), truth) ? b : a);

const distance = (slope: number, truth: number): number => Math.abs(slope - truth);

/** A function of a few digits, and steps in any order. */
function drawCase(random: Random, n: number): Case {
  const digits = 10 ** (4 + random.integer(5)), sign = n % 2 ? 1 : -1;
  const [a, b] = [random.uniform(1, 2), random.uniform(1, 2)];
  const f: Curve = (v) => sign * Math.round(digits * (Math.exp(a * v) + Math.sin(b * v))) / digits;
  const x = random.uniform(-0.5, 0.5), truth = sign * (a * Math.exp(a * x) + b * Math.cos(b * x));
  const steps = Array.from(
    { length: 10 },
    (_, k) => Number((10 ** -random.uniform(k / 2, k / 2 + 0.5)).toPrecision(3)),
  );
  const best = bestStep(f, x, truth, random.shuffle(steps));
  const others = steps.filter((h) => h !== best);
  // The best is sometimes the first one, and sometimes the last.
  return [f, x, truth, n % 4 === 0 ? [best, ...others] : n % 4 === 1 ? [...others, best] : steps];
}

export default exercise({
  inputs: (random: Random): [Case[]] => [Array.from({ length: 16 }, (_, n) => drawCase(random, n))],
  // Many functions per trial: one alone is often right by luck.
  use: (answer: Answer, cases: Case[]): number[] => cases.map((each) => answer(...each)),
  cases: true,
  evidence: (answer, cases) => {
    const wrong = cases.find((each) => answer(...each) !== bestStep(...each))!;
    const best = bestStep(...wrong), yours = answer(...wrong);
    const words = (h: number) => `${h}, with the error ${errorOf(wrong, h).toExponential(1)}`;
    const given = wrong[3].includes(yours) ? words(yours) : `${yours}, which is not one of them`;
    return `For example, of the steps ${wrong[3].join(", ")} you return ${given}. The best one is ${words(best)}`;
  },
  solution: bestStep,
  explanation:
    "For each step, the error is the distance from the measured slope to the true one, without its sign. Keep the " +
    "smallest error so far and the step that it belongs to; begin with an infinite error, so that the first step " +
    "always replaces it. The more a function is rounded, the larger is its best step.",
  mistakes: [
    {
      answer: smallest(distance, (f, x, h) => (f(x + h) - f(x)) / h),
      reply: "You measure with the forward difference. The best step of the central difference is larger",
    },
    {
      answer: smallest(distance, (f, x, h) => (f(x) - f(x - h)) / h),
      reply: "You measure from the left point to x. The central difference goes from the left point to the right point",
    },
    {
      answer: smallest(distance, (f, x, h) => (f(x + h) - f(x - h)) / h),
      reply: "Are your slopes twice too large (the points are 2h apart), or do you compare slopes instead of errors?",
    },
    {
      answer: smallest((slope, truth) => slope - truth),
      reply: "An error below zero is not a small error. Compare the errors without their signs: Math.abs",
    },
    {
      answer: smallest((slope, truth) => truth - slope),
      reply: "Measured slopes above the true one count as good here, however far off. Compare without signs: Math.abs",
    },
    {
      answer: smallest((slope, truth) => -distance(slope, truth)),
      reply: "That is the step with the *largest* error: look at the direction of your comparison",
    },
    {
      answer: (_f, _x, _truth, steps) => Math.min(...steps),
      reply: "You return the smallest step. Rounding makes tiny steps bad: try each step, and look at its error",
    },
    {
      answer: (_f, _x, _truth, steps) => Math.max(...steps),
      reply:
        "You return the largest step. Are your slopes right: the difference in parentheses, divided by (2 * h)? Then try each step, and look at its error",
    },
    {
      answer: (f, x, truth, steps) => Math.min(...steps.map((h) => errorOf([f, x, truth, steps], h))),
      reply: "That is the smallest error, and it is right. Which step does it belong to?",
    },
    {
      answer: (...each) => each[3].indexOf(bestStep(...each)),
      reply: "That is the position of the best step in the list. Return the step itself: steps[…]",
    },
    {
      answer: (f, x, truth, steps) => central(f, x, bestStep(f, x, truth, steps)),
      reply: "That is the slope measured with the best step. Return the step itself",
    },
    {
      answer: (f, x, truth, steps) => bestStep(f, x, truth, steps.slice(1)),
      reply: "The first step of the list is never tried: where does your loop begin?",
    },
    {
      answer: (f, x, truth, steps) => bestStep(f, x, truth, steps.slice(0, -1)),
      reply: "The last step of the list is never tried: where does your loop end?",
    },
    {
      answer: (f, x, truth, steps) => {
        const errors = steps.map((h) => errorOf([f, x, truth, steps], h));
        return steps.reduce((best, h, i) => errors[i] < (errors[i - 1] ?? Infinity) ? h : best);
      },
      reply:
        "You compare each error with the one before it. Compare it with the smallest so far, and keep both up to date",
    },
    {
      answer: (f, x, truth, steps) => {
        const first = errorOf([f, x, truth, steps], steps[0]);
        return steps.findLast((h) => errorOf([f, x, truth, steps], h) < first) ?? steps[0];
      },
      reply:
        "You return the last step that is better than the first one. When a step is better, keep its error as well: the next one must beat that",
    },
    {
      answer: (_f, _x, _truth, steps) => steps.at(-1)!,
      reply: "You always return the last step of the list. Is the smallest error so far kept up to date?",
    },
    {
      answer: () => 0,
      reply: "You always return 0. If the smallest error begins at 0, no error is smaller: begin with Infinity",
      always: true,
    },
    {
      answer: (_f, _x, _truth, steps) => steps[0],
      reply: "You always return the first step of the list. Does your comparison ever find a smaller error?",
    },
  ],
  hints: [
    "For one step h: measure the slope with the central difference, subtract truth, and drop the sign",
    "Keep two variables: the smallest error so far, and the step that it belongs to. Begin with Infinity for the error",
    "for (const h of steps): compute the error; if it is smaller than the smallest so far, keep the error and h. Return the step",
  ],
});
