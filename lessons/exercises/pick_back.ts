/** pick-back: the way back of picking numbers by their index, with a missing +=. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Inputs = [indices: number[], grad: number[], size: number];

function pickBack(indices: number[], grad: number[], size: number) {
  const back: number[] = Array(size).fill(0);
  indices.forEach((i, k) => {
    if (i >= 0) back[i] += grad[k]; // it was back[i] = grad[k]
  });
  return back;
}

/** Only the last gradient of each number: the bug. */
function lastOne(indices: number[], grad: number[], size: number): number[] {
  const back: number[] = Array(size).fill(0);
  indices.forEach((i, k) => {
    if (i >= 0) back[i] = grad[k];
  });
  return back;
}

/** How often each entry was picked. */
const uses = (indices: number[], size: number): number[] => pickBack(indices, indices.map(() => 1), size);

export default exercise({
  // Every entry but one is picked, the first one twice and the last one three times; two picks are padding, one of them first.
  inputs: (random: Random): Inputs => {
    const size = 5 + random.integer(4);
    const picked = [0, 0, size - 1, size - 1, size - 1, ...Array.from({ length: size - 3 }, (_, i) => i + 1)];
    const order = Array.from(random.permutation(picked.length), (i) => picked[i]);
    const indices = [-1, ...order.slice(0, 4), -1, ...order.slice(4)];
    return [indices, indices.map(() => random.uniform(1, 2) * (random.integer(2) ? 1 : -1)), size];
  },
  planted: lastOne,
  evidence: (answer: (...inputs: Inputs) => number[], indices, grad, size) => {
    const round = (v: number) => Number(v.toFixed(4));
    const back = answer([...indices], [...grad], size), right = pickBack(indices, grad, size);
    const lines = right.map((expected, i) => {
      const sent = indices.flatMap((index, k) => index === i ? [round(grad[k])] : []);
      const mark = round(back[i]) === round(expected) ? "" : `, and should be ${round(expected)}`;
      return `  number ${i}: its copies send ${sent.join(" and ") || "nothing"}; back[${i}] is ${
        round(back[i])
      }${mark}`;
    });
    return [`indices: ${indices.join(" ")}`, ...lines].join("\n");
  },
  solution: pickBack,
  explanation:
    "Entry k of the result is a copy of entry indices[k], so its gradient goes there. An entry that was picked " +
    "several times gets the sum, one that was never picked gets 0, and what was picked from the padding belongs to " +
    "nobody. For im2col this is col2im (lesson 14), and for the largest of each window it is the backward of a pool.",
  mistakes: [
    {
      answer: (indices, grad, size) => {
        const back = Array.from({ length: size }, () => 0);
        indices.forEach((i, k) => {
          if (i >= 0) back[i] ||= grad[k];
        });
        return back;
      },
      reply: "An entry that was picked several times keeps only the first gradient. What do its copies send together?",
    },
    {
      answer: (indices, grad, size) => pickBack(indices, grad, size).map((g, i) => g / (uses(indices, size)[i] || 1)),
      reply: "You take the mean of what arrives at an entry. Its copies *add up*",
    },
    {
      answer: (indices, _grad, size) => uses(indices, size),
      reply: "You count how often each entry was picked. Each use brings its own gradient",
    },
    {
      answer: (indices, grad, size) => pickBack(indices.map((i) => i < 0 ? size - 1 : i), grad, size),
      reply: "The padding's gradients arrive at the last entry. Whoever picked −1 got a 0 that belongs to nobody",
    },
    {
      answer: (indices, grad, size) => pickBack(indices.map((i) => i < 0 ? 0 : i), grad, size),
      reply: "The padding's gradients arrive at entry 0. Whoever picked −1 got a 0 that belongs to nobody",
    },
    {
      answer: (indices, grad) => indices.map((i) => i < 0 ? 0 : grad[i]),
      reply: "You picked again, from the gradients. On the way back the numbers move from k to indices[k]",
    },
    {
      answer: (indices, grad, size) => Array.from({ length: size }, (_, k) => indices[k] < 0 ? 0 : grad[indices[k]]),
      reply:
        "The size is right, but you read grad[indices[k]]. On the way back, grad[k] moves *to* the place indices[k]",
    },
    {
      answer: (indices, grad, size) => {
        const back = Array.from({ length: size }, () => 0);
        for (const i of indices) if (i >= 0) back[i] += grad[i];
        return back;
      },
      reply: "You add grad[i]. The gradients belong to the places in the result: number k goes with indices[k]",
    },
    {
      answer: (indices, grad, size) => pickBack(indices, grad, size).map((g, i) => i === 0 ? 0 : g),
      reply: "Entry 0 gets nothing, but it was picked, too. Only −1 is the padding",
    },
    {
      answer: (indices, grad, size) => pickBack(indices.filter((i) => i >= 0), grad, size),
      reply: "You remove the −1 first, and then each gradient belongs to another index: they no longer line up",
    },
  ],
  hints: [
    "Look at the numbers with two or three copies: which of their gradients has arrived?",
    "A number with several copies gets the sum of what they send. Which line writes to back?",
    "That line overwrites what an earlier copy brought: one character is missing",
  ],
});
