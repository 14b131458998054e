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
  // As many inputs as outputs: then no shape can tell W from its transpose; only the numbers can. Never the sizes of the
  // lesson, 5 samples, 7 inputs and 4 outputs.
  inputs: (random: Random): [Tensor, Tensor, Tensor] => {
    const D = [2, 3, 6][random.integer(3)], N = [2, 3, 4, 6, 7, 8].filter((size) => size !== D)[random.integer(5)];
    return [
      Tensor.randn([N, D], { random, dtype: "float64" }),
      Tensor.randn([D, D], { random, dtype: "float64" }),
      Tensor.randn([N, D], { random, dtype: "float64" }),
    ];
  },
  solution: fcBackward,
  explanation:
    "Σⱼ gₙⱼ Wᵢⱼ runs over the second index of both, and a product sums over the second index of the first matrix " +
    "and the first index of the second: so W is transposed, g · Wᵀ. Σₙ xₙᵢ gₙⱼ runs over the first index of both: " +
    "so x is transposed, xᵀ · g. The bias gets the column sums.",
  mistakes: [
    {
      answer: (x, W, g) => ({ ...fcBackward(x, W, g), gradB: fcBackward(x, W, g).gradB.times(1 / x.shape[0]) }),
      reply:
        "Your gradB is the mean over the samples. There is one bias for all of them, and L feels it through each: what does that make?",
    },
    {
      answer: (x, W, g) => ({ ...fcBackward(x, W, g), gradX: matmul(g, W) }),
      reply:
        "Your gradX is g · W. With as many inputs as outputs the shapes fit, but it sums over the wrong index of W: an " +
        "input gets its blame through the weights that lead away from it",
    },
    {
      answer: (x, W, g) => ({ ...fcBackward(x, W, g), gradB: last(g).reshape([-1]) }),
      reply:
        "Your gradB is the last row of g: every sample overwrites the one before. Collect the blame of all samples",
    },
    {
      answer: (x, W, g) => ({ ...fcBackward(x, W, g), gradW: matmul(transpose(last(x)), last(g)) }),
      reply:
        "Your gradW comes from the last sample alone: every sample overwrites the one before. Collect the blame of all samples",
    },
    {
      answer: (x, W, g) => ({ ...fcBackward(x, W, g), gradW: matmul(transpose(g), x) }),
      reply: "Your gradW is transposed: its rows belong to outputs, and the rows of W belong to inputs",
    },
    {
      answer: (x, W, g) => ({ ...fcBackward(x, W, g), gradW: matmul(transpose(x), g).times(1 / x.shape[0]) }),
      reply: "Your gradW is divided by the number of samples. If the loss is a mean, its 1/N is already in g",
    },
  ],
  hints: [
    "matmul(A, B) computes Σₖ Aₙₖ Bₖⱼ: it sums over the second index of A and the first of B. Write the three sums of this lesson next to it",
    "gradX [N, in] must come from g [N, out] and W [in, out], and gradW [in, out] from x [N, in] and g [N, out]. In each, one matrix must be transposed: transpose(…)",
    "g · Wᵀ, and xᵀ · g. For gradB the loop above is fine",
  ],
});
