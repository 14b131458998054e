/** numeric-gradient: the slope along each of many numbers, by central differences. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function numericGradient(
  f: (xs: number[]) => number,
  xs: number[],
  h: number,
): number[] {
  return xs.map((x, i) => {
    const right = f(xs.with(i, x + h)); // a copy with one number changed
    const left = f(xs.with(i, x - h));
    return (right - left) / (2 * h);
  });
}

type Loss = (xs: number[]) => number;
type Answer = (f: Loss, xs: number[], h: number) => number[];

/** The slope along each number, from what f returns on the right, in the middle and on the left. */
const measuring = (slope: (right: number, here: number, left: number, h: number) => number): Answer => (f, xs, h) =>
  xs.map((x, i) => slope(f(xs.with(i, x + h)), f(xs), f(xs.with(i, x - h)), h));

/** Each number stays where `leave` puts it while the next ones are measured. */
const leaving = (leave: (x: number, h: number) => number): Answer => (f, xs, h) => {
  let left = [...xs];
  return xs.map((x, i) => {
    const slope = (f(left.with(i, x + h)) - f(left.with(i, x - h))) / (2 * h);
    left = left.with(i, leave(x, h));
    return slope;
  });
};

export default exercise({
  inputs: (random: Random): [Loss, number[], number] => {
    const length = 2 + random.integer(5);
    const [a, b] = [0, 1].map(() => Array.from({ length }, () => random.uniform(0.5, 2)));
    // Each number meets the next one, so that a number that was not put back changes the other slopes.
    const f: Loss = (xs) => xs.reduce((sum, x, i) => sum + a[i] * x ** 3 + b[i] * x ** 2 * xs[(i + 1) % xs.length], 0);
    return [f, Array.from({ length }, () => random.uniform(0.5, 2)), random.uniform(0.1, 0.3)];
  },
  evidence: (answer) => {
    const found = Array.from(answer(([a, b]) => a ** 2 * b, [2, 5], 2) as number[], (v) => Number(v.toPrecision(5)));
    return "\nFor example, f([a, b]) = a² · b at [2, 5] with h = 2: along a the values are 0 and 80, along b they are " +
      `12 and 28, so the slopes are [20, 4]. You return [${found.join(", ")}]`;
  },
  solution: numericGradient,
  explanation:
    "One number at a time: a copy of the list with this number h larger, and a copy with it h smaller. All others are " +
    "as they were, so what changes in f comes from this number alone. xs.with(i, v) makes such a copy; xs[i] += h " +
    "would change the list itself, and rounding can keep it from coming back exactly.",
  mistakes: [
    {
      answer: measuring((right, here, _left, h) => (right - here) / h),
      reply: "Those are forward differences: take a step to both sides",
    },
    {
      answer: measuring((_right, here, left, h) => (here - left) / h),
      reply: "You go from the left point to the middle: take a step to both sides",
    },
    {
      answer: measuring((right, _here, left, h) => (right - left) / h),
      reply: "All slopes are twice too large: how far apart are the two points?",
    },
    {
      answer: measuring((right, _here, left, h) => (right - left) / 2 * h),
      reply: "/ 2 * h divides by 2 and then multiplies by h. Put the distance in parentheses: / (2 * h)",
    },
    {
      answer: measuring((right, _here, left, h) => (left - right) / (2 * h)),
      reply: "All signs are flipped: the rise goes from the left point to the right point",
    },
    {
      answer: measuring((right, _here, left) => right - left),
      reply: "Those are the rises. A slope is the rise divided by the distance",
    },
    {
      answer: (f, xs, h) => {
        const all = (f(xs.map((x) => x + h)) - f(xs.map((x) => x - h))) / (2 * h);
        return xs.map(() => all);
      },
      reply: "You move all numbers at once, so each entry is the same. Move one number at a time",
    },
    {
      answer: leaving((x, h) => x - h),
      reply:
        "The first slope is right. After it, the first number is still h too small: take a new copy for each slope",
    },
    {
      answer: leaving((x, h) => x + h),
      reply:
        "The first slope is right. After it, the first number is still h too large: take a new copy for each slope",
    },
    {
      answer: (f, xs, h) => numericGradient(f, xs, h).slice(0, -1),
      reply: "The slope along the last number is missing: where does your loop end?",
    },
    {
      answer: (f, xs, h) => numericGradient(f, xs, h).slice(1),
      reply: "The slope along the first number is missing: where does your loop begin?",
    },
    {
      answer: (f, xs, h) => {
        let sum = 0;
        return numericGradient(f, xs, h).map((slope) => sum += slope);
      },
      reply: "Each entry also holds all slopes before it: begin again for each number",
    },
    {
      answer: (f, xs, h) => numericGradient(f, xs, h).map((slope, i) => i === 0 ? slope : 0),
      reply: "Only the first slope is right, and the others are 0: the loop should measure along each number",
    },
    {
      answer: (f, xs, h) => xs.map(() => numericGradient(f, xs, h)[0]),
      reply: "Each entry is the slope along the first number: which index do you change in the copy?",
    },
    {
      answer: (f, xs, h) => xs.map((x) => (f(xs.with(0, x + h)) - f(xs.with(0, x - h))) / (2 * h)),
      reply: "The changed number always goes to the first place of the copy. It belongs at its own index, i",
    },
    {
      answer: (f, xs, h) => xs.map((x, i) => (f(xs.with(i, h)) - f(xs.with(i, -h)) + 0 * x) / (2 * h)),
      reply: "You put h and −h in the list. The number should be near its own value: x + h and x − h",
    },
    {
      answer: (f, xs) => numericGradient(f, xs, 1e-5),
      reply: "You take a tiny step of your own, whatever h is. The step comes in as h",
    },
    {
      answer: (f, xs, h) => xs.map((x, i) => (f(xs.with(i, x * (1 + h))) - f(xs.with(i, x * (1 - h)))) / (2 * h)),
      reply: "Your step is x · h, so it is larger for larger numbers. Each number moves by the same h: x + h and x − h",
    },
    {
      answer: (f, xs, h) =>
        xs.map((x, i) => {
          const next = (i + 1) % xs.length;
          return (f(xs.with(next, x + h)) - f(xs.with(next, x - h))) / (2 * h);
        }),
      reply: "You put the changed number one place too far. Number i belongs at index i of the copy",
    },
  ],
  hints: [
    "First the slope along xs[0]: two lists, equal to xs except that the first number is h larger or h smaller",
    "xs.with(i, v) is a copy of xs with v at index i. What f returns for two such copies gives one slope",
    "xs.map((x, i) => …) makes the list: in it, the central difference between xs.with(i, x + h) and xs.with(i, x − h)",
  ],
});
