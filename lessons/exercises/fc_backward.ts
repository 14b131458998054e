/** fc-backward: the three gradients of a fully connected layer, without a loop over inputs and outputs. */
import { exercise } from "../../lib/exercise/mod.ts";
import { matmul, type Random, Tensor, transpose } from "../../mod.ts";

type Gradients = { gradX: Tensor; gradW: Tensor; gradB: Tensor };

function fcBackward(x: Tensor, W: Tensor, g: Tensor): Gradients {
  const gradB = Tensor.zeros([g.shape[1]], { dtype: "float64" });
  g.data.forEach((value, i) => gradB.data[i % gradB.size] += value);
  return {
    gradX: matmul(g, transpose(W)), // [N, out] · [out, in]
    gradW: matmul(transpose(x), g), // [in, N] · [N, out]
    gradB,
  };
}

/** The last sample alone, as a batch of one. */
const last = (batch: Tensor): Tensor => batch.slice(batch.shape[0] - 1);

export default exercise({
  // As many inputs as outputs: then no shape tells W from its transpose, and only the numbers can.
  inputs: (random: Random): [Tensor, Tensor, Tensor] => [
    Tensor.randn([5, 4], { random, dtype: "float64" }),
    Tensor.randn([4, 4], { random, dtype: "float64" }),
    Tensor.randn([5, 4], { random, dtype: "float64" }),
  ],
  solution: fcBackward,
  explanation:
    "Σⱼ gₙⱼ Wᵢⱼ runs over the second index of both, and a product sums over the second of the one and the first " +
    "of the other: so W is turned over, g · Wᵀ. Σₙ xₙᵢ gₙⱼ runs over the first of both: so x is, xᵀ · g. The bias has the sums " +
    "of the columns.",
  mistakes: [
    {
      answer: (x, W, g) => ({ ...fcBackward(x, W, g), gradB: fcBackward(x, W, g).gradB.times(1 / x.shape[0]) }),
      reply:
        "Your gradB is the mean over the samples. There is one bias for all of them, and L feels it through each: what does that make?",
    },
    {
      answer: (x, W, g) => ({ ...fcBackward(x, W, g), gradX: matmul(g, W) }),
      reply:
        "Your gradX is g · W. With as many inputs as outputs the shapes fit, but it sums over the wrong index of W: " +
        "an input is to blame through the weights that lead away from it",
    },
    {
      answer: (x, W, g) => ({ ...fcBackward(x, W, g), gradB: last(g).reshape([-1]) }),
      reply:
        "Your gradB is the last row of g: every sample overwrites the one before. The blame of all samples is to be collected",
    },
    {
      answer: (x, W, g) => ({ ...fcBackward(x, W, g), gradW: matmul(transpose(last(x)), last(g)) }),
      reply:
        "Your gradW is that of the last sample: every sample overwrites the one before. The blame of all samples is to be collected",
    },
    {
      answer: (x, W, g) => ({ ...fcBackward(x, W, g), gradW: matmul(transpose(g), x) }),
      reply: "Your gradW lies on its side: a row of it belongs to an output, and a row of W belongs to an input",
    },
    {
      answer: (x, W, g) => ({ ...fcBackward(x, W, g), gradW: matmul(transpose(x), g).times(1 / x.shape[0]) }),
      reply: "Your gradW is divided by the number of samples. Where the loss is a mean, its 1/N is in g already",
    },
  ],
  hints: [
    "matmul(A, B) gives Σₖ Aₙₖ Bₖⱼ: over the second index of A and the first of B. Write the three sums of this lesson beside it",
    "gradX [N, in] has to come from g [N, out] and W [in, out], and gradW [in, out] from x [N, in] and g [N, out]. In each, one has to be turned over: transpose(…)",
    "g · Wᵀ, and xᵀ · g. For gradB the loop above will do",
  ],
});
