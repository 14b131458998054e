/** keep-the-gradient: a ReLU that writes into the gradient it was given. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

type Answer = (x: Tensor, gradOut: Tensor) => Tensor;

function reluBackwardSafe(x: Tensor, gradOut: Tensor): Tensor {
  return gradOut.map((g, i) => x.data[i] > 0 ? g : 0); // map makes a new tensor
}

export default exercise({
  // One x in each row is exactly 0, where the slope is 0; the first one is positive and negative in turn.
  inputs: (random: Random, trial = 0): [Tensor, Tensor] => {
    const shape = [2 + random.integer(3), 5 + random.integer(3)];
    const x = Tensor.randn(shape, { random, dtype: "float64" });
    return [
      x.map((v, i) => i === 0 ? (trial % 2 ? -1 : 1) * Math.abs(v) : i % shape[1] === 1 ? 0 : v),
      Tensor.randn(shape, { random, dtype: "float64" }),
    ];
  },
  // The answer gets copies, so that the judge can see what it did to them.
  use: (answer: Answer, x: Tensor, gradOut: Tensor) => {
    const [givenX, given] = [x.clone(), gradOut.clone()];
    const answered = answer(givenX, given);
    const result = answered instanceof Tensor ? answered.clone() : answered;
    return { "∂L/∂x": result, "x afterward": givenX, "gradOut afterward": given };
  },
  planted: (x, gradOut) => {
    for (let i = 0; i < x.size; i++) if (x.data[i] <= 0) gradOut.data[i] = 0;
    return gradOut;
  },
  solution: reluBackwardSafe,
  explanation:
    "The numbers were right, but they were written into a tensor that belongs to someone else. `map` makes a new " +
    "tensor, so gradOut stays what it was, for a shortcut or for whoever looks at it later. A copy first, " +
    "gradOut.clone(), and then the old loop on the copy, is just as good. The price is memory for one more tensor.",
  mistakes: [
    {
      answer: (x, gradOut) => {
        const copy = gradOut.clone();
        for (let i = 0; i < x.size; i++) if (x.data[i] <= 0) gradOut.data[i] = 0;
        return copy;
      },
      reply: "You made a copy, but the zeros still go into gradOut, and the copy comes back unchanged. Swap the two",
    },
    {
      answer: (x, gradOut) => {
        for (let i = 0; i < x.size; i++) x.data[i] = x.data[i] <= 0 ? 0 : gradOut.data[i];
        return x;
      },
      reply: "gradOut is safe now, but you write into x instead, and that was given to you as well",
    },
    {
      answer: (x) => x.map((v) => v > 0 ? 1 : 0),
      reply: "Nothing is overwritten now, but you return the slopes alone. The gradient is gradOut times the slope",
    },
    {
      answer: (_x, gradOut) => gradOut.clone(),
      reply: "Nothing is overwritten now, but the zeros are gone: where x is negative, nothing may come back",
    },
    {
      answer: (x, gradOut) => gradOut.map((g, i) => x.data[i] >= 0 ? g : 0),
      reply: "Nothing is overwritten now. But at x = 0 the code before returned 0, and you let the gradient through",
    },
    {
      answer: (_x, gradOut) => gradOut.map((g) => g > 0 ? g : 0),
      reply: "You look at the sign of gradOut. What decides is the sign of x, which went into the ReLU",
    },
    {
      answer: (x, gradOut) => gradOut.map((g, i) => x.data[i] <= 0 ? g : 0),
      reply: "The wrong half comes through: nothing may come back where x is negative or 0",
    },
  ],
  hints: [
    "Which tensor do the zeros go into, and who does it belong to?",
    "Make a new tensor for the result: gradOut.clone() copies one, and gradOut.map((g, i) => …) makes one from it",
  ],
});
