/** central-difference: the slope of a function, from a point on each side. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function centralDifference(
  f: (x: number) => number,
  x: number,
  h: number,
): number {
  return (f(x + h) - f(x - h)) / (2 * h);
}

type Curve = (x: number) => number;

export default exercise({
  // Large steps: there, each way to measure has a slope of its own.
  inputs: (random: Random): [Curve, number, number] => {
    const [a, b, c] = [random.uniform(0.5, 2), random.normal(), random.normal()];
    const f: Curve = (v) => a * v ** 3 + b * v ** 2 + c * v + Math.cos(2 * v) + 1;
    return [f, random.uniform(-2, -0.2), random.uniform(0.1, 0.4)];
  },
  evidence: (answer) =>
    "\nFor example, f(x) = x³, x = 4, h = 3: the points are at 1 and 7, f is 1 and 343 there, so 57 is measured. " +
    `You return ${Number(Number(answer((v) => v ** 3, 4, 3)).toPrecision(5))}`,
  solution: centralDifference,
  explanation:
    "The right point is at x + h, the left point at x − h. The rise between them is f(x + h) − f(x − h), and the two " +
    "are 2h apart. The value at x itself is not needed.",
  mistakes: [
    {
      answer: (f, x, h) => (f(x + h) - 2 * f(x) + f(x - h)) / (h * h),
      reply:
        "That is the second difference: it measures how the slope itself changes. The slope needs only the two outer points",
    },
    {
      answer: (f, x, h) => (f(x + h) - f(x)) / h,
      reply: "That is the forward difference again. Where is the point on the left?",
    },
    {
      answer: (f, x, h) => (f(x) - f(x - h)) / h,
      reply: "You go from the left point to x. The second point should be on the right of x",
    },
    {
      answer: (f, x, h) => (f(x + h) - f(x - h)) / h,
      reply: "The rise is right. But how far apart are the left point and the right point?",
    },
    {
      answer: (f, x, h) => (f(x + h) - f(x - h)) / 2 * h,
      reply: "/ 2 * h divides by 2 and then multiplies by h. Put the distance in parentheses: / (2 * h)",
    },
    {
      answer: (f, x, h) => (f(x + h) - f(x - h)) / 2,
      reply: "You divide by 2. The distance between the two points depends on h",
    },
    {
      answer: (f, x, h) => f(x + h) - f(x - h) / (2 * h),
      reply: "Only the second value is divided: put parentheses around the difference",
    },
    {
      answer: (f, x, h) => f(x + h) - f(x - h) / 2 * h,
      reply:
        "Only the second value is divided, and then multiplied by h. Put parentheses around the difference, and around 2 * h",
    },
    {
      answer: (f, _x, h) => (f(h) - f(-h)) / (2 * h),
      reply: "You measure at 0. The two points are h to the right of x and h to the left of x",
    },
    {
      answer: (f, x, h) => f(x + h) - f(x - h),
      reply: "That is the rise. A slope is the rise divided by the distance",
    },
    {
      answer: (f, x, h) => (f(x - h) - f(x + h)) / (2 * h),
      reply: "The sign is flipped: the rise goes from the left point to the right point",
    },
    {
      answer: (f, x, h) => (f(x + h) - f(x)) / (2 * h),
      reply: "You divide by the distance of both steps, but the rise is that of one step. Where is the left point?",
    },
    {
      answer: (f, x, h) => (f(x + h / 2) - f(x - h / 2)) / h,
      reply: "That is a central difference, with half the step. Here each of the two points is a whole h away from x",
    },
    {
      answer: (f, x, h) => (f(x + 2 * h) - f(x - 2 * h)) / (4 * h),
      reply: "That is a central difference, with twice the step. Here each of the two points is h away from x",
    },
    {
      answer: (f, x, h) => (f(x + h) + f(x - h)) / (2 * h),
      reply: "You add the two values. The rise is their difference",
    },
    {
      answer: (_f, x, h) => (Math.sin(x + h) - Math.sin(x - h)) / (2 * h),
      reply: "You measure sin. The function to measure comes in as f",
    },
    {
      answer: (f, x) => (f(x + 1e-5) - f(x - 1e-5)) / 2e-5,
      reply: "You take a tiny step of your own, whatever h is. The step comes in as h",
    },
    {
      answer: (f, _x, h) => (f(1 + h) - f(1 - h)) / (2 * h),
      reply: "You measure at 1, as in the lesson. The place comes in as x",
    },
    {
      answer: (f, x, h) => (f(x + h) - f(x - h)) / (2 * h * h),
      reply: "You divide by h twice. The distance between the two points is 2h",
    },
    {
      answer: (f, x, h) => (f(x + h) - 2 * f(x) + f(x - h)) / (2 * h),
      reply: "f(x) has no place here: the rise goes from the left point straight to the right point",
    },
    {
      answer: (f, x, h) => (f(x + 2 * h) - f(x)) / (2 * h),
      reply: "Both of your points are on one side: x and x + 2h. Go a step h to the left, and a step h to the right",
    },
  ],
  hints: [
    "Draw x, and a point h to its left and h to its right. Which two values of f do you need?",
    "The rise is the value on the right minus the value on the left. From the left point to the right point it is h and again h",
    "Divide the whole difference by the whole distance: both need parentheses",
  ],
});
