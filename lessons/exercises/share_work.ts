/** share-work: a batch in pieces of nearly the same size, one for each thread. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Ranges = [number, number][];
type Answer = (count: number, threads: number) => Ranges;

function shareWork(count: number, threads: number): Ranges {
  return Array.from({ length: threads }, (_, t) => [
    Math.floor(count * t / threads),
    Math.floor(count * (t + 1) / threads),
  ]);
}

/** Ranges of these sizes, one after the other. */
function inARow(sizes: number[]): Ranges {
  let first = 0;
  return sizes.map((size) => [first, first += size]);
}

export default exercise({
  // The last thread would get at least three images more, or fewer, if it simply took the rest.
  inputs: (random: Random): [number, number] => {
    const threads = 5 + random.integer(4);
    return [threads * (2 + random.integer(20)) + 3 + random.integer(threads - 4), threads];
  },
  // There are several right answers, so compare what is true of them.
  use: (answer: Answer, count, threads) => {
    const given: unknown = answer(count, threads);
    if (!Array.isArray(given) || !given.every((range) => Array.isArray(range) && range.length === 2)) {
      return given as string;
    }
    const ranges = given as Ranges, sizes = ranges.map(([first, end]) => end - first);
    return {
      "number of ranges": ranges.length,
      "first image of the first range": ranges[0]?.[0] ?? -1,
      "end of the last range": ranges.at(-1)?.[1] ?? -1,
      "number of images that are left out between two ranges": ranges.slice(1).reduce(
        (sum, [first], i) => sum + Math.max(0, first - ranges[i][1]),
        0,
      ),
      "number of images that two ranges share": ranges.slice(1).reduce(
        (sum, [first], i) => sum + Math.max(0, ranges[i][1] - first),
        0,
      ),
      "size of the largest range": Math.max(...sizes),
      "size of the smallest range": Math.min(...sizes),
      'answer to "are all numbers whole?"': ranges.flat().every(Number.isInteger),
    };
  },
  evidence: (answer) => {
    const ranges = answer(10, 4).map((range) => `[${range.join(", ")}]`).join(" ");
    return `For example, 10 images for 4 threads: two threads take 3 images, and two take 2. You return ${ranges}`;
  },
  solution: shareWork,
  explanation:
    "Piece t begins where count · t / threads rounds down to, and ends where the next one begins: so nothing is left " +
    "out and nothing is done twice. No piece is more than one image larger than another, so no thread waits long. " +
    "Giving the rest to the last thread would make all others wait for it.",
  mistakes: [
    {
      answer: (count, threads) => {
        const size = Math.floor(count / threads);
        return inARow(Array.from({ length: threads }, (_, t) => t < threads - 1 ? size : count - size * (threads - 1)));
      },
      reply: "One thread gets the whole rest, and all others wait for it. Spread the rest: one image for each thread",
    },
    {
      answer: (count, threads) => inARow(Array(threads).fill(Math.floor(count / threads))),
      reply: "The last images are left out: count need not be a multiple of the number of threads",
    },
    {
      answer: (count, threads) => {
        const size = Math.ceil(count / threads);
        return Array.from({ length: threads }, (_, t) => [Math.min(count, t * size), Math.min(count, (t + 1) * size)]);
      },
      reply:
        "You round the size up. Then the last threads get much less than the others, or nothing. Compare the largest piece with the smallest",
    },
    {
      answer: (count, threads) => inARow(Array(threads).fill(Math.ceil(count / threads))),
      reply: "You round the size up, and the last range ends beyond the last image",
    },
    {
      answer: (count, threads) => shareWork(count, threads).map(([first, end]) => [first, end - 1]),
      reply: "Your ranges end too early: end is the first image that no longer belongs to the range",
    },
    {
      answer: (count, threads) =>
        shareWork(count, threads).map(([first, end], t) => [first + (t > 0 ? 1 : 0), end] as [number, number]),
      reply: "An image is left out between every two ranges: the next one begins where the one before it ended",
    },
    {
      answer: (count, threads) =>
        shareWork(count, threads).map(([first, end], t) =>
          [first, t < threads - 1 ? end + 1 : end] as [number, number]
        ),
      reply: "Every two ranges share an image: its gradient would be counted twice",
    },
    {
      answer: (count, threads) =>
        Array.from({ length: threads }, (_, t) => [count * t / threads, count * (t + 1) / threads]),
      reply: "Your ranges begin and end inside an image: round to whole numbers",
    },
    {
      answer: (count, threads) => shareWork(count, threads).map(([first, end]) => [first, end - first]),
      reply: "You return where a range begins and how long it is. The second number should be its end",
    },
    {
      answer: (count, threads) => shareWork(count, threads).map(([first, end]) => [first + 1, end + 1]),
      reply: "You count the images from 1. The first one is image 0",
    },
    {
      answer: (count) => inARow(Array(count).fill(1)),
      reply: "You make a range for each image. There is one range for each thread",
    },
  ],
  hints: [
    "With 10 images and 4 threads, the sizes are 2, 2, 3 and 3, in any order. What are the ranges?",
    "Where does range t begin, if images could be cut? At count · t / threads. Round that down",
    "Range t ends exactly where range t + 1 begins: use the same formula for both",
  ],
});
