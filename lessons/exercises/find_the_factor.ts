/** find-the-factor: a mean loss whose gradient is that of the sum. */
import { exercise } from "../../lib/exercise/mod.ts";
import { gradCheckLoss, type Random, Tensor } from "../../mod.ts";

type Result = { loss: number; grad: Tensor };
type Answer = (p: Tensor, t: Tensor) => Result;

function squaredError(p: Tensor, t: Tensor): Result {
  const difference = p.minus(t);
  const loss = difference.times(difference).sum() / p.shape[0];
  const grad = difference.times(2 / p.shape[0]); // the mean over N samples has a 1/N, and so has its slope
  return { loss, grad };
}

/** The right result, with the gradient times a factor. */
const scaled = (factor: (N: number, F: number) => number): Answer => (p, t) => {
  const { loss, grad } = squaredError(p, t), [N, F] = p.shape;
  return { loss, grad: grad.times(factor(N, F)) };
};

/** Looks like a loss to the gradient check. */
function lossOf(answer: Answer) {
  let grad: Tensor;
  return {
    forward(p: Tensor, t: Tensor): number {
      const result = answer(p, t);
      grad = result.grad;
      return result.loss;
    },
    backward: (): Tensor => grad,
  };
}

export default exercise({
  inputs: (random: Random): [Tensor, Tensor] => {
    const [N, F] = [5 + random.integer(4), 3 + random.integer(2)];
    return [Tensor.randn([N, F], { random, dtype: "float64" }), Tensor.randn([N, F], { random, dtype: "float64" })];
  },
  planted: scaled((N) => N),
  evidence: (answer: Answer, p, t) => String(gradCheckLoss(lossOf(answer), p, t)).replace(/^Object/, "the loss"),
  solution: squaredError,
  explanation:
    "The loss is 1/N times a sum, so its slope is 1/N times the slope of that sum: 2/N · (p − t). Without the 1/N it " +
    "is the gradient of another loss, the sum. The check named the factor, and the factor was the number of rows. In " +
    "training, such a gradient makes the learning rate depend on the size of the batch.",
  mistakes: [
    {
      answer: (p, t) => ({
        loss: squaredError(p, t).loss * p.shape[0],
        grad: squaredError(p, t).grad.times(p.shape[0]),
      }),
      reply:
        "Now the two agree, but you changed the loss, and it was right: it is the mean over the samples. Change the gradient",
    },
    {
      answer: scaled((_N, F) => 1 / F),
      reply:
        "You divide by the number of all elements. The loss takes the mean only over the samples, the rows; inside a sample it sums",
    },
    {
      answer: scaled((N, F) => N / F),
      reply: "You divide by F, the numbers of a sample. Over what does the loss take the mean?",
    },
    {
      answer: scaled((N) => 1 / N),
      reply: "Now the 1/N is in there twice. Once is enough",
    },
    {
      answer: scaled(() => 0.5),
      reply: "The 1/N is right, but now the 2 is missing: the slope of d² is 2d",
    },
    {
      answer: scaled(() => -1),
      reply: "The size is right, but the sign is wrong: if p grows above t, the loss grows",
    },
    {
      answer: scaled((N) => N * N),
      reply: "You multiplied by N. The gradient was too large already: the check says how many times",
    },
  ],
  hints: [
    "The check says how many times too large the gradient is. Which size of p is that number?",
    "The loss divides by p.shape[0]. What happens to a slope when the function is divided by a number?",
    "grad is 2/N times the difference, with N = p.shape[0]",
  ],
});
