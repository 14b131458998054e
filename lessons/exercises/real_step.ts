/** real-step: a slope in float32 that is divided by the step that was asked for, not by the one that was taken. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function slope32(
  f: (x: number) => number,
  x: number,
  h: number,
): number {
  const right = Math.fround(x + h);
  const left = Math.fround(x - h);
  return (f(right) - f(left)) / (right - left); // it was 2 * h
}

type Curve = (x: number) => number;

/** The slope with the rise, the two points and x. */
const dividing =
  (slope: (rise: number, of: { right: number; left: number; x: number; h: number }) => number) =>
  (f: Curve, x: number, h: number): number => {
    const [right, left] = [Math.fround(x + h), Math.fround(x - h)];
    return slope(f(right) - f(left), { right, left, x, h });
  };

/** Whether rounding moves both points so far, and so differently, that each wrong distance shows. */
function isTelling(x: number, h: number): boolean {
  const [right, left] = [Math.fround(x + h) - x, x - Math.fround(x - h)];
  return Math.abs((right + left) / (2 * h) - 1) > 0.02 && Math.abs(right - left) > 0.02 * h;
}

export default exercise({
  inputs: (random: Random): [Curve, number, number] => {
    let [x, h] = [0, 0];
    do {
      x = 2 ** (9 + random.integer(4)) * random.uniform(1.1, 1.9);
      h = x * 2 ** -23 * random.uniform(1.1, 3);
    } while (!isTelling(x, h));
    const [a, b, bend] = [random.uniform(1, 3), random.uniform(1, 3), random.uniform(0.5, 1) / h];
    const f: Curve = (v) => a * (Math.fround(v) - x) + b * Math.cos(1 + bend * (Math.fround(v) - x)) / bend;
    return [f, x, h];
  },
  planted: dividing((rise, { h }) => rise / (2 * h)),
  evidence: (answer, _f, x, h) =>
    `For a line of slope 1, x = ${x.toFixed(5)} and h = ${h.toFixed(7)}, you return ` +
    Number(answer(Math.fround, x, h)).toPrecision(4),
  solution: slope32,
  explanation:
    "x + h and x − h are rounded to the nearest float32 numbers, and near 1000 these are 0.00006 apart. So the two " +
    "points are not 2h apart, but right − left, and this difference is exact. Dividing by 2h makes every slope wrong " +
    "by the same factor, whatever f is: even that of a straight line.",
  mistakes: [
    {
      answer: dividing((rise, { right, x }) => rise / (right - x)),
      reply:
        "The rise goes from the left point to the right point. You divide by the distance from x to the right point",
    },
    {
      answer: dividing((rise, { left, x }) => rise / (x - left)),
      reply:
        "The rise goes from the left point to the right point. You divide by the distance from the left point to x",
    },
    {
      answer: dividing((rise, { right, left }) => rise / (left - right)),
      reply: "The sign is flipped: the distance goes in the same direction as the rise, from left to right",
    },
    {
      answer: dividing((rise, { h }) => rise / h),
      reply: "The two points are about 2h apart, not h. But how far apart are they exactly, after rounding?",
    },
    {
      answer: dividing((rise, { right, left }) => rise / (2 * (right - left))),
      reply: "right − left is the whole distance already: do not double it",
    },
    {
      answer: dividing((rise, { right, x }) => rise / (2 * (right - x))),
      reply: "Nearly: but rounding moves the left point by a different amount. Take the distance between both points",
    },
    {
      answer: dividing((rise, { left, x }) => rise / (2 * (x - left))),
      reply: "Nearly: but rounding moves the right point by a different amount. Take the distance between both points",
    },
    {
      answer: (f, x, h) => {
        const left = Math.fround(x - h);
        return (f(x) - f(left)) / (x - left);
      },
      reply:
        "You divide by the real distance now, and that was the bug. But keep both sides: this goes from the left point to x",
    },
    {
      answer: (f, x, h) => {
        const right = Math.fround(x + h);
        return (f(right) - f(x)) / (right - x);
      },
      reply:
        "You divide by the real distance now, and that was the bug. But keep both sides: this is a forward difference",
    },
    {
      answer: dividing((rise, { right, left }) => rise * (right - left)),
      reply: "You multiply by the distance. A slope is the rise divided by it",
    },
    {
      answer: dividing((rise) => rise),
      reply: "That is the rise alone. Which distance does it belong to?",
    },
    {
      answer: (f, x, h) => (f(Math.fround(x + 10 * h)) - f(Math.fround(x - 10 * h))) / (20 * h),
      reply: "A larger step hides the bug and does not remove it. Keep the two points: how far apart are they?",
    },
  ],
  hints: [
    "Take f(v) = v. The rise is then right − left. Which number would give a slope of exactly 1?",
    "Print right − x and x − left: are they h?",
    "The rise belongs to the distance between the two rounded points. You have both of them in variables",
  ],
});
