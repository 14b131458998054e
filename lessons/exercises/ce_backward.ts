/** ce-backward: the gradient of softmax and cross entropy together. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Softmax, Tensor } from "../../mod.ts";

function ceBackward(z: Tensor, labels: number[]): Tensor {
  const [N, C] = z.shape;
  const grad = new Softmax().forward(z); // p
  labels.forEach((label, n) => grad.data[n * C + label] -= 1); // − y
  return grad.times(1 / N);
}

/** p with 1 subtracted somewhere, not divided yet. */
function lessOne(z: Tensor, labels: number[], place: (n: number, label: number) => number): Tensor {
  const grad = new Softmax().forward(z);
  labels.forEach((label, n) => grad.data[place(n, label)] -= 1);
  return grad;
}

export default exercise({
  inputs: (random: Random): [Tensor, number[]] => {
    const [N, C] = [6 + random.integer(4), 4];
    const labels = Array.from({ length: N }, () => random.integer(C));
    labels[0] = 1 + random.integer(C - 1); // not all of them 0
    return [Tensor.randn([N, C], { random, dtype: "float64" }), labels];
  },
  solution: ceBackward,
  explanation:
    "Softmax gives p; y is 1 at the right class of each sample, which is place n · C + label, and 0 elsewhere, " +
    "where there is nothing to subtract. The loss is a mean over N samples, so each of them has 1/N of the blame.",
  mistakes: [
    {
      answer: (z, labels) => ceBackward(z, labels).times(z.shape[0]),
      reply: "That is p − y for each sample. The loss is their mean: what does that do to its slope?",
    },
    {
      answer: (z, labels) => ceBackward(z, labels).times(-1),
      reply: "That is y − p. A step goes against the slope, so this one would push the right class down",
    },
    {
      answer: (z, labels) => lessOne(z, labels, (n, label) => label * z.shape[0] + n).times(1 / z.shape[0]),
      reply: "You subtract 1 at label · N + n. Row n of [N, C] begins at n · C: where in it is the right class?",
    },
    {
      answer: (z) => new Softmax().forward(z).times(1 / z.shape[0]),
      reply:
        "The probabilities are right, but the labels have no part in it yet: the right class has to be treated differently",
    },
    {
      answer: (z, labels) => ceBackward(z, labels).minus(lessOne(z, [], (n) => n).minus(z).times(1 / z.shape[0])),
      reply: "You subtract from the scores z. It is the probabilities, p, from which the right class takes its 1",
    },
    {
      answer: (z, labels) => {
        const grad = new Softmax().forward(z);
        labels.forEach((label, n) => grad.data[n * z.shape[1] + label] = -1);
        return grad.times(1 / z.shape[0]);
      },
      reply: "You overwrite p at the right class with −1. The 1 is to be taken *from* it",
    },
    {
      answer: (z, labels) => {
        const grad = new Softmax().forward(z);
        labels.forEach((label, n) => grad.data[n * z.shape[1] + label] -= 1 / z.shape[0]);
        return grad;
      },
      reply: "Only the 1 is divided by N in yours. p belongs to the same mean",
    },
    {
      answer: (z, labels) => ceBackward(z, labels).times(1 / z.shape[1]),
      reply: "You divide by all the numbers there are. The mean runs over the samples only, of which there are N",
    },
    {
      answer: (z, labels) => ceBackward(z, labels).times(z.shape[0] / z.shape[1]),
      reply: "You divide by C, the classes. The mean runs over the samples, of which there are N",
    },
    {
      answer: (z, labels) => ceBackward(z, labels).times(-z.shape[0]),
      reply: "Two things: the sign is turned (p − y, not y − p), and the mean over the samples is missing",
    },
  ],
  hints: [
    "∂L/∂zₙⱼ = (pₙⱼ − yₙⱼ) / N. Which of its numbers are not just pₙⱼ / N?",
    "new Softmax().forward(z) gives p as a tensor [N, C], and you may write into its data: one number a sample changes",
    "labels.forEach((label, n) => …): the right class of sample n lies at n * C + label",
  ],
});
