/** ce-backward: the gradient of softmax and cross entropy together. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Softmax, Tensor } from "../../mod.ts";

function ceBackward(z: Tensor, labels: number[]): Tensor {
  const [N, C] = z.shape;
  const grad = new Softmax().forward(z); // p
  labels.forEach((label, n) => grad.data[n * C + label] -= 1); // − 1 at the truth
  return grad.times(1 / N);
}

/** p with 1 subtracted somewhere, not yet divided by N. */
function lessOne(z: Tensor, labels: number[], place: (n: number, label: number) => number): Tensor {
  const grad = new Softmax().forward(z);
  labels.forEach((label, n) => grad.data[place(n, label)] -= 1);
  return grad;
}

export default exercise({
  // Never the sizes of the lesson: 6 samples with 4 classes.
  inputs: (random: Random): [Tensor, number[]] => {
    const C = [3, 5, 6][random.integer(3)], N = [2, 3, 4, 5, 7, 8].filter((size) => size !== C)[random.integer(5)];
    const labels = Array.from({ length: N }, () => random.integer(C));
    labels[0] = 1 + random.integer(C - 1); // not all of them 0
    return [Tensor.randn([N, C], { random, dtype: "float64" }), labels];
  },
  solution: ceBackward,
  explanation:
    "Softmax gives p. One number of each sample is 1 smaller: the right class, at index n · C + label. At the others " +
    "there is nothing to subtract. The loss is a mean over N samples, so each of them gets 1/N of the blame.",
  mistakes: [
    {
      answer: (z, labels) => ceBackward(z, labels).times(z.shape[0]),
      reply: "These are the gradients of each sample alone. The loss is their mean: what does that do to its slope?",
    },
    {
      answer: (z, labels) => ceBackward(z, labels).times(-1),
      reply: "The sign is flipped. A step goes against the slope, so this one would push the right class down",
    },
    {
      answer: (z, labels) => lessOne(z, labels, (n, label) => label * z.shape[0] + n).times(1 / z.shape[0]),
      reply: "You subtract 1 at label · N + n. Row n of [N, C] begins at n · C: where in that row is the right class?",
    },
    {
      answer: (z) => new Softmax().forward(z).times(1 / z.shape[0]),
      reply:
        "The probabilities are right, but you do not use the labels yet: the right class needs different treatment",
    },
    {
      answer: (z, labels) => ceBackward(z, labels).minus(lessOne(z, [], (n) => n).minus(z).times(1 / z.shape[0])),
      reply: "You subtract from the scores z. The 1 must be subtracted from the probabilities p",
    },
    {
      answer: (z, labels) => {
        const grad = new Softmax().forward(z);
        labels.forEach((label, n) => grad.data[n * z.shape[1] + label] = -1);
        return grad.times(1 / z.shape[0]);
      },
      reply: "You overwrite p at the right class with −1. Subtract the 1 *from* p instead",
    },
    {
      answer: (z, labels) => {
        const grad = new Softmax().forward(z);
        labels.forEach((label, n) => grad.data[n * z.shape[1] + label] -= 1 / z.shape[0]);
        return grad;
      },
      reply: "You divide only the 1 by N. p belongs to the same mean",
    },
    {
      answer: (z, labels) => ceBackward(z, labels).times(1 / z.shape[1]),
      reply: "You divide by the number of all scores. The mean runs over the samples only, and there are N of them",
    },
    {
      answer: (z, labels) => ceBackward(z, labels).times(z.shape[0] / z.shape[1]),
      reply: "You divide by C, the number of classes. The mean runs over the samples, and there are N of them",
    },
    {
      answer: (z, labels) => ceBackward(z, labels).times(-z.shape[0]),
      reply: "Two things: the sign is flipped, and the mean over the samples is missing",
    },
  ],
  hints: [
    "Most of the numbers are just pₙⱼ / N. Which are not, and how much smaller are they?",
    "new Softmax().forward(z) returns p as a tensor [N, C], and you may write into its data: one number per sample changes",
    "labels.forEach((label, n) => …): the right class of sample n is at n * C + label",
  ],
});
