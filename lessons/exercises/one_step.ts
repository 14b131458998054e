/** one-step: a step downhill in which one number moves before the slope of the other is computed. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Slopes = (w: number, b: number) => [number, number];

function oneStep(w: number, b: number, slopesAt: Slopes, rate: number): [number, number] {
  const [slopeW, slopeB] = slopesAt(w, b); // both at once, before anything moves
  return [w - rate * slopeW, b - rate * slopeB];
}

type Inputs = [number, number, Slopes, number];

/** A step with its own way to move a number. */
const moving =
  (move: (from: number, slope: number, rate: number) => number) =>
  (...[w, b, slopesAt, rate]: Inputs): [number, number] => {
    const [slopeW, slopeB] = slopesAt(w, b);
    return [move(w, slopeW, rate), move(b, slopeB, rate)];
  };

export default exercise({
  inputs: (random: Random): Inputs => {
    const points = Array.from(
      { length: 3 + random.integer(6) },
      () => ({ x: random.uniform(1, 3), y: random.normal() }),
    );
    const slopesAt: Slopes = (w, b) => {
      const blames = points.map(({ x, y }) => 2 * (w * x + b - y) / points.length);
      return [
        blames.reduce((sum, blame, n) => sum + blame * points[n].x, 0),
        blames.reduce((sum, blame) => sum + blame),
      ];
    };
    return [random.normal(), random.normal(), slopesAt, random.uniform(0.05, 0.2)];
  },
  planted: (w, b, slopesAt, rate) => {
    const moved = w - rate * slopesAt(w, b)[0];
    return [moved, b - rate * slopesAt(moved, b)[1]];
  },
  solution: oneStep,
  explanation:
    "The slopes belong to one place, and the step starts from there. In the original code, the slope for b was " +
    "computed after w had already moved: that is the slope at a different place. The loss often falls all the same, " +
    "which is why such a bug can live for years. So: first all slopes, then all steps.",
  mistakes: [
    {
      answer: moving((from, slope, rate) => from + rate * slope),
      reply: "Now both walk uphill: the slope points to where the loss grows",
    },
    {
      answer: moving((from, slope, rate) => from - rate * rate * slope),
      reply: "You multiply by the rate twice: the step goes in the right direction, but it is far too small",
    },
    {
      answer: moving((_from, slope, rate) => -rate * slope),
      reply: "Those are the two steps alone. A step begins where you stand: where are w and b after it?",
    },
    {
      answer: (w, b, slopesAt, rate) => {
        const [slopeB, slopeW] = slopesAt(w, b);
        return [w - rate * slopeW, b - rate * slopeB];
      },
      reply: "The two slopes are swapped: slopesAt returns the slope for w first, and then the slope for b",
    },
    {
      answer: (w, b, slopesAt, rate) => [w - rate * slopesAt(w, b)[0], b],
      reply: "w is right now, but b no longer moves",
    },
    {
      answer: moving((from, slope) => from - slope),
      reply: "The rate is gone: that is a step as long as the slope itself",
    },
    {
      answer: (w, b, slopesAt, rate) => {
        const moved = b - rate * slopesAt(w, b)[1];
        return [w - rate * slopesAt(w, moved)[0], moved];
      },
      reply: "Now b is right, and w has the bug: its slope is computed after b has moved",
    },
  ],
  hints: [
    "The first number is right, the second is not. Follow b: which numbers does slopesAt get when the slope for b is computed?",
    "On the second-to-last line, w is no longer what it was. How many times should slopesAt be called?",
    "Ask once, before anything moves: const [slopeW, slopeB] = slopesAt(w, b)",
  ],
});
