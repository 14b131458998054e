/** relu-backward: which part of the gradient from above reaches x. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

function reluBackward(x: Tensor, gradOut: Tensor): Tensor {
  // The slope is 1 where x is positive, and 0 elsewhere.
  return gradOut.map((g, i) => x.data[i] > 0 ? g : 0);
}

export default exercise({
  // The first number passes in every other trial, the last in the others.
  inputs: (random: Random, trial = 0): [Tensor, Tensor] => {
    const shape = [2 + random.integer(3), 3 + random.integer(4)], x = Tensor.randn(shape, { random });
    const turn = (i: number, positive: boolean) => x.data[i] = (positive ? 1 : -1) * (Math.abs(x.data[i]) + 0.1);
    turn(0, trial % 2 === 0);
    turn(x.size - 1, trial % 2 === 1);
    x.data[1 + random.integer(x.size - 2)] = 0; // the corner
    return [x, Tensor.randn(shape, { random })];
  },
  solution: reluBackward,
  explanation:
    "∂L/∂x = ∂L/∂y · slope. Where x was positive the slope is 1, and the gradient passes unchanged, whatever its " +
    "own sign. Where x was negative, y did not respond to x: 0. At the corner we chose 0, too.",
  mistakes: [
    {
      answer: (_x, gradOut) => gradOut,
      reply: "You let everything through. Where x was negative, relu was flat: how much of gradOut belongs there?",
    },
    {
      answer: (_x, gradOut) => gradOut.map((g) => g > 0 ? g : 0),
      reply: "You look at the sign of gradOut. But a gradient can be negative: it is x that decides whether it passes",
    },
    {
      answer: (x) => x.map((v) => v > 0 ? 1 : 0),
      reply: "That is the slope alone: how y responds to x. You do not use gradOut yet, which is how L responds to y",
    },
    {
      answer: (x, gradOut) => gradOut.map((g, i) => g * Math.max(0, x.data[i])),
      reply: "You multiply by the value of relu. Which property of relu does the chain rule ask for?",
    },
    {
      answer: (x, gradOut) => gradOut.map((g, i) => x.data[i] > 0 ? 0 : g),
      reply: "The other way around: you let through what relu stops, and stop what it lets through",
    },
    {
      answer: (x, gradOut) => gradOut.map((g, i) => x.data[i] >= 0 ? g : 0),
      reply: "Right, except for one number: one x is exactly 0, and there we chose the slope 0",
    },
  ],
  hints: [
    "Draw relu again. How steep is it at x = −2, and how steep at x = 3?",
    "∂L/∂x = ∂L/∂y · slope, number by number. gradOut is ∂L/∂y, and the slope is 0 or 1",
    "gradOut.map((g, i) => …) gives a tensor of the same shape; x.data[i] is the x that belongs to g",
  ],
});
