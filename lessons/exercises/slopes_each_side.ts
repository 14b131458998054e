/** slopes-each-side: the slope of a function to the left and to the right of a place. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Curve = (x: number) => number;

function slopesEachSide(f: Curve, x: number, h: number): [number, number] {
  return [(f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h];
}

/** The two slopes, changed. */
const changed =
  (change: (left: number, right: number, h: number) => [number, number]) =>
  (...[f, x, h]: [Curve, number, number]): [number, number] => change(...slopesEachSide(f, x, h), h);

export default exercise({
  // A curve with a corner at x: it falls on the left and rises on the right, or the other way around.
  inputs: (random: Random): [Curve, number, number] => {
    const [corner, height] = [random.uniform(1, 2), random.uniform(-2, 2)], side = random.integer(2) ? 1 : -1;
    const [left, right] = [-side * random.uniform(1, 2), side * random.uniform(2.5, 4)];
    const f: Curve = (x) => height + (x < corner ? left : right) * (x - corner) + 0.3 * (x - corner) ** 2;
    return [f, corner, random.uniform(0.05, 0.4)];
  },
  tolerance: 1e-7,
  solution: slopesEachSide,
  explanation:
    "A slope is a rise over a run. To the right, the run goes from x to x + h, and the rise is f(x + h) − f(x). To the " +
    "left, it goes from x − h to x, so f(x) comes first in the difference. Both runs are h long, not 2h. The mean of " +
    "the two is the slope that we measured so far.",
  mistakes: [
    {
      answer: changed((left, right) => [right, left]),
      reply: "The two slopes are swapped: the left one comes first",
    },
    {
      answer: changed((left, right) => [-left, right]),
      reply:
        "The left slope has the wrong sign. From x − h to x the curve rises by f(x) − f(x − h): the place further right comes first",
    },
    {
      answer: changed((left, right) => [left, -right]),
      reply: "The right slope has the wrong sign: from x to x + h the curve rises by f(x + h) − f(x)",
    },
    {
      answer: changed((left, right) => [-left, -right]),
      reply: "Both slopes have the wrong sign: the value further right comes first in each difference",
    },
    {
      answer: changed((left, right) => [left / 2, right / 2]),
      reply: "You divide by 2h. Each step goes only from x to one side: how long is it?",
    },
    {
      answer: changed((left, right, h) => [left * h, right * h]),
      reply: "Those are the two rises. A slope is the rise divided by the length of the step",
    },
    {
      answer: changed((left, right) => [(left + right) / 2, (left + right) / 2]),
      reply: "Both of yours are the slope across both sides. Take one step from x to the left, and one to the right",
    },
    {
      answer: (f, _x, h) => slopesEachSide(f, 0, h),
      reply: "You measure at 0. The place is x",
    },
    {
      answer: (f, x) => slopesEachSide(f, x, 1e-5),
      reply: "You use a step of 1e-5. The size of the step comes in as h",
    },
  ],
  hints: [
    "Draw a corner and mark x − h, x and x + h. Over which two of them does the left slope go?",
    "The right one is (f(x + h) − f(x)) / h. Write the left one in the same way, with the place further right first",
  ],
});
