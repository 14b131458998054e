/** leaky-softmax: a softmax that writes into the scores that it was given. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

type Answer = (z: Tensor) => Tensor;

function softmaxOf(z: Tensor): Tensor {
  const C = z.shape[1];
  const p = z.clone(); // z belongs to someone else
  for (let n = 0; n < z.shape[0]; n++) {
    const row = p.data.subarray(n * C, (n + 1) * C);
    const largest = Math.max(...row);
    const powers = [...row].map((score) => Math.exp(score - largest));
    const sum = powers.reduce((a, b) => a + b);
    powers.forEach((power, j) => row[j] = power / sum);
  }
  return p;
}

/** Writes the softmax of each row into z. */
function inPlace(z: Tensor): Tensor {
  z.data.set(softmaxOf(z).data);
  return z;
}

/** Leaves z as it is, with another p. */
const returning = (change: (p: Tensor, z: Tensor) => Tensor): Answer => (z) => change(softmaxOf(z), z);

/** The softmax without taking the largest out. */
function ofTheBook(z: Tensor): Tensor {
  const powers = z.map(Math.exp), C = z.shape[1];
  return powers.map((power, i) => power / powers.slice(Math.floor(i / C)).sum());
}

export default exercise({
  // One row has large scores of both signs, and one has scores whose powers are finite, but whose sum is not: in both the
  // largest must still be taken out. It is not always the first one.
  inputs: (random: Random, trial = 0): [Tensor] => {
    const [N, C] = [3 + random.integer(3), 3 + random.integer(3)];
    const z = Tensor.randn([N, C], { random, dtype: "float64" });
    const finite = () => random.uniform(709.2, 709.7);
    return [z.map((score, i) => i < C ? score + ((i + trial) % 2 ? -900 : 900) : i < 2 * C ? finite() : score)];
  },
  // The answer gets a copy, so that the judge can see what it did to it.
  use: (answer: Answer, z: Tensor) => {
    const given = z.clone();
    const answered = answer(given);
    return { softmax: answered instanceof Tensor ? answered.clone() : answered, "z afterward": given };
  },
  planted: inPlace,
  solution: softmaxOf,
  explanation:
    "subarray is a view: whoever writes into it writes into z. With p = z.clone() the rows are views of the copy, and z " +
    "keeps its scores for the loss. Nothing in the probabilities was wrong, so no test of the softmax alone would have " +
    "found this; only a test that looks at z afterward.",
  mistakes: [
    {
      answer: (z) => {
        const copy = z.clone();
        inPlace(z);
        return copy;
      },
      reply:
        "You made a copy, but the probabilities still go into z, and the copy with the scores comes back. Swap them",
    },
    {
      answer: returning((_p, z) => z.clone()),
      reply: "z is safe now, but you return its scores: the probabilities are lost",
    },
    {
      answer: ofTheBook,
      reply: "z is safe now, but large scores give NaN or zeros: the largest score of the row must still be taken out",
    },
    {
      answer: returning((_p, z) =>
        z.map((score) => Math.exp(score - z.max()) / z.map((s) => Math.exp(s - z.max())).sum())
      ),
      reply: "z is safe now, but you divide by the sum over all rows. Each row has a sum of its own",
    },
    {
      answer: returning((p) => p.map((value) => Math.log(value))),
      reply: "z is safe now, but you return logarithms of the probabilities",
    },
    {
      answer: returning((_p, z) => {
        const C = z.shape[1];
        return z.map((score, i) => Math.exp(score - Math.max(...z.slice(Math.floor(i / C)).data)));
      }),
      reply: "z is safe now, but the rows do not sum to 1: the powers are not divided by their sum",
    },
    {
      answer: returning((p) => p.slice(0, p.shape[0] - 1)),
      reply: "z is safe now, but the last row is missing",
    },
  ],
  hints: [
    "row is not a list of its own: subarray gives a view of z's numbers. Which line writes into it?",
    "Make a tensor for the result first, with z.clone() or Tensor.zeros(z.shape), and let row be a view of that one",
  ],
});
