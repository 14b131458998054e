/** relu-backward: what of the gradient from above reaches x. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

function reluBackward(x: Tensor, gradOut: Tensor): Tensor {
  // The slope is 1 where x is positive, and 0 elsewhere.
  return gradOut.map((g, i) => x.data[i] > 0 ? g : 0);
}

export default exercise({
  inputs: (random: Random): [Tensor, Tensor] => {
    const x = Tensor.randn([4, 5], { random });
    x.data[random.integer(x.size)] = 0; // the corner
    return [x, Tensor.randn([4, 5], { random })];
  },
  solution: reluBackward,
  explanation:
    "∂L/∂x = ∂L/∂y · slope. Where x was positive the slope is 1, and the gradient passes as it is, whatever " +
    "its own sign. Where x was negative, y did not listen to x: 0. At the corner we said 0, too.",
  mistakes: [
    {
      answer: (_x, gradOut) => gradOut,
      reply: "You let everything through. Where x was negative, relu was flat: what of gradOut belongs there?",
    },
    {
      answer: (_x, gradOut) => gradOut.map((g) => g > 0 ? g : 0),
      reply:
        "You look at the sign of gradOut. But a gradient may well be negative: it is x that decides whether it passes",
    },
    {
      answer: (x) => x.map((v) => v > 0 ? 1 : 0),
      reply: "That is the slope alone, how y answers to x. How L answers to y, gradOut, has no part in it yet",
    },
    {
      answer: (x, gradOut) => gradOut.map((g, i) => g * Math.max(0, x.data[i])),
      reply: "You multiply with the height of relu. The chain rule asks for something else of relu than its value",
    },
    {
      answer: (x, gradOut) => gradOut.map((g, i) => x.data[i] > 0 ? 0 : g),
      reply: "The other way round: you let through what relu stops, and stop what it lets through",
    },
    {
      answer: (x, gradOut) => gradOut.map((g, i) => x.data[i] >= 0 ? g : 0),
      reply: "Right, but for one number: one x is exactly 0, and there we said that the slope is 0",
    },
  ],
  hints: [
    "Draw relu once more. How steep is it at x = −2, how steep at x = 3?",
    "∂L/∂x = ∂L/∂y · slope, number by number. gradOut is ∂L/∂y, and the slope is 0 or 1",
    "gradOut.map((g, i) => …) gives a tensor of the same shape; x.data[i] is the x that belongs to g",
  ],
});
