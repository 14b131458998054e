/** flat-index: where a number of a tensor is in memory, for any number of axes. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function flatIndex(shape: number[], indices: number[]): number {
  let position = 0;
  for (const [axis, size] of shape.entries()) {
    position = position * size + indices[axis];
  }
  return position;
}

type Case = [shape: number[], indices: number[]];

/** The product of the sizes of some axes. */
const sizeOf = (shape: number[]): number => shape.reduce((product, size) => product * size, 1);

/** Each index times a distance, added up. */
const distances = (distance: (shape: number[], axis: number) => number) => (shape: number[], indices: number[]) =>
  indices.reduce((sum, index, axis) => sum + index * distance(shape, axis), 0);

const right = (shape: number[], axis: number): number => sizeOf(shape.slice(axis + 1));

export default exercise({
  inputs: (random: Random): [Case[]] => [
    Array.from({ length: 24 }, (_, n): Case => {
      const shape = Array.from(random.shuffle([2, 3, 4, 5, 6, 7])).slice(0, 1 + n % 4);
      return [shape, shape.map((size) => random.integer(size))];
    }),
  ],
  // Many positions per trial: one alone is often right by luck.
  use: (answer: typeof flatIndex, cases: Case[]): number[] => cases.map((each) => answer(...each)),
  cases: true,
  evidence: (answer, cases) => {
    const wrong = cases.filter((each) => answer(...each) !== flatIndex(...each));
    const [[shape, indices]] = wrong.sort(([a], [b]) => sizeOf(a) - sizeOf(b));
    return `For example: in the shape [${shape.join(", ")}] the indices [${indices.join(", ")}] are at position ` +
      `${flatIndex(shape, indices)}, and you return ${answer(shape, indices)}`;
  },
  solution: flatIndex,
  explanation:
    "Each axis divides the places of the axes before it. So from the first axis to the last: multiply what you have " +
    "by the size of the new axis, and add its index. It is the same as adding up each index times the product of all " +
    "sizes after it: that product is how far apart its neighbors are.",
  mistakes: [
    {
      answer: distances((shape, axis) => sizeOf(shape.slice(0, axis))),
      reply:
        "You count the first axis as the one that is side by side. In row-major order it is the last: one step along it is 1",
    },
    {
      answer: distances((shape, axis) => axis === shape.length - 1 ? 1 : shape[axis]),
      reply: "With two axes you multiply r by the number of rows. How many numbers does one whole row skip?",
    },
    {
      answer: distances((shape, axis) => shape[axis]),
      reply: "You multiply each index by the size of its own axis. One step along an axis skips all axes *after* it",
    },
    {
      answer: distances((shape, axis) => sizeOf(shape.slice(axis))),
      reply:
        "You are one axis off: one step along an axis skips all numbers of the axes after it, without its own size",
    },
    {
      answer: distances((shape, axis) => shape[axis + 1] ?? 1),
      reply:
        "Right for one and two axes. With three, one step along the first axis skips more than one row: which sizes belong in the product?",
    },
    {
      answer: distances((shape, axis) => axis < shape.length - 2 ? 0 : right(shape, axis)),
      reply: "You use only the last two axes. Shapes can have more: each index needs its own distance",
    },
    {
      answer: distances((shape, axis) => axis === shape.length - 1 ? 0 : right(shape, axis)),
      reply: "The last index is missing from your sum: its neighbors are side by side, so its distance is 1",
    },
    {
      answer: distances((shape, axis) => axis === 0 ? 0 : right(shape, axis)),
      reply: "The first index is missing from your sum: where does your loop begin?",
    },
    {
      answer: (shape, indices) => indices[0] * shape[1] + indices[1],
      reply: "Right for two axes. But a shape can have one, three or four: let a loop walk over all axes",
    },
    {
      answer: (_shape, indices) => indices[0] * 20 + indices[1] * 5 + indices[2],
      reply: "20 and 5 belong to the shape [3, 4, 5]. Compute them from the shape that comes in",
    },
    {
      answer: (shape, indices) => shape.reduce((position, size, axis) => position + position * size + indices[axis], 0),
      reply: "You keep the old position and add to it. Multiplied by size, it already counts all that came before",
    },
    {
      answer: (shape, indices) => flatIndex(shape, indices) + sizeOf(shape),
      reply: "You begin with 1. Before the first axis nothing is skipped: begin with 0",
    },
    {
      answer: distances(() => 1),
      reply: "You add the indices up as they are. But one step down skips a whole row",
    },
    {
      answer: (shape, indices) => flatIndex(shape, indices) + 1,
      reply: "You count positions from 1. The first number is at position 0",
    },
    {
      answer: (shape, indices) => flatIndex(shape, [...indices].reverse()),
      reply: "The indices are in the wrong order: the first index belongs to the first size of the shape",
    },
    {
      answer: (shape, indices) => indices.reduce((position, index) => position * shape[0] + index, 0),
      reply: "You multiply by the first size at every axis. Each axis has a size of its own: shape[axis]",
    },
    {
      answer: (_shape, indices) => indices.reduce((product, index) => product * index, 1),
      reply:
        "You multiply the indices. Each index says how many steps to take: multiply it by the length of a step, and add up",
    },
    {
      answer: distances((shape, axis) => shape.slice(axis + 1).reduce((sum, size) => sum + size, 0)),
      reply: "You add the sizes of the axes after it. One step skips all combinations of them: multiply the sizes",
    },
  ],
  hints: [
    "With two axes it was r · columns + c. With one axis it is just the index. What does the first index skip if there are three axes?",
    "One step along an axis skips all the numbers of the axes after it. In [3, 4, 5] one step along the first axis skips 4 · 5",
    "Begin with position 0 and go from the first axis to the last: at each axis, multiply position by the size and add the index",
  ],
});
